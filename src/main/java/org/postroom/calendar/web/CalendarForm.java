package org.postroom.calendar.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.calendar.CalendarJson;
import org.postroom.calendar.CalendarSettings;
import org.postroom.calendar.FreeDays;
import org.postroom.calendar.WorkingDay;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calendar as it stands in the page's fields. Rows nothing was typed into are no rows; what is
 * wrong stands in the row it was typed into, because both sides count the others only.
 *
 * @param offered the country whose regions the page showed
 */
record CalendarForm(
    boolean publicHolidays,
    String country,
    String region,
    String offered,
    List<Free> free,
    List<Working> working,
    @Nullable Long version) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_ROWS = 210;

  /** One row as typed. */
  record Free(String first, String last, boolean everyYear, String name) {}

  /** One row as typed. */
  record Working(String day, String name) {}

  static CalendarForm of(CalendarSettings settings) {
    return new CalendarForm(
        settings.publicHolidays(),
        text(settings.country()),
        text(settings.region()),
        text(settings.country()),
        settings.free().stream().map(CalendarForm::row).toList(),
        settings.working().stream().map(CalendarForm::row).toList(),
        settings.version());
  }

  static CalendarForm of(Map<String, String> typed) {
    List<Free> free = new ArrayList<>();
    List<Working> working = new ArrayList<>();
    for (int i = 0; i < MOST_ROWS; i++) {
      free(typed, "free_days/" + i, free);
      working(typed, "working_days/" + i, working);
    }
    String version = text(typed.get("version"));
    return new CalendarForm(
        typed.containsKey("public_holidays"),
        text(typed.get("country")),
        text(typed.get("region")),
        text(typed.get("offered")),
        free,
        working,
        version.matches("[0-9]{1,18}") ? Long.valueOf(version) : null);
  }

  /** Read as what a program sends is; a region of the country that was left goes with it. */
  CalendarSettings settings() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("public_holidays", publicHolidays);
    json.put("country", country);
    json.put("region", country.equals(offered) ? region : null);
    json.put("free_days", free.stream().map(CalendarForm::json).toList());
    json.put("working_days", working.stream().map(CalendarForm::json).toList());
    return CalendarJson.read(JSON.valueToTree(json));
  }

  private static Map<String, Object> json(Free row) {
    String last = row.last().isEmpty() ? row.first() : row.last();
    return Map.of(
        "first", row.first(), "last", last, "every_year", row.everyYear(), "name", row.name());
  }

  private static Map<String, Object> json(Working row) {
    return Map.of("day", row.day(), "name", row.name());
  }

  private static Free row(FreeDays days) {
    String last = days.last().equals(days.first()) ? "" : days.last().toString();
    return new Free(days.first().toString(), last, days.everyYear(), text(days.name()));
  }

  private static Working row(WorkingDay day) {
    return new Working(day.day().toString(), text(day.name()));
  }

  private static void free(Map<String, String> typed, String at, List<Free> rows) {
    String first = text(typed.get(at + "/first"));
    String last = text(typed.get(at + "/last"));
    String name = text(typed.get(at + "/name"));
    boolean yearly = typed.containsKey(at + "/every_year");
    if (!(first + last + name).isEmpty()) rows.add(new Free(first, last, yearly, name));
  }

  private static void working(Map<String, String> typed, String at, List<Working> rows) {
    String day = text(typed.get(at + "/day"));
    String name = text(typed.get(at + "/name"));
    if (!(day + name).isEmpty()) rows.add(new Working(day, name));
  }

  private static String text(@Nullable String typed) {
    return typed == null ? "" : typed.strip();
  }
}
