package org.postroom.documents;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.documents.Document.Party;
import org.postroom.documents.intake.DocumentJson;
import org.postroom.documents.intake.DocumentJson.Kept;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The table {@code documents}. */
final class DocumentRows {
  private final Sql sql;

  DocumentRows(Sql sql) {
    this.sql = sql;
  }

  /**
   * A row; {@code lines} is empty in lists.
   *
   * @param due what is still to be paid
   */
  record Row(
      String id,
      DocumentKind kind,
      String number,
      long version,
      Kept kept,
      @Nullable BigDecimal due,
      Instant createdAt,
      Instant updatedAt) {
    Document document() {
      return DocumentJson.kept(kind, number, kept);
    }

    /** The document without its lines. */
    Document head() {
      return DocumentJson.kept(kind, number, new Kept(kept.head(), ""));
    }
  }

  Optional<Row> find(Key key) {
    return key.bind(sql.sql("SELECT * FROM documents WHERE" + Key.MATCHES))
        .query((row, n) -> row(row, true))
        .optional();
  }

  /** Like {@link #find}, and nobody else changes the row until this transaction ends. */
  Optional<Row> lock(Key key) {
    return key.bind(
            sql.sql("UPDATE documents SET version = version WHERE" + Key.MATCHES + "RETURNING *"))
        .query((row, n) -> row(row, true))
        .optional();
  }

  /** Inserts, or replaces and counts the version up. */
  Row save(
      Key key,
      Document document,
      Kept kept,
      @Nullable BigDecimal due,
      List<Payment> payments,
      Instant now) {
    StatementSpec statement =
        sql.sql(
            """
            INSERT INTO documents (company_id, kind, number, id, version, partner, issue_date, due_date,
              currency, amount_due, is_open, search, head, lines, created_at, updated_at,
              is_owed, owed_face, owed_paid, owed_sign, their_reference, moved_on)
            VALUES (:company, :kind, :number, :id, 1, :partner, :issue_date, :due_date,
              :currency, :due, :open, :search, :head, :lines, :now, :now,
              :owed, :face, :paid, :sign, :reference, :moved)
            ON CONFLICT (company_id, kind, number) DO UPDATE SET
              version = documents.version + 1, partner = excluded.partner,
              issue_date = excluded.issue_date, due_date = excluded.due_date,
              currency = excluded.currency, amount_due = excluded.amount_due,
              is_open = excluded.is_open, search = excluded.search, head = excluded.head,
              lines = excluded.lines, updated_at = excluded.updated_at,
              is_owed = excluded.is_owed, owed_face = excluded.owed_face,
              owed_paid = excluded.owed_paid, owed_sign = excluded.owed_sign,
              their_reference = excluded.their_reference, moved_on = excluded.moved_on
            RETURNING *
            """);
    return ReceivableRows.bind(key.bind(statement), document, payments)
        .param("id", Ids.next("doc"))
        .param("partner", document.partner(), Types.VARCHAR)
        .param("issue_date", text(document.issueDate()), Types.VARCHAR)
        .param("due_date", text(document.dueDate()), Types.VARCHAR)
        .param("currency", document.currency())
        .param("due", plain(due), Types.VARCHAR)
        .param("open", Sql.bit(isOpen(document.kind(), due)))
        .param("search", search(document))
        .param("head", kept.head())
        .param("lines", kept.lines())
        .param("now", now.toEpochMilli())
        .query((row, n) -> row(row, true))
        .single();
  }

  /** After a payment. */
  void due(
      Key key, Document document, @Nullable BigDecimal due, List<Payment> payments, Instant now) {
    ReceivableRows.bind(
            key.bind(
                sql.sql(
                    "UPDATE documents SET amount_due = :due, is_open = :open, updated_at = :now,"
                        + " is_owed = :owed, owed_face = :face, owed_paid = :paid, owed_sign = :sign,"
                        + " their_reference = :reference, moved_on = :moved WHERE"
                        + Key.MATCHES)),
            document,
            payments)
        .param("due", plain(due), Types.VARCHAR)
        .param("open", Sql.bit(isOpen(key.kind(), due)))
        .param("now", now.toEpochMilli())
        .update();
  }

  /** Newest first, without lines; one more than asked for. */
  List<Row> list(String company, DocumentFilter filter, int limit, @Nullable String before) {
    List<String> where = new ArrayList<>(List.of("company_id = :company"));
    if (filter.kind() != null) where.add("kind = :kind");
    if (filter.partner() != null) where.add("partner = :partner");
    if (filter.text() != null) where.add("search LIKE :text ESCAPE '!'");
    if (filter.from() != null) where.add("issue_date >= :from");
    if (filter.to() != null) where.add("issue_date <= :to");
    if (filter.open() != null) where.add("is_open = :open");
    if (before != null) where.add("id < :before");
    StatementSpec statement =
        sql.sql(
                "SELECT id, kind, number, version, head, '' AS lines, amount_due, created_at,"
                    + " updated_at FROM documents WHERE "
                    + String.join(" AND ", where)
                    + " ORDER BY id DESC LIMIT :limit")
            .param("company", company)
            .param("limit", limit + 1);
    return bind(statement, filter, before).query((row, n) -> row(row, false)).list();
  }

  private static StatementSpec bind(
      StatementSpec statement, DocumentFilter filter, @Nullable String before) {
    if (filter.kind() != null) statement.param("kind", filter.kind().word());
    if (filter.partner() != null) statement.param("partner", filter.partner());
    if (filter.text() != null) statement.param("text", like(filter.text()));
    if (filter.from() != null) statement.param("from", filter.from().toString());
    if (filter.to() != null) statement.param("to", filter.to().toString());
    if (filter.open() != null) statement.param("open", Sql.bit(filter.open()));
    if (before != null) statement.param("before", before);
    return statement;
  }

  /** Only what is billed can be open: a quote shows a sum but nobody owes it. */
  private static boolean isOpen(DocumentKind kind, @Nullable BigDecimal due) {
    return switch (kind) {
      case INVOICE, CREDIT_MEMO, DEPOSIT, BILL -> due != null && due.signum() != 0;
      default -> false;
    };
  }

  private static String search(Document document) {
    Stream<@Nullable String> parties =
        Stream.of(document.buyer(), document.billTo(), document.seller()).map(party -> name(party));
    Stream<@Nullable String> own = Stream.of(document.number(), document.partner());
    return Stream.concat(Stream.concat(own, parties), document.references().values().stream())
        .filter(java.util.Objects::nonNull)
        .distinct()
        .map(word -> word.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("\n"));
  }

  private static @Nullable String name(@Nullable Party party) {
    return party == null ? null : party.name();
  }

  private static String like(String text) {
    String escaped = text.strip().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1");
    return "%" + escaped + "%";
  }

  private static Row row(ResultSet row, boolean whole) throws SQLException {
    String due = row.getString("amount_due");
    return new Row(
        row.getString("id"),
        DocumentKind.of(row.getString("kind")).orElseThrow(),
        row.getString("number"),
        row.getLong("version"),
        new Kept(row.getString("head"), whole ? row.getString("lines") : ""),
        due == null ? null : new BigDecimal(due),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }
}
