package org.postroom.calendar;

import java.time.Instant;
import java.time.LocalDate;
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
  private final Database database;
  private final Access access;
  private final Audit audit;

  public Calendar(Database database, Access access, Audit audit) {
    this.database = database;
    this.access = access;
    this.audit = audit;
  }

  /**
   * The first moment at or after the one given that is inside working time, on no holiday, in the
   * company's zone. Clocks going forward or back never hide a window or open it twice.
   */
  public Instant next(String company, WorkingTime time, Instant from) {
    return days(company).next(time, from);
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

  /** The days of the year that begins with that day on which nobody works, and why. */
  public SortedMap<LocalDate, String> holidays(String company, LocalDate first) {
    Days days = days(company);
    SortedMap<LocalDate, String> holidays = new TreeMap<>();
    for (LocalDate day = first; day.isBefore(first.plusYears(1)); day = day.plusDays(1)) {
      String why = days.whyFree(day);
      if (why != null) holidays.put(day, why);
    }
    return holidays;
  }

  /** Codes and names of the regions of a country that have holidays of their own. */
  public Map<String, String> regions(String country) {
    return Holidays.regions(country);
  }

  /** Whether the public holidays of that country (ISO 3166-1 alpha-2) are known. */
  public boolean knows(String country) {
    return Holidays.knows(country);
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
      if (version != null && version != before.version()) throw changed();
      CalendarSettings kept = settings.at(before.version() + 1);
      if (CalendarRows.save(sql, company, kept) == 0) throw changed();
      audit.record(
          caller,
          "calendar.changed",
          company,
          CalendarJson.content(before),
          CalendarJson.content(kept));
      return kept;
    });
  }

  private static Problem changed() {
    return Problem.of(412, "changed_meanwhile", "Somebody changed this meanwhile. Load it again.");
  }

  private Days days(String company) {
    return database.read(sql -> {
      Company firm = access.company(company);
      CalendarSettings settings = settings(company);
      String country = Optional.ofNullable(settings.country()).orElse(firm.country());
      return new Days(firm.timeZone(), country, settings);
    });
  }
}
