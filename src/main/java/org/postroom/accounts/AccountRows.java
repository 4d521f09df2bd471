package org.postroom.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import org.postroom.mail.Address;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of accounts. */
final class AccountRows {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /** What the settings column holds: everything that depends on the kind, and the limits. */
  private record Stored(
      Connection.@Nullable Smtp smtp,
      Connection.@Nullable Microsoft microsoft,
      Connection.@Nullable Google google,
      Connection.@Nullable Exchange exchange,
      Account.Limits limits,
      @Nullable String perDayCounts) {

    static Stored of(Connection connection, Account.Limits limits) {
      return new Stored(
          connection instanceof Connection.Smtp smtp ? smtp : null,
          connection instanceof Connection.Microsoft microsoft ? microsoft : null,
          connection instanceof Connection.Google google ? google : null,
          connection instanceof Connection.Exchange exchange ? exchange : null,
          limits,
          limits.ofRecipients() ? "recipients" : "messages");
    }

    /**
     * Before it was asked what a day's limit counts, the usual one meant what the provider does.
     */
    Account.Limits limits(Address email) {
      if (perDayCounts != null) return limits;
      Account.Limits usual = UsualLimits.of(connection(), email).limits();
      return limits.ofRecipients(usual.ofRecipients() && usual.perDay() == limits.perDay());
    }

    Connection connection() {
      return Stream.of(smtp, microsoft, google, exchange)
          .filter(Objects::nonNull)
          .map(Connection.class::cast)
          .findFirst()
          .orElseGet(Connection.Local::new);
    }
  }

  /** An account with its sealed secret, read at one moment. */
  record WithSecret(Account account, @Nullable String secret) {}

  private AccountRows() {}

  static void insert(Sql sql, Account account, @Nullable String secret) {
    bind(
            sql,
            """
            INSERT INTO accounts (company_id, id, kind, name, email, display_name, reply_to, owner,
              is_default, active, settings, secret, state, state_since, state_reason, version,
              created_at, fallback)
            VALUES (:company, :id, :kind, :name, :email, :display_name, :reply_to, :owner,
              :is_default, :active, :settings, :secret, :state, :now, :reason, 1, :now, :fallback)\
            """,
            account,
            secret)
        .param("kind", account.kind().name())
        .param("now", account.createdAt().toEpochMilli())
        .param("reason", account.health().reason(), Types.VARCHAR)
        .update();
  }

  static void update(Sql sql, Account account, @Nullable String secret) {
    bind(
            sql,
            """
            UPDATE accounts SET name = :name, email = :email, display_name = :display_name,
              reply_to = :reply_to, owner = :owner, is_default = :is_default, active = :active,
              settings = :settings, secret = :secret, state = :state, state_since = :since,
              state_reason = :reason, finding = :finding, paused_until = :until,
              fallback = :fallback, version = version + 1
            WHERE company_id = :company AND id = :id\
            """,
            account,
            secret)
        .param("since", Sql.millis(account.health().since()), Types.BIGINT)
        .param("reason", account.health().reason(), Types.VARCHAR)
        .param("finding", account.health().finding(), Types.VARCHAR)
        .param("until", Sql.millis(account.health().pausedUntil()), Types.BIGINT)
        .update();
  }

  private static StatementSpec bind(
      Sql sql, String statement, Account account, @Nullable String secret) {
    Address replyTo = account.replyTo();
    var stored = Stored.of(account.connection(), account.limits());
    return sql.sql(statement)
        .param("company", account.company())
        .param("id", account.id())
        .param("name", account.name())
        .param("email", account.email().spec())
        .param("display_name", account.displayName(), Types.VARCHAR)
        .param("reply_to", replyTo == null ? null : replyTo.display(), Types.VARCHAR)
        .param("owner", account.owner())
        .param("is_default", Sql.bit(account.isDefault()))
        .param("active", Sql.bit(account.active()))
        .param("settings", JSON.writeValueAsString(stored))
        .param("secret", secret, Types.VARCHAR)
        .param("fallback", account.fallback(), Types.VARCHAR)
        .param("state", account.health().state().name());
  }

  /**
   * Lets changes of one company's accounts pass one by one: who comes second waits here and then
   * sees what the first did.
   */
  static void lock(Sql sql, String company) {
    sql.sql("UPDATE accounts SET version = version WHERE company_id = :company")
        .param("company", company)
        .update();
  }

