package org.postroom.payments;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import org.postroom.documents.DocumentKind;
import org.postroom.payments.PaymentLink.Item;
import org.postroom.payments.PaymentLink.Kind;
import org.postroom.payments.PaymentLink.Payment;
import org.postroom.payments.PaymentLink.State;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The tables {@code payment_links}, {@code payment_link_items} and {@code …_tokens}. */
final class PaymentLinkRows {
  private static final String ONE = " WHERE company_id = :company AND id = :id ";
  private final Sql sql;

  PaymentLinkRows(Sql sql) {
    this.sql = sql;
  }

  /**
   * A link with what only its own module knows.
   *
   * @param token sealed
   * @param paid what arrived by it, less what went back
   * @param settled how far paying has come, leaving aside what a provider still works on
   */
  record Row(PaymentLink link, String token, BigDecimal paid, Payment settled, boolean needsLook) {}

  /** What two links must share to be for the same. */
  static String itemsKey(Kind kind, Collection<Item> items) {
    return items.stream()
        .map(item -> item.kind().word() + "/" + item.number())
        .sorted()
        .collect(Collectors.joining("\n", kind.word() + "\n", ""));
  }

  /**
   * False where another open link has the key, and nothing was written.
   *
   * @param only whether it takes the key; a link beside another open one does not
   */
  boolean insert(PaymentLink link, String sealed, boolean only) {
    String key = itemsKey(link.kind(), link.items());
    if (only) freeEnded(link.company(), key);
    int inserted =
        sql.sql(
                """
                INSERT INTO payment_links (company_id, id, kind, items_key, open_key, token, partner,
                  currency, amount, payment, paid, created_by, created_at, expires_at, needs_look)
                VALUES (:company, :id, :kind, :key, :open, :token, :partner,
                  :currency, :amount, :payment, '0', :by, :at, :expires, 0)
                ON CONFLICT (company_id, open_key) DO NOTHING
                """)
            .param("company", link.company())
            .param("id", link.id())
            .param("kind", link.kind().word())
            .param("key", key)
            .param("open", only ? key : null, Types.VARCHAR)
            .param("token", sealed)
            .param("partner", link.partner(), Types.VARCHAR)
            .param("currency", link.currency())
            .param("amount", plain(link.amount()), Types.VARCHAR)
            .param("payment", link.payment().name())
            .param("by", link.createdBy())
            .param("at", link.createdAt().toEpochMilli())
            .param("expires", Sql.millis(link.expiresAt()), Types.BIGINT)
            .update();
    if (inserted == 0) return false;
    for (int i = 0; i < link.items().size(); i++) insertItem(link, i, link.items().get(i));
    return true;
  }

  private void insertItem(PaymentLink link, int position, Item item) {
    sql.sql(
            """
            INSERT INTO payment_link_items (company_id, link_id, position, kind, number, amount)
            VALUES (:company, :link, :position, :kind, :number, :amount)
            """)
        .param("company", link.company())
        .param("link", link.id())
        .param("position", position)
        .param("kind", item.kind().word())
        .param("number", item.number())
        .param("amount", plain(item.amount()), Types.VARCHAR)
        .update();
  }

  /** A link whose time is over makes room for the next. */
  private void freeEnded(String company, String key) {
    sql.sql(
            """
            UPDATE payment_links SET open_key = NULL
            WHERE company_id = :company AND open_key = :key AND expires_at <= :now
            """)
        .param("company", company)
        .param("key", key)
        .param("now", sql.now().toEpochMilli())
        .update();
  }

  /** Another address that leads to the link; doing so again changes nothing. */
  void lead(String company, String tokenHash, String link) {
    sql.sql(
            """
            INSERT INTO payment_link_tokens (company_id, token_hash, link_id)
            VALUES (:company, :hash, :link) ON CONFLICT DO NOTHING
            """)
        .param("company", company)
        .param("hash", tokenHash)
        .param("link", link)
        .update();
  }

  Optional<Row> find(String company, String id) {
    return one(sql.sql("SELECT * FROM payment_links" + ONE).param("company", company), id);
  }

  /** Like {@link #find}, and nobody else changes the link until this transaction ends. */
  Optional<Row> lock(String company, String id) {
    return one(
        sql.sql("UPDATE payment_links SET kind = kind" + ONE + "RETURNING *")
            .param("company", company),
        id);
  }

  private Optional<Row> one(StatementSpec statement, String id) {
    return filled(statement.param("id", id).query((row, n) -> Bare.of(row)).list()).stream()
        .findFirst();
  }

