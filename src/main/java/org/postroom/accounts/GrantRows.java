package org.postroom.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.oauth.Scopes;
import org.postroom.db.Sql;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The SQL of grants. */
final class GrantRows {
  private static final String ONE = " WHERE company_id = :company AND account_id = :account";

  /** Tokens ready to be written. */
  record Fresh(
      @Nullable String accessToken,
      Instant ends,
      Instant renewAt,
      @Nullable String refreshToken,
      String scopes) {}

  private GrantRows() {}

  static Grant find(Sql sql, String company, String account) {
    return of(sql, "SELECT * FROM account_grants" + ONE, company, account)
        .query(GrantRows::row)
        .optional()
        .orElse(Grant.NONE);
  }

  static Map<String, Grant> ofCompany(Sql sql, String company) {
    Map<String, Grant> grants = new HashMap<>();
    sql.sql("SELECT * FROM account_grants WHERE company_id = :company")
        .param("company", company)
        .query((ResultSet row, int number) ->
            Optional.ofNullable(grants.put(row.getString("account_id"), row(row, number))))
        .list();
    return grants;
  }

  /** A row to lock and lease, where there is none yet. */
  static void make(Sql sql, String company, String account) {
    of(
            sql,
            """
            INSERT INTO account_grants (company_id, account_id, scopes, version)
            VALUES (:company, :account, '', 0) ON CONFLICT (company_id, account_id) DO NOTHING\
            """,
            company,
            account)
        .update();
  }

  /** The turn to renew, where nobody has it and nothing newer was kept since it was looked at. */
  static boolean lease(
      Sql sql, String company, String account, String me, long version, Instant ends) {
    return of(
                sql,
                "UPDATE account_grants SET lease = :me, lease_ends = :ends"
                    + ONE
                    + " AND version = :version AND (lease IS NULL OR lease_ends <= :now)",
                company,
                account)
            .param("me", me)
            .param("version", version)
            .param("ends", ends.toEpochMilli())
            .param("now", sql.now().toEpochMilli())
            .update()
        == 1;
  }

  /**
   * Keeps what a renewal gave, unless something newer lies there. Without a refresh token the old
   * stays.
   */
  static boolean renewed(
      Sql sql, String company, String account, long version, Fresh fresh, Instant now) {
    return bind(
                of(
                    sql,
                    """
                    UPDATE account_grants SET access_token = :access, access_ends = :ends,
                      renew_at = :renew_at, refresh_token = COALESCE(:refresh, refresh_token),
                      scopes = :scopes, since = COALESCE(since, :now), last_renewed = :now,
                      quiet_until = NULL, quiet_reason = NULL, lease = NULL, lease_ends = NULL,
                      version = version + 1\
                    """
                        + ONE
                        + " AND version = :version",
                    company,
                    account),
                fresh)
            .param("version", version)
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  /** Keeps what a person's sign-in gave, in place of everything before. */
  static void signedIn(
      Sql sql,
      String company,
      String account,
      Fresh fresh,
      @Nullable String signedInAs,
      Instant now) {
    make(sql, company, account);
    bind(
            of(
                sql,
                """
                UPDATE account_grants SET access_token = :access, access_ends = :ends,
                  renew_at = :renew_at, refresh_token = :refresh, scopes = :scopes,
                  signed_in_as = :who, since = :now, last_renewed = :now, approval = NULL,
                  quiet_until = NULL, quiet_reason = NULL, lease = NULL, lease_ends = NULL,
                  version = version + 1\
                """
                    + ONE,
                company,
                account),
            fresh)
        .param("who", signedInAs, Types.VARCHAR)
        .param("now", now.toEpochMilli())
        .update();
  }

  /** Forgets all tokens; whoever renews at this moment finds a newer version. */
  static void wipe(Sql sql, String company, String account) {
    of(
            sql,
            """
            UPDATE account_grants SET access_token = NULL, access_ends = NULL, renew_at = NULL,
              refresh_token = NULL, scopes = '', signed_in_as = NULL, since = NULL,
              approval = NULL, quiet_until = NULL, quiet_reason = NULL, lease = NULL,
              lease_ends = NULL, version = version + 1\
            """
                + ONE,
            company,
            account)
        .update();
  }

  /** The provider could not answer: the turn is given back, and it is left alone for a while. */
  static void quiet(
      Sql sql, String company, String account, String me, Instant until, String reason) {
    of(
            sql,
            "UPDATE account_grants SET quiet_until = :until, quiet_reason = :reason, lease = NULL,"
                + " lease_ends = NULL"
                + ONE
                + " AND lease = :me",
            company,
            account)
        .param("until", until.toEpochMilli())
        .param("reason", reason)
        .param("me", me)
        .update();
  }

  /** Gives the turn back. */
  static void release(Sql sql, String company, String account, String me) {
    of(
            sql,
            "UPDATE account_grants SET lease = NULL, lease_ends = NULL" + ONE + " AND lease = :me",
            company,
            account)
        .param("me", me)
        .update();
  }

  static void used(Sql sql, String company, String account, Instant now) {
    of(sql, "UPDATE account_grants SET last_used = :now" + ONE, company, account)
        .param("now", now.toEpochMilli())
        .update();
  }

  static void approval(Sql sql, String company, String account, Grant.Approval approval) {
    make(sql, company, account);
    of(sql, "UPDATE account_grants SET approval = :approval" + ONE, company, account)
        .param("approval", approval.name())
        .update();
  }

  static void delete(Sql sql, String company, String account) {
    of(sql, "DELETE FROM account_grants" + ONE, company, account).update();
  }

  /** Other accounts of the installation where the same person signed in. */
  static boolean sharedBy(Sql sql, String company, String account, String signedInAs) {
    return sql.sql(
                """
                SELECT COUNT(*) FROM account_grants WHERE LOWER(signed_in_as) = LOWER(:who)
                  AND NOT (company_id = :company AND account_id = :account)\
                """)
            .param("who", signedInAs)
            .param("company", company)
            .param("account", account)
            .query(Long.class)
            .single()
        > 0;
  }

  private static StatementSpec of(Sql sql, String statement, String company, String account) {
    return sql.sql(statement).param("company", company).param("account", account);
  }

  private static StatementSpec bind(StatementSpec statement, Fresh fresh) {
    return statement
        .param("access", fresh.accessToken(), Types.VARCHAR)
        .param("ends", fresh.ends().toEpochMilli())
        .param("renew_at", fresh.renewAt().toEpochMilli())
        .param("refresh", fresh.refreshToken(), Types.VARCHAR)
        .param("scopes", fresh.scopes());
  }

  private static Grant row(ResultSet row, int number) throws SQLException {
    String approval = row.getString("approval");
    return new Grant(
        row.getString("access_token"),
        instant(row, "access_ends"),
        instant(row, "renew_at"),
        row.getString("refresh_token"),
        Scopes.parse(row.getString("scopes")),
        row.getString("signed_in_as"),
        instant(row, "since"),
        instant(row, "last_used"),
        instant(row, "last_renewed"),
        approval == null ? null : Grant.Approval.valueOf(approval),
        instant(row, "quiet_until"),
        row.getString("quiet_reason"),
        instant(row, "lease_ends"),
        row.getLong("version"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
