package org.postroom.reminders.web;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.reminders.PlanJson;
import org.postroom.reminders.ReminderPlan;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ladder as it stands in the page's fields. A row without days is no step; what is wrong stands
 * in the row it was typed into, because both sides count the others only.
 */
record LadderForm(
    List<Step> steps,
    Set<String> days,
    Map<String, String> fields,
    boolean pauses,
    @Nullable Long version) {
  static final int ROWS = 5;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> NUMBERS =
      List.of("least_days_between", "most_per_customer", "most_per_day", "silent_days");

  /**
   * One row as typed.
   *
   * @param side before or after the day the invoice is due
   */
  record Step(String days, String side, String template) {
    static final Step EMPTY = new Step("", "after", "");

    static Step of(ReminderPlan.Step step) {
      String template = step.template() == null ? "" : step.template();
      String side = step.days() < 0 ? "before" : "after";
      return new Step(String.valueOf(Math.abs(step.days())), side, template);
    }

    Map<String, @Nullable Object> json() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      Object number = number(days);
      json.put("days", number instanceof Long n && side.equals("before") ? -n : number);
      json.put("template", template.isEmpty() ? null : template);
      return json;
    }
  }

  static LadderForm of(ReminderPlan plan) {
    JsonNode json = PlanJson.write(plan);
    Map<String, String> fields = new LinkedHashMap<>();
    for (String name : NUMBERS) fields.put(name, json.get(name).asString());
    fields.put("min_amount", json.get("min_amount").asString());
    fields.put("mode", json.get("mode").asString());
    fields.put("from", json.at("/time/from").asString());
    fields.put("until", json.at("/time/until").asString());
    fields.put("excluded_partners", String.join("\n", plan.excludedPartners()));
    return new LadderForm(
        plan.steps().stream().map(Step::of).toList(),
        plan.time().days().stream().map(LadderForm::word).collect(Collectors.toSet()),
        fields,
        plan.pausesWhenErpSilent(),
        plan.version());
  }

  static LadderForm of(Map<String, String> typed) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String at = "steps/" + i;
      String side = text(typed.get(at + "/side"));
      Step step =
          new Step(
              text(typed.get(at + "/days")), side, text(typed.get(at + "/template")));
      if (!step.days().isEmpty()) steps.add(step);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (String name : NUMBERS) fields.put(name, text(typed.get(name)));
    for (String name : List.of("min_amount", "mode", "excluded_partners"))
      fields.put(name, text(typed.get(name)));
    fields.put("from", text(typed.get("time/from")));
    fields.put("until", text(typed.get("time/until")));
    String version = text(typed.get("version"));
    return new LadderForm(
        steps,
        days(typed),
        fields,
        typed.containsKey("pauses_when_erp_silent"),
        version.matches("[0-9]{1,18}") ? Long.valueOf(version) : null);
  }

  private static Set<String> days(Map<String, String> typed) {
    return Arrays.stream(DayOfWeek.values())
        .map(LadderForm::word)
        .filter(day -> typed.containsKey("time/days/" + day))
        .collect(Collectors.toSet());
  }

  /** Read as what a program sends is: 422 with every field that is wrong. */
  ReminderPlan plan() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("steps", steps.stream().map(Step::json).toList());
    json.put("min_amount", get("min_amount").isEmpty() ? "0" : get("min_amount"));
    json.put("mode", get("mode"));
    json.put("time", Map.of("days", List.copyOf(days), "from", get("from"), "until", get("until")));
    for (String name : NUMBERS) json.put(name, number(get(name)));
    json.put("pauses_when_erp_silent", pauses);
    json.put("excluded_partners", lines(get("excluded_partners")));
    return PlanJson.read(JSON.valueToTree(json));
  }

  public String get(String name) {
    return fields.getOrDefault(name, "");
  }

  /** As many rows as a ladder may have steps. */
  public List<Step> rows() {
    List<Step> rows = new ArrayList<>(steps);
    while (rows.size() < ROWS) rows.add(Step.EMPTY);
    return rows;
  }

  private static List<String> lines(String text) {
    return Arrays.stream(text.split("[\\r\\n,;]+")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** What is no number goes on as text, and is told by whoever reads it. */
  private static @Nullable Object number(String typed) {
    if (typed.isEmpty()) return null;
    return typed.matches("-?[0-9]{1,9}") ? (Object) Long.valueOf(typed) : typed;
  }

  private static String word(DayOfWeek day) {
    return day.name().toLowerCase(Locale.ROOT);
  }

  private static String text(@Nullable String typed) {
    return typed == null ? "" : typed.strip();
  }
}
