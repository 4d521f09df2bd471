package org.postroom.calendar.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.calendar.Calendar;
import org.postroom.calendar.CalendarJson;
import org.postroom.calendar.CalendarSettings;
import org.postroom.http.EntityTag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** When the company works. */
@RestController
@RequestMapping("/api/v1/calendar")
class CalendarRest {
  private final Calendar calendar;

  CalendarRest(Calendar calendar) {
    this.calendar = calendar;
  }

  @GetMapping
  ResponseEntity<Map<String, @Nullable Object>> get(Caller caller) {
    return answer(caller, calendar.settings(caller.company()));
  }

  /** Replaces all of it; what is left out is as it was at the beginning. */
  @PutMapping
  ResponseEntity<Map<String, @Nullable Object>> put(
      Caller caller,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody JsonNode body) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    CalendarSettings wanted = CalendarJson.read(body);
    return answer(caller, calendar.save(caller, wanted, EntityTag.version(ifMatch)));
  }

  private ResponseEntity<Map<String, @Nullable Object>> answer(
      Caller caller, CalendarSettings settings) {
    Map<String, @Nullable Object> json = CalendarJson.write(settings);
    List<Map<String, String>> holidays = new ArrayList<>();
    calendar
        .holidays(caller.company(), calendar.today(caller.company()))
        .forEach((day, name) -> holidays.add(Map.of("day", day.toString(), "name", name)));
    json.put("holidays", holidays);
    return ResponseEntity.ok().eTag(EntityTag.of(settings.version())).body(json);
  }
}