  Optional<Row> byToken(String hash) {
    List<Bare> found =
        sql.sql(
                """
                SELECT l.* FROM payment_link_tokens t JOIN payment_links l
                  ON l.company_id = t.company_id AND l.id = t.link_id WHERE t.token_hash = :hash
                """)
            .param("hash", hash)
            .query((row, n) -> Bare.of(row))
            .list();
    return filled(found).stream().findFirst();
  }

  /** The open link for the same, the one that mails made first. */
  Optional<Row> open(String company, String itemsKey) {
    List<Bare> found =
        sql.sql(
                "SELECT * FROM payment_links WHERE company_id = :company AND items_key = :key AND "
                    + is(State.USABLE)
                    + " ORDER BY CASE WHEN open_key IS NULL THEN 1 ELSE 0 END, id LIMIT 1")
            .param("company", company)
            .param("key", itemsKey)
            .param("now", sql.now().toEpochMilli())
            .query((row, n) -> Bare.of(row))
            .list();
    return filled(found).stream().findFirst();
  }

  /** Newest first; one more than asked for. */
  List<Row> list(String company, LinkFilter filter, int limit, @Nullable String before) {
    List<String> where = new ArrayList<>(List.of("l.company_id = :company"));
    if (!filter.states().isEmpty())
      where.add(
          filter.states().stream()
              .map(PaymentLinkRows::is)
              .collect(Collectors.joining(" OR ", "(", ")")));
    if (filter.partner() != null) where.add("l.partner = :partner");
    if (filter.kind() != null)
      where.add(
          "EXISTS (SELECT 1 FROM payment_link_items i WHERE i.company_id = l.company_id AND"
              + " i.link_id = l.id AND i.kind = :kind"
              + (filter.number() == null ? "" : " AND i.number = :number")
              + ")");
    if (filter.toLookAt()) where.add("l.needs_look = 1");
    if (before != null) where.add("l.id < :before");
    StatementSpec statement =
        sql.sql(
                "SELECT l.* FROM payment_links l WHERE "
                    + String.join(" AND ", where)
                    + " ORDER BY l.id DESC LIMIT :limit")
            .param("company", company)
            .param("limit", limit + 1);
    if (filter.states().stream().anyMatch(PaymentLinkRows::byTime))
      statement.param("now", sql.now().toEpochMilli());
    if (filter.partner() != null) statement.param("partner", filter.partner());
    if (filter.kind() != null) statement.param("kind", filter.kind().word());
    if (filter.kind() != null && filter.number() != null)
      statement.param("number", filter.number());
    if (before != null) statement.param("before", before);
    return filled(statement.query((row, n) -> Bare.of(row)).list());
  }

  /** How many need somebody to look. */
  long toLookAt(String company) {
    return sql.sql(
            "SELECT count(*) FROM payment_links WHERE company_id = :company AND needs_look = 1")
        .param("company", company)
        .query(Long.class)
        .single();
  }

  void withdraw(String company, String id) {
    change(company, id, "withdrawn_at = :now, open_key = NULL")
        .param("now", sql.now().toEpochMilli())
        .update();
  }

  /** Whether it was the first time. */
  boolean opened(String company, String id) {
    return sql.sql("UPDATE payment_links SET opened_at = :now" + ONE + "AND opened_at IS NULL")
            .param("company", company)
            .param("id", id)
            .param("now", sql.now().toEpochMilli())
            .update()
        == 1;
  }

  void processing(String company, String id, Instant until) {
    change(company, id, "processing_until = :until").param("until", until.toEpochMilli()).update();
  }

  /** After money moved or was refused: nobody waits for a provider any more. */
  void settled(String company, String id, Payment payment, BigDecimal paid) {
    change(company, id, "processing_until = NULL, payment = :payment, paid = :paid")
        .param("payment", payment.name())
        .param("paid", paid.toPlainString())
        .update();
  }

  void used(String company, String id) {
    change(company, id, "used_at = :now, open_key = NULL")
        .param("now", sql.now().toEpochMilli())
        .update();
  }

  void needsLook(String company, String id, boolean needed) {
    change(company, id, "needs_look = :look").param("look", Sql.bit(needed)).update();
  }

  /** Notes a message that carries the link; whether it is news. */
  boolean sentWith(String company, String id, String message) {
    int added =
        sql.sql(
                """
                INSERT INTO payment_link_messages (company_id, message_id, link_id)
                VALUES (:company, :message, :id)
                ON CONFLICT (company_id, message_id, link_id) DO NOTHING
                """)
            .param("company", company)
            .param("message", message)
            .param("id", id)
            .update();
    if (added == 0) return false;
    change(company, id, "message_id = COALESCE(message_id, :message)")
        .param("message", message)
        .update();
    return true;
  }

