package org.postroom.happenings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of what happened. */
final class HappeningRows {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private HappeningRows() {}

  static List<String> waiting(Sql sql) {
    return sql.sql(
            """
            SELECT f.company_id FROM happening_feeds f WHERE EXISTS (SELECT 1 FROM happenings h
              WHERE h.company_id = f.company_id AND h.position IS NULL AND h.endpoint_id IS NULL)
            """)
        .query((row, n) -> row.getString(1))
        .list();
  }

  /** Every company of which something is kept. */
  static List<String> companies(Sql sql) {
    return sql.sql("SELECT DISTINCT company_id FROM happenings")
        .query((row, n) -> row.getString(1))
        .list();
  }

  /** False where nobody listens any more. */
  static boolean lock(Sql sql, String company) {
    return sql.sql(
                "UPDATE happening_feeds SET last_position = last_position WHERE company_id = :company")
            .param("company", company)
            .update()
        == 1;
  }

  static List<Happening> next(Sql sql, String company, int most) {
    return sql.sql(
            """
            SELECT * FROM happenings
            WHERE company_id = :company AND position IS NULL AND endpoint_id IS NULL ORDER BY id LIMIT :most
            """)
        .param("company", company)
        .param("most", most)
        .query((row, n) -> happening(row))
        .list();
  }

  static void place(Sql sql, String company, String id, String body) {
    long place =
        sql.sql(
                """
                UPDATE happening_feeds SET last_position = last_position + 1 WHERE company_id = :company
                RETURNING last_position
                """)
            .param("company", company)
            .query(Long.class)
            .single();
    sql.sql(
            "UPDATE happenings SET position = :place, body = :body WHERE company_id = :company AND id = :id")
        .param("place", place)
        .param("body", body)
        .param("company", company)
        .param("id", id)
        .update();
  }

  static void insert(Sql sql, Happening test, String endpoint) {
    sql.sql(
            """
            INSERT INTO happenings (company_id, id, at, type, subject, facts, endpoint_id, body)
            VALUES (:company, :id, :at, :type, :subject, '{}', :endpoint, :body)
            """)
        .param("company", test.company())
        .param("id", test.id())
        .param("at", test.at().toEpochMilli())
        .param("type", test.type())
        .param("subject", test.subject())
        .param("endpoint", endpoint)
        .param("body", test.body())
        .update();
  }

  static Optional<Happening> find(Sql sql, String company, String id) {
    return sql.sql("SELECT * FROM happenings WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> happening(row))
        .optional();
  }

  /** The place of that one; where it is gone or has none, that of the last before it. */
  static long place(Sql sql, String company, String id) {
    return sql.sql(
            """
            SELECT COALESCE(
              (SELECT position FROM happenings WHERE company_id = :company AND id = :id),
              (SELECT min(position) - 1 FROM happenings WHERE company_id = :company AND id > :id),
              (SELECT last_position FROM happening_feeds WHERE company_id = :company), -1)
            """)
        .param("company", company)
        .param("id", id)
        .query(Long.class)
        .single();
  }

  static List<Happening> after(Sql sql, String company, long place, Set<String> types, int most) {
    var query =
        sql.sql(
                "SELECT * FROM happenings WHERE company_id = :company AND position > :place"
                    + (types.isEmpty() ? "" : " AND type IN (:types)")
                    + " ORDER BY position LIMIT :most")
            .param("company", company)
            .param("place", place)
            .param("most", most);
    if (!types.isEmpty()) query = query.param("types", types);
    return query.query((row, n) -> happening(row)).list();
  }

  static int forget(Sql sql, String company, Instant before, int most) {
    return sql.sql(
            """
            DELETE FROM happenings WHERE company_id = :company AND id IN (
              SELECT id FROM happenings WHERE company_id = :company AND id < :floor ORDER BY id LIMIT :most)
            """)
        .param("company", company)
        .param("floor", Ids.floor("hap", before))
        .param("most", most)
        .update();
  }

  private static Happening happening(ResultSet row) throws SQLException {
    return new Happening(
        row.getString("company_id"),
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("type"),
        row.getString("subject"),
        JSON.readValue(row.getString("facts"), new TypeReference<>() {}),
        row.getString("body"));
  }
}
