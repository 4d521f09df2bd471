package org.postroom.compose;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.db.Sql;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Purpose;

/** The SQL of documents whose mail has nobody to go to. */
final class UnaddressedRows {
  private UnaddressedRows() {}

  /** Open again where it had been settled before. */
  static void note(Sql sql, String company, Unaddressed.Item item) {
    sql.sql(
            """
            INSERT INTO unaddressed (company_id, document_kind, document_number, purpose, reason,
              asked_by, since)
            VALUES (:company, :kind, :number, :purpose, :reason, :asked_by, :since)
            ON CONFLICT (company_id, document_kind, document_number, purpose) DO UPDATE SET
              reason = excluded.reason, asked_by = excluded.asked_by, settled_at = NULL,
              settled_by = NULL,
              since = CASE WHEN unaddressed.settled_at IS NULL THEN unaddressed.since
                ELSE excluded.since END\
            """)
        .param("company", company)
        .param("kind", item.document().kind())
        .param("number", item.document().number())
        .param("purpose", item.purpose().word())
        .param("reason", item.reason())
        .param("asked_by", item.askedBy())
        .param("since", item.since().toEpochMilli())
        .update();
  }

  /** The oldest first. */
  static List<Unaddressed.Item> open(Sql sql, String company, int most) {
    return sql.sql(
            "SELECT * FROM unaddressed WHERE company_id = :company AND settled_at IS NULL"
                + " ORDER BY since, document_kind, document_number, purpose LIMIT :most")
        .param("company", company)
        .param("most", most)
        .query((row, number) ->
            new Unaddressed.Item(
                new DocumentRef(row.getString("document_kind"), row.getString("document_number")),
                Purpose.of(row.getString("purpose")).orElseThrow(),
                row.getString("reason"),
                row.getString("asked_by"),
                Instant.ofEpochMilli(row.getLong("since"))))
        .list();
  }

  static Optional<Unaddressed.Item> find(
      Sql sql, String company, DocumentRef document, Purpose purpose) {
    return open(sql, company, Integer.MAX_VALUE).stream()
        .filter(item -> item.document().equals(document) && item.purpose() == purpose)
        .findFirst();
  }

  /** True for exactly one caller: the one that settles it. */
  static boolean settle(
      Sql sql, String company, Unaddressed.Item item, @Nullable Caller by, Instant now) {
    return sql.sql(
                """
                UPDATE unaddressed SET settled_at = :now, settled_by = :by
                WHERE company_id = :company AND document_kind = :kind AND document_number = :number
                  AND purpose = :purpose AND settled_at IS NULL\
                """)
            .param("now", now.toEpochMilli())
            .param("by", by == null ? null : by.name(), Types.VARCHAR)
            .param("company", company)
            .param("kind", item.document().kind())
            .param("number", item.document().number())
            .param("purpose", item.purpose().word())
            .update()
        == 1;
  }
}
