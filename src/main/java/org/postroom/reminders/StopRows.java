package org.postroom.reminders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.db.Sql;

/** The table {@code reminder_stops}. */
final class StopRows {
  private static final String OPEN =
      "SELECT * FROM reminder_stops WHERE company_id = :company AND ended_at IS NULL";

  private StopRows() {}

  static void insert(Sql sql, String company, Stop stop) {
    sql.sql(
            """
            INSERT INTO reminder_stops (company_id, id, kind, partner, invoice, step, until_day, note, made_by, made_at)
            VALUES (:company, :id, :kind, :partner, :invoice, :step, :until, :note, :by, :now)
            """)
        .param("company", company)
        .param("id", stop.id())
        .param("kind", stop.kind().word())
        .param("partner", stop.partner())
        .param("invoice", stop.invoice(), Types.VARCHAR)
        .param("step", stop.step(), Types.BIGINT)
        .param("until", stop.until() == null ? null : stop.until().toString(), Types.VARCHAR)
        .param("note", stop.note())
        .param("by", stop.by())
        .param("now", stop.since().toEpochMilli())
        .update();
  }

  static boolean end(Sql sql, Caller caller, String id, Instant now) {
    return sql.sql(
                "UPDATE reminder_stops SET ended_at = :now, ended_by = :by WHERE company_id = :company"
                    + " AND id = :id AND ended_at IS NULL")
            .param("company", caller.company())
            .param("id", id)
            .param("by", caller.name())
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  static Optional<Stop> find(Sql sql, String company, String id) {
    return sql.sql(OPEN + " AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> stop(row))
        .optional();
  }

  static List<Stop> of(Sql sql, String company, String partner) {
    return sql.sql(OPEN + " AND partner = :partner ORDER BY id")
        .param("company", company)
        .param("partner", partner)
        .query((row, n) -> stop(row))
        .list();
  }

  /** Newest first, one more than asked for. */
  static List<Stop> list(Sql sql, String company, int limit, @Nullable String before) {
    return sql.sql(OPEN + " AND id < :before ORDER BY id DESC LIMIT :limit")
        .param("company", company)
        .param("before", before == null ? "stp_~" : before)
        .param("limit", limit + 1)
        .query((row, n) -> stop(row))
        .list();
  }

  private static Stop stop(ResultSet row) throws SQLException {
    long step = row.getLong("step");
    Integer number = row.wasNull() ? null : (int) step;
    String until = row.getString("until_day");
    return new Stop(
        row.getString("id"),
        Stop.Kind.of(row.getString("kind")).orElseThrow(),
        row.getString("partner"),
        row.getString("invoice"),
        number,
        until == null ? null : LocalDate.parse(until),
        row.getString("note"),
        row.getString("made_by"),
        Instant.ofEpochMilli(row.getLong("made_at")));
  }
}
