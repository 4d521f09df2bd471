package org.postroom.http;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Node;
import org.postroom.db.Sql;

final class IdempotencyRows {
  static final Duration LEASE = Duration.ofSeconds(60);
  static final Duration KEPT = Duration.ofDays(7);

  private IdempotencyRows() {}

  /** Which request a row is about. */
  record Key(String company, String key) {}

  /**
   * @param reply null while the first request runs
   */
  record Row(String requestHash, @Nullable KeptReply reply) {}

  /**
   * Takes the key for this owner where nobody holds it: it is new, it has served its days, or its
   * owner died without a reply. One statement, so that of many at once exactly one gets it.
   */
  static boolean take(Sql sql, Key key, String requestHash, String owner) {
    Instant now = sql.now();
    return sql.sql(
                """
                INSERT INTO idempotency_keys
                  (company_id, key, request_hash, owner, leased_until, created_at)
                VALUES (:company, :key, :hash, :owner, :until, :now)
                ON CONFLICT (company_id, key) DO UPDATE
                  SET request_hash = excluded.request_hash, owner = excluded.owner,
                      leased_until = excluded.leased_until, created_at = excluded.created_at,
                      status = NULL, content_type = NULL, location = NULL, body = NULL
                  WHERE idempotency_keys.created_at < :expired
                    OR (idempotency_keys.status IS NULL
                        AND idempotency_keys.leased_until <= :now
                        AND idempotency_keys.request_hash = excluded.request_hash)
                """)
            .param("company", key.company())
            .param("key", key.key())
            .param("hash", requestHash)
            .param("owner", owner)
            .param("until", now.plus(LEASE).toEpochMilli())
            .param("now", now.toEpochMilli())
            .param("expired", now.minus(KEPT).toEpochMilli())
            .update()
        == 1;
  }

  static Optional<Row> find(Sql sql, Key key) {
    return sql.sql("SELECT * FROM idempotency_keys WHERE company_id = :company AND key = :key")
        .param("company", key.company())
        .param("key", key.key())
        .query(IdempotencyRows::row)
        .optional();
  }

  /** Keeps the reply, unless somebody else has taken the key meanwhile. */
  static boolean keep(Sql sql, Key key, String owner, KeptReply reply) {
    return sql.sql(
                """
                UPDATE idempotency_keys
                SET status = :status, content_type = :type, location = :location, body = :body
                WHERE company_id = :company AND key = :key AND owner = :owner
                """)
            .param("status", reply.status())
            .param("type", reply.contentType(), Types.VARCHAR)
            .param("location", reply.location(), Types.VARCHAR)
            .param("body", reply.body(), Types.BINARY)
            .param("company", key.company())
            .param("key", key.key())
            .param("owner", owner)
            .update()
        == 1;
  }

  /** Gives the key back: the request was refused and may be corrected. A kept reply stays. */
  static void release(Sql sql, Key key, String owner) {
    sql.sql(
            "DELETE FROM idempotency_keys WHERE company_id = :company AND key = :key AND owner = :owner AND status IS NULL")
        .param("company", key.company())
        .param("key", key.key())
        .param("owner", owner)
        .update();
  }

  /** Begins with the node's name, so that its next life can find it. */
  static String owner(Node node, UUID request) {
    return node.name() + "/" + request;
  }

  /** Requests that died with an earlier life of the node run no longer. */
  static int giveBack(Sql sql, Node node) {
    String own = node.name() + "/";
    return sql.sql(
            "UPDATE idempotency_keys SET leased_until = 0 WHERE status IS NULL AND (:alone = 1 OR substr(owner, 1, :length) = :own)")
        .param("alone", Sql.bit(node.alone()))
        .param("length", own.length())
        .param("own", own)
        .update();
  }

  static int forgetOld(Sql sql) {
    return sql.sql("DELETE FROM idempotency_keys WHERE created_at < :expired")
        .param("expired", sql.now().minus(KEPT).toEpochMilli())
        .update();
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    int status = row.getInt("status");
    byte[] body = row.getBytes("body");
    KeptReply reply =
        status == 0
            ? null
            : new KeptReply(
                status,
                row.getString("content_type"),
                row.getString("location"),
                body == null ? new byte[0] : body);
    return new Row(row.getString("request_hash"), reply);
  }
}
