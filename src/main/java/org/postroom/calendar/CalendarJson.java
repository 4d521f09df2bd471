package org.postroom.calendar;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.http.JsonFields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A calendar as the API and the database write it. */
public final class CalendarJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CalendarJson() {}

  /** The fields that can be settled, by name. */
  public static Map<String, @Nullable Object> write(CalendarSettings settings) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("public_holidays", settings.publicHolidays());
    json.put("country", settings.country());
    json.put("region", settings.region());
    json.put("free_days", settings.free().stream().map(CalendarJson::write).toList());
    json.put("working_days", settings.working().stream().map(CalendarJson::write).toList());
    return json;
  }

  /** What a program sent; 422 with everything that cannot be read. */
  public static CalendarSettings read(@Nullable JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    fields.ignore("holidays");
    String country = fields.text("country", 2);
    String region = fields.text("region", 20);
    List<FreeDays> free = new ArrayList<>();
    for (JsonFields each : fields.objects("free_days", CalendarCheck.MOST)) {
      LocalDate first = day(each, "first");
      LocalDate last = each.has("last") ? day(each, "last") : first;
      boolean yearly = each.flag("every_year", false);
      free.add(new FreeDays(first, last, yearly, each.text("name", 100)));
    }
    List<WorkingDay> working = new ArrayList<>();
    for (JsonFields each : fields.objects("working_days", CalendarCheck.MOST))
      working.add(new WorkingDay(day(each, "day"), each.text("name", 100)));
    boolean holidays = fields.flag("public_holidays", true);
    fields.check();
    return new CalendarSettings(
        holidays,
        country == null ? null : country.toUpperCase(Locale.ROOT),
        region == null ? null : region.toLowerCase(Locale.ROOT),
        free,
        working,
        0);
  }

  static String content(CalendarSettings settings) {
    return JSON.writeValueAsString(write(settings));
  }

  static CalendarSettings stored(String content) {
    return read(JSON.readTree(content));
  }

  private static Map<String, @Nullable Object> write(FreeDays days) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("first", days.first().toString());
    json.put("last", days.last().toString());
    json.put("every_year", days.everyYear());
    json.put("name", days.name());
    return json;
  }

  private static Map<String, @Nullable Object> write(WorkingDay day) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("day", day.day().toString());
    json.put("name", day.name());
    return json;
  }

  private static LocalDate day(JsonFields fields, String name) {
    String at = fields.at(name);
    String typed = fields.text(name, 40);
    if (typed == null && !fields.isWrong(at))
      fields.error(at, "required", "A day is missing here.");
    if (typed == null) return LocalDate.EPOCH;
    try {
      return LocalDate.parse(typed);
    } catch (DateTimeParseException wrong) {
      fields.error(at, "invalid", "This must be a day such as 2026-12-24.");
      return LocalDate.EPOCH;
    }
  }
}
