package org.postroom.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.postroom.db.Sql;
import org.postroom.outbox.Message.DocumentRef;

/** What was written about documents and to partners, by the indexes of both. */
final class WrittenRows {
  private static final String SHORT =
      "m.id, m.state, m.partner, m.purpose, m.origin_kind, m.created_at";

  private WrittenRows() {}

  static List<Written> about(Sql sql, String company, String kind, Collection<String> numbers) {
    if (numbers.isEmpty()) return List.of();
    return sql.sql(
            "SELECT "
                + SHORT
                + ", m.document_kind, m.document_number FROM messages m WHERE m.company_id = :company"
                + " AND m.document_kind = :kind AND m.document_number IN (:numbers) UNION ALL SELECT "
                + SHORT
                + ", d.document_kind, d.document_number FROM message_documents d JOIN messages m ON"
                + " m.company_id = d.company_id AND m.id = d.message_id WHERE d.company_id = :company"
                + " AND d.document_kind = :kind AND d.document_number IN (:numbers)")
        .param("company", company)
        .param("kind", kind)
        .param("numbers", numbers)
        .query((row, n) -> written(row))
        .list();
  }

  static List<Written> to(
      Sql sql,
      String company,
      Collection<String> partners,
      Collection<String> purposes,
      Instant since) {
    if (partners.isEmpty() || purposes.isEmpty()) return List.of();
    return sql.sql(
            "SELECT "
                + SHORT
                + ", m.document_kind, m.document_number FROM messages m WHERE m.company_id = :company"
                + " AND m.partner IN (:partners) AND m.purpose IN (:purposes) AND m.created_at >="
                + " :since")
        .param("company", company)
        .param("partners", partners)
        .param("purposes", purposes)
        .param("since", since.toEpochMilli())
        .query((row, n) -> written(row))
        .list();
  }

  private static Written written(ResultSet row) throws SQLException {
    String kind = row.getString("document_kind");
    return new Written(
        row.getString("id"),
        MessageState.of(row.getString("state")),
        kind == null ? null : new DocumentRef(kind, row.getString("document_number")),
        row.getString("partner"),
        row.getString("purpose"),
        row.getString("origin_kind"),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }
}
