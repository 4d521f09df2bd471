package org.postroom.doctor;

import java.time.Duration;
import java.util.List;
import org.postroom.db.Dialect;
import org.postroom.db.Sql;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Numbers and states over tables of several modules; no text that somebody wrote. */
final class SupportRows {
  private static final Duration WEEK = Duration.ofDays(7);

  private SupportRows() {}

  static ObjectNode tables(Sql sql) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (String table : names(sql))
      json.put(table, sql.sql("SELECT count(*) FROM \"" + table + "\"").query(Long.class).single());
    return json;
  }

  private static List<String> names(Sql sql) {
    String query =
        sql.dialect() == Dialect.SQLITE
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
            : "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename";
    return sql.sql(query).query((row, n) -> row.getString(1)).list().stream()
        .filter(name -> name.matches("[a-z0-9_]+"))
        .toList();
  }

  static ArrayNode accounts(Sql sql) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    sql.sql(
            "SELECT id, kind, is_default, active, state, state_reason FROM accounts ORDER BY company_id, id")
        .query(row -> {
          all.addObject()
              .put("id", row.getString(1))
              .put("kind", row.getString(2))
              .put("default", row.getLong(3) == 1)
              .put("active", row.getLong(4) == 1)
              .put("state", row.getString(5))
              .put("reason", row.getString(6));
        });
    return all;
  }

  static ArrayNode messages(Sql sql) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    sql.sql("SELECT state, count(*) FROM messages GROUP BY state ORDER BY state")
        .query(row -> {
          all.addObject().put("state", row.getString(1)).put("messages", row.getLong(2));
        });
    return all;
  }

  /** What servers said, by number only: their sentences name people. */
  static ArrayNode tries(Sql sql) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    sql.sql(
            """
            SELECT account_id, outcome, kind, stage, reply_code, reply_enhanced, count(*)
            FROM message_attempts WHERE ended_at > :since
            GROUP BY account_id, outcome, kind, stage, reply_code, reply_enhanced
            ORDER BY account_id, count(*) DESC LIMIT 500\
            """)
        .param("since", sql.now().minus(WEEK).toEpochMilli())
        .query(row -> {
          all.addObject()
              .put("account", row.getString(1))
              .put("outcome", row.getString(2))
              .put("kind", row.getString(3))
              .put("stage", row.getString(4))
              .put("reply", row.getLong(5))
              .put("enhanced", row.getString(6))
              .put("times", row.getLong(7));
        });
    return all;
  }
}