  /** The links a message carries. */
  List<Row> ofMessage(String company, String message) {
    List<Bare> found =
        sql.sql(
                """
                SELECT l.* FROM payment_link_messages m JOIN payment_links l
                  ON l.company_id = m.company_id AND l.id = m.link_id
                WHERE m.company_id = :company AND m.message_id = :message ORDER BY l.id
                """)
            .param("company", company)
            .param("message", message)
            .query((row, n) -> Bare.of(row))
            .list();
    return filled(found);
  }

  private StatementSpec change(String company, String id, String set) {
    return sql.sql("UPDATE payment_links SET " + set + ONE)
        .param("company", company)
        .param("id", id);
  }

  private static boolean byTime(State state) {
    return state == State.USABLE || state == State.EXPIRED;
  }

  private static String is(State state) {
    return switch (state) {
      case USED -> "used_at IS NOT NULL";
      case WITHDRAWN -> "used_at IS NULL AND withdrawn_at IS NOT NULL";
      case EXPIRED -> "used_at IS NULL AND withdrawn_at IS NULL AND expires_at <= :now";
      case USABLE ->
          "used_at IS NULL AND withdrawn_at IS NULL AND (expires_at IS NULL OR expires_at > :now)";
    };
  }

  private List<Row> filled(List<Bare> found) {
    if (found.isEmpty()) return List.of();
    Instant now = sql.now();
    Map<String, List<Item>> items = items(found);
    return found.stream()
        .map(bare -> bare.row(items.getOrDefault(bare.id(), List.of()), now))
        .toList();
  }

  /** All rows are of one company. */
  private Map<String, List<Item>> items(List<Bare> found) {
    Map<String, List<Item>> items = new HashMap<>();
    sql.sql(
            """
            SELECT link_id, kind, number, amount FROM payment_link_items
            WHERE company_id = :company AND link_id IN (:links) ORDER BY link_id, position
            """)
        .param("company", found.getFirst().company())
        .param("links", found.stream().map(Bare::id).toList())
        .query(row -> {
          items
              .computeIfAbsent(row.getString(1), none -> new ArrayList<>())
              .add(
                  new Item(
                      DocumentKind.of(row.getString(2)).orElseThrow(),
                      row.getString(3),
                      number(row.getString(4))));
        });
    return items;
  }

  /** A row without its items. */
  private record Bare(
      String company,
      String id,
      Kind kind,
      String token,
      @Nullable String partner,
      String currency,
      @Nullable BigDecimal amount,
      Payment payment,
      BigDecimal paid,
      String by,
      Instant at,
      @Nullable Instant expires,
      @Nullable Instant opened,
      @Nullable Instant used,
      @Nullable Instant withdrawn,
      @Nullable Instant processing,
      boolean look,
      @Nullable String message) {

    static Bare of(ResultSet row) throws SQLException {
      return new Bare(
          row.getString("company_id"),
          row.getString("id"),
          Kind.of(row.getString("kind")).orElseThrow(),
          row.getString("token"),
          row.getString("partner"),
          row.getString("currency"),
          number(row.getString("amount")),
          Payment.valueOf(row.getString("payment")),
          new BigDecimal(row.getString("paid")),
          row.getString("created_by"),
          Instant.ofEpochMilli(row.getLong("created_at")),
          moment(row, "expires_at"),
          moment(row, "opened_at"),
          moment(row, "used_at"),
          moment(row, "withdrawn_at"),
          moment(row, "processing_until"),
          row.getLong("needs_look") == 1,
          row.getString("message_id"));
    }

    Row row(List<Item> items, Instant now) {
      boolean waiting = processing != null && processing.isAfter(now) && used == null;
      var link =
          new PaymentLink(
              company,
              id,
              kind,
              items,
              partner,
              currency,
              amount,
              state(now),
              waiting ? Payment.PROCESSING : payment,
              by,
              at,
              expires,
              opened,
              used,
              message);
      return new Row(link, token, paid, payment, look);
    }

    private State state(Instant now) {
      if (used != null) return State.USED;
      if (withdrawn != null) return State.WITHDRAWN;
      return expires != null && !expires.isAfter(now) ? State.EXPIRED : State.USABLE;
    }
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static @Nullable BigDecimal number(@Nullable String text) {
    return text == null ? null : new BigDecimal(text);
  }

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }
}
