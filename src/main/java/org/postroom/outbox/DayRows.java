package org.postroom.outbox;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Ids;
import org.postroom.db.Sql;

/**
 * Messages by day. Ids sort by time, so a day is a range of ids: the index of states holds both,
 * and no row is read. The days of a time zone are not the database's business.
 */
final class DayRows {
  private DayRows() {}

  static List<DayCount> count(
      Sql sql, String company, @Nullable String originId, List<LocalDate> dates, ZoneId zone) {
    List<Map<MessageState, Long>> counts = new ArrayList<>();
    for (LocalDate _ : dates) counts.add(new EnumMap<>(MessageState.class));
    var statement =
        sql.sql(statement(dates.size(), originId != null))
            .param("company", company)
            .param("end", start(dates.getLast().plusDays(1), zone));
    for (int i = 0; i < dates.size(); i++)
      statement = statement.param("d" + i, start(dates.get(i), zone));
    if (originId != null) statement = statement.param("origin", originId);
    statement.query(row -> {
      counts.get(row.getInt("day")).put(MessageState.of(row.getString("state")), row.getLong("n"));
    });
    List<DayCount> days = new ArrayList<>();
    for (int i = 0; i < dates.size(); i++) days.add(new DayCount(dates.get(i), counts.get(i)));
    return days;
  }

  private static String statement(int days, boolean mine) {
    var day = new StringBuilder("CASE");
    for (int i = days - 1; i > 0; i--)
      day.append(" WHEN id >= :d").append(i).append(" THEN ").append(i);
    day.append(days == 1 ? " WHEN id >= :d0 THEN 0 END" : " ELSE 0 END");
    return "SELECT day, state, count(*) AS n FROM (SELECT state, "
        + day
        + " AS day FROM messages WHERE company_id = :company AND id >= :d0 AND id < :end"
        + (mine ? " AND origin_id = :origin" : "")
        + " AND state IN ('held', 'queued', 'sending', 'sent', 'delayed', 'not_sent', 'unclear',"
        + " 'cancelled')) AS counted GROUP BY day, state";
  }

  private static String start(LocalDate day, ZoneId zone) {
    return Ids.floor("msg", day.atStartOfDay(zone).toInstant());
  }
}
