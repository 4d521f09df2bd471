package org.postroom.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;

/** What can be settled about a calendar; everything that is wrong is told at once. */
final class CalendarCheck {
  static final int MOST = 200;
  private static final int LONGEST = 100;
  private final List<FieldError> wrong = new ArrayList<>();
  private final CalendarSettings settings;

  private CalendarCheck(CalendarSettings settings) {
    this.settings = settings;
  }

  static void check(CalendarSettings settings, String companyCountry, LocalDate today) {
    var check = new CalendarCheck(settings);
    check.place(companyCountry);
    check.free();
    check.working();
    if (check.wrong.isEmpty()) check.someDays(today);
    if (!check.wrong.isEmpty()) throw Problem.invalid(check.wrong);
  }

  private void place(String companyCountry) {
    String country = settings.country();
    if (country != null && !Holidays.knows(country)) {
      add("/country", "unknown", "Public holidays of “" + country + "” are not known.");
      return;
    }
    String region = settings.region();
    String there = country == null ? companyCountry : country;
    if (region != null && !Holidays.regions(there).containsKey(region))
      add("/region", "unknown", "This is no region of " + there + " with holidays of its own.");
  }

  private void free() {
    if (settings.free().size() > MOST) add("/free_days", "too_many", "At most 200 are kept.");
    for (int i = 0; i < settings.free().size(); i++) {
      FreeDays each = settings.free().get(i);
      String at = "/free_days/" + i;
      day(at + "/first", each.first());
      day(at + "/last", each.last());
      name(at + "/name", each.name());
      long days = ChronoUnit.DAYS.between(each.first(), each.last());
      if (days < 0) add(at + "/last", "before_first", "The last day is before the first.");
      if (days >= LONGEST) add(at + "/last", "too_long", "At most 100 days in one go.");
    }
  }

  private void working() {
    if (settings.working().size() > MOST) add("/working_days", "too_many", "At most 200 are kept.");
    for (int i = 0; i < settings.working().size(); i++) {
      day("/working_days/" + i + "/day", settings.working().get(i).day());
      name("/working_days/" + i + "/name", settings.working().get(i).name());
    }
  }

  /** Whatever days of the week somebody works on, one must be left, or nothing would ever go. */
  private void someDays(LocalDate today) {
    Set<DayOfWeek> left = EnumSet.noneOf(DayOfWeek.class);
    for (int i = 0; i < 366; i++) {
      LocalDate day = today.plusDays(i);
      if (settings.worksAnyway(day) || !settings.isFree(day)) left.add(day.getDayOfWeek());
    }
    if (left.size() < 7)
      add("/free_days", "never_works", "These leave no day to work on within a year.");
  }

  private void day(String at, LocalDate day) {
    if (day.getYear() < 2000 || day.getYear() > 2199)
      add(at, "out_of_range", "The year must be between 2000 and 2199.");
  }

  private void name(String at, @Nullable String name) {
    if (name != null && name.length() > 100) add(at, "too_long", "At most 100 characters.");
  }

  private void add(String at, String code, String message) {
    wrong.add(new FieldError(at, code, message));
  }
}
