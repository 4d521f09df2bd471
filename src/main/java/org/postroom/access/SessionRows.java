package org.postroom.access;

import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/** The SQL of sessions. */
final class SessionRows {
  private static final String ONE = " WHERE company_id = :company AND id_hash = :hash";

  private SessionRows() {}

  static void insert(Sql sql, KeptSession session) {
    sql.sql(
            """
            INSERT INTO sessions (company_id, id_hash, person_id, form_token, created_at, seen_at)
            VALUES (:company, :hash, :person, :token, :now, :now)\
            """)
        .param("company", session.company())
        .param("hash", session.idHash())
        .param("person", session.person())
        .param("token", session.formToken())
        .param("now", session.seen().toEpochMilli())
        .update();
  }

  /** Empty too where nobody has used it since. */
  static Optional<KeptSession> find(Sql sql, String company, String hash, Instant since) {
    return sql.sql("SELECT * FROM sessions" + ONE + " AND seen_at > :since")
        .param("company", company)
        .param("hash", hash)
        .param("since", since.toEpochMilli())
        .query((row, n) ->
            new KeptSession(
                row.getString("company_id"),
                row.getString("id_hash"),
                row.getString("person_id"),
                row.getString("form_token"),
                row.getString("flash"),
                Instant.ofEpochMilli(row.getLong("seen_at"))))
        .optional();
  }

  static void seen(Sql sql, KeptSession session, Instant now) {
    sql.sql("UPDATE sessions SET seen_at = :now" + ONE)
        .param("now", now.toEpochMilli())
        .param("company", session.company())
        .param("hash", session.idHash())
        .update();
  }

  static void flash(Sql sql, KeptSession session, @Nullable String flash) {
    sql.sql("UPDATE sessions SET flash = :flash" + ONE)
        .param("flash", flash, Types.VARCHAR)
        .param("company", session.company())
        .param("hash", session.idHash())
        .update();
  }

  static void delete(Sql sql, String company, String hash) {
    sql.sql("DELETE FROM sessions" + ONE).param("company", company).param("hash", hash).update();
  }

  static void forget(Sql sql, Instant before) {
    sql.sql("DELETE FROM sessions WHERE seen_at <= :before")
        .param("before", before.toEpochMilli())
        .update();
  }
}
