package org.postroom.payments.stripe;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/** The SQL of Checkout Sessions we asked for. */
final class SessionRows {
  private SessionRows() {}

  /**
   * One we asked Stripe for.
   *
   * @param id ours; what Stripe knows a repeated request by
   * @param amount as Stripe counts
   * @param session Stripe's id, null while we do not know whether there is one
   * @param state open, processing, done, expired, or left (its address was given to nobody, or is
   *     worth nothing any more)
   */
  record Session(
      String company,
      String id,
      String gateway,
      String link,
      long amount,
      String currency,
      @Nullable String session,
      String state,
      Instant createdAt,
      Instant expiresAt) {}

  /** False where another one of the link is open. */
  static boolean insert(Sql sql, Session it, Instant look) {
    return sql.sql(
                """
                INSERT INTO stripe_sessions (company_id, id, gateway_id, link_id, amount, currency,
                  session, state, created_at, expires_at, look_at)
                VALUES (:company, :id, :gateway, :link, :amount, :currency, NULL, 'open', :created,
                  :expires, :look)
                ON CONFLICT DO NOTHING
                """)
            .param("company", it.company())
            .param("id", it.id())
            .param("gateway", it.gateway())
            .param("link", it.link())
            .param("amount", it.amount())
            .param("currency", it.currency())
            .param("created", it.createdAt().toEpochMilli())
            .param("expires", it.expiresAt().toEpochMilli())
            .param("look", look.toEpochMilli())
            .update()
        == 1;
  }

  static Optional<Session> open(Sql sql, String company, String gateway, String link) {
    return sql.sql(
            """
            SELECT * FROM stripe_sessions
            WHERE company_id = :company AND gateway_id = :gateway AND link_id = :link
              AND state = 'open'
            """)
        .param("company", company)
        .param("gateway", gateway)
        .param("link", link)
        .query((row, number) -> session(row))
        .optional();
  }

  /** Those of a link that are not at their end. */
  static List<Session> underWay(Sql sql, String company, String gateway, String link) {
    return sql.sql(
            """
            SELECT * FROM stripe_sessions
            WHERE company_id = :company AND gateway_id = :gateway AND link_id = :link
              AND state IN ('open', 'processing') ORDER BY id
            """)
        .param("company", company)
        .param("gateway", gateway)
        .param("link", link)
        .query((row, number) -> session(row))
        .list();
  }

  /** Those nobody told us about for a while, of all companies, the longest waiting first. */
  static List<Session> silent(Sql sql, Instant now, int most) {
    return sql.sql(
            """
            SELECT * FROM stripe_sessions
            WHERE state IN ('open', 'processing') AND look_at <= :now ORDER BY look_at LIMIT :most
            """)
        .param("now", now.toEpochMilli())
        .param("most", most)
        .query((row, number) -> session(row))
        .list();
  }

  static void known(Sql sql, Session it, String session) {
    sql.sql(
            "UPDATE stripe_sessions SET session = :session WHERE company_id = :company AND id = :id")
        .param("company", it.company())
        .param("id", it.id())
        .param("session", session)
        .update();
  }

  static void state(Sql sql, Session it, String state) {
    sql.sql("UPDATE stripe_sessions SET state = :state WHERE company_id = :company AND id = :id")
        .param("company", it.company())
        .param("id", it.id())
        .param("state", state)
        .update();
  }

  /** As Stripe tells; what is done stays done. */
  static void told(Sql sql, String company, String gateway, String session, String state) {
    sql.sql(
            """
            UPDATE stripe_sessions SET state = :state
            WHERE company_id = :company AND gateway_id = :gateway AND session = :session
              AND state <> 'done'
            """)
        .param("company", company)
        .param("gateway", gateway)
        .param("session", session)
        .param("state", state)
        .update();
  }

  static void lookAt(Sql sql, Session it, Instant at) {
    sql.sql("UPDATE stripe_sessions SET look_at = :at WHERE company_id = :company AND id = :id")
        .param("company", it.company())
        .param("id", it.id())
        .param("at", at.toEpochMilli())
        .update();
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        row.getString("company_id"),
        row.getString("id"),
        row.getString("gateway_id"),
        row.getString("link_id"),
        row.getLong("amount"),
        row.getString("currency"),
        row.getString("session"),
        row.getString("state"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")));
  }
}
