package org.postroom.documents;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import org.postroom.documents.Receivable.Settlement;
import org.postroom.documents.intake.DocumentJson;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** What customers owe, out of the tables {@code documents} and {@code document_payments}. */
final class ReceivableRows {
  /** Open today, or settled by something that happened after the day asked for. */
  private static final String OPEN =
      "d.company_id = :company AND d.partner IN (:partners) AND (d.is_owed > 0 OR d.is_owed = 0"
          + " AND d.moved_on > :as_of)";

  private static final String ALL =
      "d.company_id = :company AND d.partner IN (:partners) AND (d.is_owed > 0 OR d.owed_face IS"
          + " NOT NULL)";

  private final Sql sql;

  ReceivableRows(Sql sql) {
    this.sql = sql;
  }

  private record Row(
      String partner,
      DocumentKind kind,
      String number,
      @Nullable String reference,
      LocalDate date,
      @Nullable LocalDate dueDate,
      String currency,
      Owed owed) {
    String key() {
      return kind.word() + "/" + number;
    }
  }

  /** What the row keeps of a document and its payments for these queries. */
  static StatementSpec bind(StatementSpec statement, Document document, List<Payment> payments) {
    Owed owed = Owed.of(document);
    LocalDate moved =
        Stream.concat(Stream.ofNullable(document.issueDate()), payments.stream().map(Payment::date))
            .max(Comparator.naturalOrder())
            .orElse(null);
    return statement
        .param("owed", Sql.bit(owed != null && owed.isOpen(document.kind(), payments)))
        .param("moved", owed == null || moved == null ? null : moved.toString(), Types.VARCHAR)
        .param("face", owed == null ? null : owed.face().toPlainString(), Types.VARCHAR)
        .param("paid", owed == null ? null : owed.paid().toPlainString(), Types.VARCHAR)
        .param("sign", owed == null ? null : owed.sign(), Types.BIGINT)
        .param("reference", Owed.reference(document), Types.VARCHAR);
  }

  /**
   * Of these customers, in no order.
   *
   * @param settledToo also what is settled long since
   */
  List<Receivable> of(
      String company,
      Collection<String> partners,
      LocalDate asOf,
      boolean settledToo,
      ZoneId zone) {
    if (partners.isEmpty()) return List.of();
    String which = settledToo ? ALL : OPEN;
    List<Row> rows =
        bind(
                sql.sql(
                    "SELECT d.partner, d.kind, d.number, d.their_reference, d.issue_date, d.due_date,"
                        + " d.currency, d.created_at, d.is_owed, d.owed_face, d.owed_paid, d.owed_sign,"
                        + " CASE WHEN d.is_owed = 2 THEN d.head END AS head FROM documents d WHERE "
                        + which),
                company,
                partners,
                asOf,
                settledToo)
            .query((row, n) -> row(row, zone))
            .list()
            .stream()
            .flatMap(Optional::stream)
            .toList();
    if (rows.isEmpty()) return List.of();
    Map<String, List<Payment>> payments = payments(which, company, partners, asOf, settledToo);
    return rows.stream()
        .map(row -> receivable(row, payments.getOrDefault(row.key(), List.of())))
        .toList();
  }

  private Map<String, List<Payment>> payments(
      String which,
      String company,
      Collection<String> partners,
      LocalDate asOf,
      boolean settledToo) {
    Map<String, List<Payment>> payments = new HashMap<>();
    bind(
            sql.sql(
                "SELECT p.* FROM documents d JOIN document_payments p ON p.company_id ="
                    + " d.company_id AND p.kind = d.kind AND p.number = d.number WHERE "
                    + which
                    + " ORDER BY p.paid_on, p.recorded_at, p.reference"),
            company,
            partners,
            asOf,
            settledToo)
        .query(row -> {
          String key = row.getString("kind") + "/" + row.getString("number");
          payments.computeIfAbsent(key, none -> new ArrayList<>()).add(PaymentRows.payment(row));
        });
    return payments;
  }

  private static StatementSpec bind(
      StatementSpec statement,
      String company,
      Collection<String> partners,
      LocalDate asOf,
      boolean settledToo) {
    StatementSpec bound = statement.param("company", company).param("partners", partners);
    return settledToo ? bound : bound.param("as_of", asOf.toString());
  }

  private static Optional<Row> row(ResultSet row, ZoneId zone) throws SQLException {
    DocumentKind kind = DocumentKind.of(row.getString("kind")).orElseThrow();
    String number = row.getString("number");
    String head = row.getString("head");
    Document document =
        head == null ? null : DocumentJson.kept(kind, number, new DocumentJson.Kept(head, ""));
    Owed owed = document == null ? owed(row) : Owed.of(document);
    if (owed == null) return Optional.empty();
    LocalDate issued = date(row, "issue_date");
    return Optional.of(
        new Row(
            row.getString("partner"),
            kind,
            number,
            document == null ? row.getString("their_reference") : Owed.reference(document),
            issued == null
                ? Instant.ofEpochMilli(row.getLong("created_at")).atZone(zone).toLocalDate()
                : issued,
            date(row, "due_date"),
            row.getString("currency"),
            owed));
  }

  private static Owed owed(ResultSet row) throws SQLException {
    return new Owed(
        new BigDecimal(row.getString("owed_face")),
        new BigDecimal(row.getString("owed_paid")),
        row.getInt("owed_sign"));
  }

  private static @Nullable LocalDate date(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : LocalDate.parse(text);
  }

  private static Receivable receivable(Row row, List<Payment> payments) {
    List<Settlement> settlements = new ArrayList<>();
    Settlement own = own(row, payments);
    if (own != null) settlements.add(own);
    for (Payment payment : payments)
      settlements.add(
          new Settlement(
              payment.date(), payment.reference(), row.owed().effect(payment.amount()).negate()));
    settlements.sort(Comparator.comparing(Settlement::date));
    return new Receivable(
        row.kind(),
        row.number(),
        row.partner(),
        row.reference(),
        row.date(),
        Objects.requireNonNullElse(row.dueDate(), row.date()),
        row.currency(),
        row.owed().face(),
        settlements);
  }

  /**
   * What the document says is paid beyond the payments it took in. Nobody told a date: it counts
   * from the document's own. Where it says less than the payments told, it took some back, and did
   * so when the last of them was there.
   */
  private static @Nullable Settlement own(Row row, List<Payment> payments) {
    if (!Owed.takesIn(row.kind())) return null;
    List<Payment> within = payments.stream().filter(payment -> !payment.counted()).toList();
    BigDecimal told = within.stream().map(Payment::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal rest = row.owed().paid().subtract(row.owed().effect(told));
    if (rest.signum() == 0) return null;
    boolean tookBack = rest.signum() != row.owed().paid().signum();
    LocalDate date = tookBack && !within.isEmpty() ? within.getLast().date() : row.date();
    return new Settlement(date, null, rest.negate());
  }
}
