package org.postroom.statements;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.calendar.Calendar;
import org.postroom.calendar.WorkingTime;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.http.Moments;
import org.postroom.statements.MonthlyRows.Kept;
import org.springframework.stereotype.Component;

/**
 * Begins the statement run of each month at its time, once, whichever node looks first. Months
 * count from the moment the switch was seen on, or the schedule was changed: neither sends what is
 * past. What is due and was not begun because nobody was there is caught up, unless it is too late.
 */
@Component
class BeginMonths {
  private final Database database;
  private final Access access;
  private final Calendar calendar;
  private final StatementRuns runs;

  BeginMonths(Database database, Access access, Calendar calendar, StatementRuns runs) {
    this.database = database;
    this.access = access;
    this.calendar = calendar;
    this.runs = runs;
  }

  /** Does for one company what is due now; looks only where nothing is. */
  void look(String company, boolean enabled) {
    Kept kept = database.read(sql -> MonthlyRows.find(sql, company));
    Instant since = kept.since();
    if (!enabled && since == null) return;
    if (!enabled) database.run(sql -> MonthlyRows.watch(sql, company, null));
    else if (since == null) database.run(sql -> MonthlyRows.watch(sql, company, sql.now()));
    else if (!due(company, kept, database.now()).isEmpty())
      database.run(sql -> begin(sql, company));
  }

  /** In the caller's transaction: what is due is begun or noted as missed. */
  void begin(Sql sql, String company) {
    Kept kept = MonthlyRows.find(sql, company);
    Instant now = sql.now();
    for (Due due : due(company, kept, now)) {
      String missed = missed(kept.schedule(), due, now, zone(company));
      var month = new MonthlyMonth(due.month(), due.at(), now, null, missed);
      if (!MonthlyRows.decide(sql, company, month) || missed != null) continue;
      LocalDate today = now.atZone(zone(company)).toLocalDate();
      StatementRun run =
          runs.begin(
              Caller.postroom(company),
              kept.schedule().request(due.month(), today),
              "monthly:" + due.month());
      MonthlyRows.begun(sql, company, due.month(), run.id());
    }
  }

  /** When statements go out next; null while switched off. */
  @Nullable Due next(String company) {
    Kept kept = database.read(sql -> MonthlyRows.find(sql, company));
    Instant since = kept.since();
    if (since == null) return null;
    Instant now = database.now();
    YearMonth month = firstOpen(company, since);
    Due due = due(company, kept.schedule(), month);
    while (!due.at().isAfter(since) || tooLate(kept.schedule(), due, now)) {
      month = month.plusMonths(1);
      due = due(company, kept.schedule(), month);
    }
    return due;
  }

  /** A month and the moment its statements go out. */
  record Due(YearMonth month, Instant at) {}

  private List<Due> due(String company, Kept kept, Instant now) {
    Instant since = kept.since();
    if (since == null) return List.of();
    YearMonth last = YearMonth.from(now.atZone(zone(company)));
    List<Due> due = new ArrayList<>();
    for (YearMonth month = firstOpen(company, since);
        !month.isAfter(last);
        month = month.plusMonths(1)) {
      Due one = due(company, kept.schedule(), month);
      if (one.at().isAfter(since) && !one.at().isAfter(now)) due.add(one);
    }
    return due;
  }

  /** The month after the last that was decided, or that in which the switch was seen on. */
  private YearMonth firstOpen(String company, Instant since) {
    YearMonth begun = YearMonth.from(since.atZone(zone(company)));
    return database.read(sql -> MonthlyRows.months(sql, company, 1)).stream()
        .map(decided -> decided.month().plusMonths(1))
        .filter(after -> after.isAfter(begun))
        .findFirst()
        .orElse(begun);
  }

  private Due due(String company, MonthlySchedule schedule, YearMonth month) {
    Predicate<LocalDate> works = day -> calendar.works(company, WorkingTime.USUAL, day);
    return new Due(month, schedule.moment(month, zone(company), works));
  }

  private static boolean tooLate(MonthlySchedule schedule, Due due, Instant now) {
    Duration late = Duration.between(due.at(), now);
    return late.compareTo(Duration.ofDays(schedule.catchUpDays()).plusHours(1)) > 0;
  }

  /** Null where it is in time, or not much too late. */
  private static @Nullable String missed(
      MonthlySchedule schedule, Due due, Instant now, ZoneId zone) {
    if (!tooLate(schedule, due, now)) return null;
    return "Postroom was not running "
        + Moments.at(due.at(), zone, now)
        + ", and it was more than "
        + (schedule.catchUpDays() == 1 ? "1 day" : schedule.catchUpDays() + " days")
        + " late when it was again.";
  }

  private ZoneId zone(String company) {
    return access.company(company).timeZone();
  }
}
