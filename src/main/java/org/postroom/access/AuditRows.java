package org.postroom.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
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

  static List<Audit.Entry> list(Sql sql, String company, int most, @Nullable String before) {
    return sql.sql(
            """
            SELECT * FROM audit WHERE company_id = :company AND id < :before
            ORDER BY id DESC LIMIT :most
            """)
        .param("company", company)
        .param("before", before == null ? "~" : before)
        .param("most", most)
        .query(AuditRows::entry)
        .list();
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
