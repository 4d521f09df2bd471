package org.postroom.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

final class AuditRows {
  private AuditRows() {}

  static void insert(Sql sql, String company, Audit.Entry entry) {
    sql.sql(
            """
            INSERT INTO audit (company_id, id, at, actor, actor_name, what, subject, before, after)
            VALUES (:company, :id, :at, :actor, :name, :what, :subject, :before, :after)
            """)
        .param("company", company)
        .param("id", entry.id())
        .param("at", entry.at().toEpochMilli())
        .param("actor", entry.actor())
        .param("name", entry.actorName())
        .param("what", entry.what())
        .param("subject", entry.subject())
        .param("before", entry.from(), Types.VARCHAR)
        .param("after", entry.to(), Types.VARCHAR)
        .update();
  }

  static List<Audit.Entry> list(
      Sql sql, String company, Audit.Filter filter, int most, @Nullable String before) {
    Map<String, Object> values = new LinkedHashMap<>();
    var where = new StringBuilder("company_id = :company AND id < :before");
    narrow(where, values, " AND actor = :actor", "actor", filter.actor());
    narrow(where, values, " AND subject = :subject", "subject", filter.subject());
    narrow(where, values, " AND at >= :since", "since", Sql.millis(filter.since()));
    narrow(where, values, " AND at < :until", "until", Sql.millis(filter.until()));
    narrow(
        where,
        values,
        " AND (what = :what OR substr(what, 1, :length) = :sort)",
        "what",
        filter.what());
    if (filter.what() != null) {
      values.put("sort", filter.what() + ".");
      values.put("length", filter.what().length() + 1);
    }
    return sql.sql("SELECT * FROM audit WHERE " + where + " ORDER BY id DESC LIMIT :most")
        .param("company", company)
        .param("before", before == null ? "~" : before)
        .param("most", most)
        .params(values)
        .query(AuditRows::entry)
        .list();
  }

  /** The words before the dot, in their order. */
  static List<String> sorts(Sql sql, String company) {
    return sql
        .sql("SELECT DISTINCT what FROM audit WHERE company_id = :company")
        .param("company", company)
        .query(String.class)
        .list()
        .stream()
        .map(what -> String.valueOf(what).replaceFirst("[.].*", ""))
        .distinct()
        .sorted()
        .toList();
  }

  private static void narrow(
      StringBuilder where,
      Map<String, Object> values,
      String condition,
      String name,
      @Nullable Object value) {
    if (value == null) return;
    where.append(condition);
    values.put(name, value);
  }

  private static Audit.Entry entry(ResultSet row, int number) throws SQLException {
    return new Audit.Entry(
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("actor"),
        row.getString("actor_name"),
        row.getString("what"),
        row.getString("subject"),
        row.getString("before"),
        row.getString("after"));
  }
}
