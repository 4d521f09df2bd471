package org.postroom.access;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/** The SQL of sessions. */
final class SessionRows {
  private static final String ONE = " WHERE company_id = :company AND id_hash = :hash";

  private SessionRows() {}

  /** From where and how somebody signed in. */
  record From(String address, @Nullable String browser, String way) {}

  static void insert(Sql sql, KeptSession session, From from) {
    sql.sql(
            """
            INSERT INTO sessions (company_id, id_hash, person_id, form_token, created_at, seen_at, address, browser, way)
            VALUES (:company, :hash, :person, :token, :now, :now, :address, :browser, :way)\
            """)
        .param("address", from.address())
        .param("browser", from.browser(), Types.VARCHAR)
        .param("way", from.way())
        .param("company", session.company())
        .param("hash", session.idHash())
        .param("person", session.person())
        .param("token", session.formToken())
        .param("now", session.seen().toEpochMilli())
        .update();
  }

  /** Empty too where nobody has used it since, or it began before that. */
  static Optional<KeptSession> find(
      Sql sql, String company, String hash, Instant since, Instant begun) {
    return sql.sql("SELECT * FROM sessions" + ONE + " AND seen_at > :since AND created_at > :begun")
        .param("begun", begun.toEpochMilli())
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

  /** Everywhere somebody is signed in, in all their companies, the one used last first. */
  static List<Sessions.Open> of(Sql sql, String person, Instant since, Instant begun) {
    return sql.sql(
            """
            SELECT s.*, c.name AS company_name FROM sessions s JOIN companies c ON c.id = s.company_id
            WHERE s.person_id = :person AND s.seen_at > :since AND s.created_at > :begun
            ORDER BY s.seen_at DESC, s.id_hash LIMIT 200
            """)
        .param("person", person)
        .param("since", since.toEpochMilli())
        .param("begun", begun.toEpochMilli())
        .query((row, n) ->
            new Sessions.Open(
                row.getString("company_id"),
                row.getString("company_name"),
                row.getString("id_hash"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("seen_at")),
                row.getString("address"),
                row.getString("browser"),
                row.getString("way"),
                false))
        .list();
  }

  static int count(Sql sql, String company, String person, Instant since) {
    return sql.sql(
            "SELECT COUNT(*) FROM sessions WHERE company_id = :company AND person_id = :person AND seen_at > :since")
        .param("company", company)
        .param("person", person)
        .param("since", since.toEpochMilli())
        .query(Integer.class)
        .single();
  }

  static int deleteOne(Sql sql, String person, String hash) {
    return sql.sql("DELETE FROM sessions WHERE person_id = :person AND id_hash = :hash")
        .param("person", person)
        .param("hash", hash)
        .update();
  }

  /** Those of one person in one company. */
  static int deleteOf(Sql sql, String company, String person) {
    return sql.sql("DELETE FROM sessions WHERE company_id = :company AND person_id = :person")
        .param("company", company)
        .param("person", person)
        .update();
  }

  /** Those of one person in all companies, but for one. */
  static int deleteAllOf(Sql sql, String person, String butHash) {
    return sql.sql("DELETE FROM sessions WHERE person_id = :person AND id_hash <> :but")
        .param("person", person)
        .param("but", butHash)
        .update();
  }

  static void forget(Sql sql, Instant before, Instant begun) {
    sql.sql("DELETE FROM sessions WHERE seen_at <= :before OR created_at <= :begun")
        .param("before", before.toEpochMilli())
        .param("begun", begun.toEpochMilli())
        .update();
  }
}
