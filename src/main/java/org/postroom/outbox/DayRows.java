package org.postroom.outbox;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Ids;
import org.postroom.db.Sql;

/**
 * Messages by day. Ids sort by time, so a day of one state is a range of the index of states, which
 * is counted without reading a row, and not for ever. The days of a time zone are not the
 * database's business.
 */
final class DayRows {
  private DayRows() {}

  static List<DayCount> count(
      Sql sql, String company, @Nullable String originId, List<LocalDate> dates, ZoneId zone) {
    List<Map<MessageState, Long>> counts = new ArrayList<>();
    for (LocalDate _ : dates) counts.add(new EnumMap<>(MessageState.class));
    var statement = sql.sql(statement(dates.size(), originId != null)).param("company", company);
    for (int i = 0; i <= dates.size(); i++)
      statement = statement.param("d" + i, start(dates.getFirst().plusDays(i), zone));
    if (originId != null) statement = statement.param("origin", originId);
    statement.query(row -> {
      if (row.getLong("n") > 0)
        counts
            .get(row.getInt("day"))
            .put(MessageState.of(row.getString("state")), row.getLong("n"));
    });
    List<DayCount> days = new ArrayList<>();
    for (int i = 0; i < dates.size(); i++) days.add(new DayCount(dates.get(i), counts.get(i)));
    return days;
  }

  private static String statement(int days, boolean mine) {
    String ranges =
        IntStream.range(0, days)
            .mapToObj(day -> "(" + day + ", :d" + day + ", :d" + (day + 1) + ")")
            .collect(Collectors.joining(", "));
    String states =
        Arrays.stream(MessageState.values())
            .map(state -> "('" + state.word() + "')")
            .collect(Collectors.joining(", "));
    return """
    WITH days (day, first, last) AS (VALUES %s), states (state) AS (VALUES %s)
    SELECT day, states.state,
        (SELECT count(*) FROM (SELECT 1 FROM messages WHERE company_id = :company
          AND messages.state = states.state AND id >= days.first AND id < days.last%s LIMIT %d) AS counted) AS n
    FROM days CROSS JOIN states
    """
        .formatted(ranges, states, mine ? " AND origin_id = :origin" : "", DayCount.MOST + 1);
  }

  private static String start(LocalDate day, ZoneId zone) {
    return Ids.floor("msg", day.atStartOfDay(zone).toInstant());
  }
}
