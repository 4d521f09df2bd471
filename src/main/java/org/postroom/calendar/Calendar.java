package org.postroom.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.springframework.stereotype.Service;

/** When does a company work? In its own time zone, without its holidays. */
@Service("companyCalendar")
public class Calendar {
  /** No company may close every Monday of a year, so that a search ends long before. */
  private static final int MOST_DAYS = 5 * 366;

  private final Database database;
  private final Access access;
  private final Audit audit;

  public Calendar(Database database, Access access, Audit audit) {
    this.database = database;
    this.access = access;
    this.audit = audit;
  }

  /** A day nobody works, and why. */
  public record Holiday(LocalDate day, String name) {}

  /**
   * The first moment at or after the one given that is inside working time, on no holiday, in the
   * company's zone. Clocks going forward or back never hide a window or open it twice.
   */
  public Instant next(String company, WorkingTime time, Instant from) {
    Days days = days(company);
    // The day before: a clock set back over midnight lets its window reach into today.
    LocalDate first = from.atZone(days.zone()).toLocalDate().minusDays(1);
    for (int ahead = 0; ahead < MOST_DAYS; ahead++) {
      LocalDate day = first.plusDays(ahead);
      if (!days.works(time, day)) continue;
      Instant found = time.on(day, days.zone()).map(w -> w.atOrAfter(from)).orElse(null);
      if (found != null) return found;
    }
    return first.plusDays(MOST_DAYS).atStartOfDay(days.zone()).toInstant();
  }

  /** Whether the company works on that day at all. */
  public boolean works(String company, WorkingTime time, LocalDate day) {
    return days(company).works(time, day);
  }

  /** Which day it is where the company is. */
  public LocalDate today(String company) {
    return database.now().atZone(access.company(company).timeZone()).toLocalDate();
  }

  public CalendarSettings settings(String company) {
    return database.read(sql -> CalendarRows.find(sql, company)).orElse(CalendarSettings.INITIAL);
  }

  /** The days in a year on which the company does not work, whatever day of the week they are. */
  public SortedMap<LocalDate, String> holidays(String company, int year) {
    Days days = days(company);
    SortedMap<LocalDate, String> holidays = new TreeMap<>();
    LocalDate first = LocalDate.of(year, 1, 1);
    for (LocalDate day = first; day.getYear() == year; day = day.plusDays(1)) {
      String why = days.whyFree(day);
      if (why != null) holidays.put(day, why);
    }
    return holidays;
  }

  /** Codes and names of the regions of a country that have holidays of their own. */
  public Map<String, String> regions(String country) {
    return Holidays.regions(country);
  }

  /**
   * Keeps what was settled.
   *
   * @param version the one it was read with; null for any; 412 where somebody changed it meanwhile
   */
  public CalendarSettings save(Caller caller, CalendarSettings settings, @Nullable Long version) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    String company = caller.company();
    Company firm = access.company(company);
    CalendarCheck.check(settings, firm.country(), today(company));
    return database.write(sql -> {
      CalendarSettings before = CalendarRows.find(sql, company).orElse(CalendarSettings.INITIAL);
      if (version != null && version != before.version())
        throw Problem.of(
            412, "changed", "Somebody changed the calendar meanwhile. Read it again first.");
      CalendarSettings kept = settings.at(before.version() + 1);
      if (CalendarRows.save(sql, company, kept) == 0)
        throw Problem.of(
            412, "changed", "Somebody changed the calendar meanwhile. Read it again first.");
      audit.record(
          caller,
          "calendar.changed",
          company,
          CalendarJson.content(before),
          CalendarJson.content(kept));
      return kept;
    });
  }

  private Days days(String company) {
    return database.read(sql -> {
      Company firm = access.company(company);
      CalendarSettings settings = settings(company);
      String country = Optional.ofNullable(settings.country()).orElse(firm.country());
      return new Days(firm.timeZone(), country, settings);
    });
  }

  /** What was read once for one question. */
  private record Days(ZoneId zone, String country, CalendarSettings settings) {

    boolean works(WorkingTime time, LocalDate day) {
      DayOfWeek weekday = day.getDayOfWeek();
      return time.days().contains(weekday) && whyFree(day) == null;
    }

    @Nullable String whyFree(LocalDate day) {
      if (settings.worksAnyway(day)) return null;
      for (FreeDays free : settings.free())
        if (free.covers(day)) return free.name() == null ? "Free day" : free.name();
      if (!settings.publicHolidays()) return null;
      return Holidays.in(country, settings.region(), day.getYear()).get(day);
    }
  }
}