  /** The account, with its row locked until the end of the transaction. */
  static Optional<Account> findForChange(Sql sql, String company, String id) {
    sql.sql("UPDATE accounts SET version = version WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .update();
    return find(sql, company, id).map(WithSecret::account);
  }

  /** Takes the default away from whichever account has it, so that another can have it. */
  static void clearDefault(Sql sql, String company) {
    sql.sql(
            """
            UPDATE accounts SET is_default = 0, version = version + 1
            WHERE company_id = :company AND is_default = 1\
            """)
        .param("company", company)
        .update();
  }

  static void delete(Sql sql, String company, String id) {
    sql.sql("DELETE FROM accounts WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .update();
  }

  /** The name of an account that this one stands in for. */
  static Optional<String> fallenBackOn(Sql sql, String company, String id) {
    return sql.sql(
            "SELECT name FROM accounts WHERE company_id = :company AND fallback = :id LIMIT 1")
        .param("company", company)
        .param("id", id)
        .query(String.class)
        .optional();
  }

  static Optional<WithSecret> find(Sql sql, String company, String id) {
    return where(sql, "company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query(AccountRows::row)
        .optional();
  }

  static Optional<Account> defaultOf(Sql sql, String company) {
    return where(sql, "company_id = :company AND is_default = 1")
        .param("company", company)
        .query(AccountRows::row)
        .optional()
        .map(WithSecret::account);
  }

  static Optional<Account> ofPerson(Sql sql, String company, String person) {
    return where(
            sql, "company_id = :company AND owner = :person AND active = 1 ORDER BY id LIMIT 1")
        .param("company", company)
        .param("person", person)
        .query(AccountRows::row)
        .optional()
        .map(WithSecret::account);
  }

  /** In the order they were made. */
  static List<Account> list(Sql sql, String company, boolean includeOff, String after, int most) {
    return list(sql, company, includeOff, after, most, null);
  }

  /** Given a person, without the own ones of others. */
  static List<Account> list(
      Sql sql,
      String company,
      boolean includeOff,
      String after,
      int most,
      @Nullable String person) {
    return where(
            sql,
            "company_id = :company AND id > :after AND active >= :least"
                + (person == null ? "" : " AND owner IN ('company', :person)")
                + " ORDER BY id LIMIT :most")
        .param("person", person, Types.VARCHAR)
        .param("company", company)
        .param("after", after)
        .param("least", includeOff ? 0 : 1)
        .param("most", most)
        .query(AccountRows::row)
        .stream()
        .map(WithSecret::account)
        .toList();
  }

  static List<Account> unhealthy(Sql sql, String company) {
    return where(
            sql,
            "company_id = :company AND active = 1 AND state <> 'WORKING' ORDER BY id LIMIT 200")
        .param("company", company)
        .query(AccountRows::row)
        .stream()
        .map(WithSecret::account)
        .toList();
  }

  private static StatementSpec where(Sql sql, String condition) {
    return sql.sql("SELECT * FROM accounts WHERE " + condition);
  }

  private static WithSecret row(ResultSet row, int number) throws SQLException {
    Stored stored = JSON.readValue(row.getString("settings"), Stored.class);
    String replyTo = row.getString("reply_to");
    var account =
        new Account(
            row.getString("company_id"),
            row.getString("id"),
            Account.Kind.valueOf(row.getString("kind")),
            row.getString("name"),
            Address.of(row.getString("email")),
            row.getString("display_name"),
            replyTo == null ? null : Address.parse(replyTo),
            row.getString("owner"),
            row.getLong("is_default") == 1,
            row.getLong("active") == 1,
            stored.connection(),
            row.getString("secret") != null,
            stored.limits(Address.of(row.getString("email"))),
            health(row),
            row.getLong("version"),
            Instant.ofEpochMilli(row.getLong("created_at")),
            row.getString("fallback"));
    return new WithSecret(account, row.getString("secret"));
  }

  private static Account.Health health(ResultSet row) throws SQLException {
    return new Account.Health(
        Account.Health.State.valueOf(row.getString("state")),
        instant(row, "state_since"),
        row.getString("state_reason"),
        row.getString("finding"),
        instant(row, "paused_until"),
        instant(row, "last_success"),
        instant(row, "last_failure"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
