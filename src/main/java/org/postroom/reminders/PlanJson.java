package org.postroom.reminders;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.calendar.WorkingTime;
import org.postroom.http.JsonFields;
import org.postroom.reminders.ReminderPlan.Mode;
import org.postroom.reminders.ReminderPlan.Step;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A plan as clients send it, and as its row keeps it. What is left out is as suggested. */
public final class PlanJson {
  static final int MOST_STEPS = 5;
  static final int FARTHEST = 365;
  private static final int MOST_PARTNERS = 5_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ReminderPlan USUAL = ReminderPlan.SUGGESTED;
  private static final Map<String, Mode> MODES =
      Map.of(
          Mode.PER_CUSTOMER.word(), Mode.PER_CUSTOMER, Mode.PER_INVOICE.word(), Mode.PER_INVOICE);

  private PlanJson() {}

  /** 422 with every field that is wrong. */
  public static ReminderPlan read(@Nullable JsonNode body) {
    JsonFields in = JsonFields.of(body);
    in.ignore("version");
    List<Step> steps = in.has("steps") ? steps(in) : USUAL.steps();
    BigDecimal least = in.parsed("min_amount", 20, PlanJson::amount);
    WorkingTime time = time(in.object("time"));
    Mode mode = in.choice("mode", MODES);
    var plan =
        new ReminderPlan(
            steps,
            Objects.requireNonNullElse(least, USUAL.minAmount()),
            time,
            Objects.requireNonNullElse(mode, USUAL.mode()),
            (int) in.whole("least_days_between", 1, 60, USUAL.leastDaysBetween()),
            (int) in.whole("most_per_customer", 1, 20, USUAL.mostPerCustomer()),
            (int) in.whole("most_per_day", 1, 100_000, USUAL.mostPerDay()),
            in.flag("pauses_when_erp_silent", USUAL.pausesWhenErpSilent()),
            (int) in.whole("silent_days", 1, 90, USUAL.silentDays()),
            in.texts("excluded_partners", MOST_PARTNERS, 100).stream()
                .map(JsonFields.Text::value)
                .distinct()
                .toList(),
            0);
    in.check();
    return plan;
  }

  public static ObjectNode write(ReminderPlan plan) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    ArrayNode steps = out.putArray("steps");
    for (Step step : plan.steps())
      steps.addObject().put("days", step.days()).put("template", step.template());
    out.put("min_amount", plan.minAmount().toPlainString());
    ObjectNode time = out.putObject("time");
    ArrayNode days = time.putArray("days");
    for (DayOfWeek day : DayOfWeek.values())
      if (plan.time().days().contains(day)) days.add(word(day));
    time.put("from", plan.time().from().toString());
    time.put("until", plan.time().until().toString());
    out.put("mode", plan.mode().word());
    out.put("least_days_between", plan.leastDaysBetween());
    out.put("most_per_customer", plan.mostPerCustomer());
    out.put("most_per_day", plan.mostPerDay());
    out.put("pauses_when_erp_silent", plan.pausesWhenErpSilent());
    out.put("silent_days", plan.silentDays());
    ArrayNode excluded = out.putArray("excluded_partners");
    plan.excludedPartners().forEach(excluded::add);
    return out;
  }

  static String content(ReminderPlan plan) {
    return JSON.writeValueAsString(write(plan));
  }

  static ReminderPlan stored(String content) {
    return read(JSON.readTree(content));
  }

  private static List<Step> steps(JsonFields in) {
    List<Step> steps = new ArrayList<>();
    for (JsonFields step : in.objects("steps", MOST_STEPS)) {
      if (!step.has("days")) step.error(step.at("days"), "required", "“days” is required.");
      int days = (int) step.whole("days", -FARTHEST, FARTHEST, 0);
      if (!steps.isEmpty() && days <= steps.getLast().days())
        step.error(step.at("days"), "not_later", "Each step comes later than the one before.");
      steps.add(new Step(days, step.text("template", 100)));
    }
    if (steps.isEmpty() && !in.isWrong("/steps"))
      in.error("/steps", "required", "A ladder has at least one step.");
    return steps;
  }

  private static WorkingTime time(@Nullable JsonFields in) {
    if (in == null) return USUAL.time();
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (JsonFields.Text text : in.texts("days", 7, 20))
      in.parse(text, PlanJson::day).ifPresent(days::add);
    LocalTime from = in.parsed("from", 20, PlanJson::clock);
    LocalTime until = in.parsed("until", 20, PlanJson::clock);
    LocalTime first = Objects.requireNonNullElse(from, USUAL.time().from());
    LocalTime last = Objects.requireNonNullElse(until, USUAL.time().until());
    Set<DayOfWeek> on = in.has("days") ? days : USUAL.time().days();
    var wrong = WorkingTime.wrong(in.at("x").replace("/x", ""), on, first, last);
    if (wrong.isEmpty()) return new WorkingTime(on, first, last);
    in.errors(wrong);
    return USUAL.time();
  }

  private static DayOfWeek day(String word) {
    for (DayOfWeek day : DayOfWeek.values()) if (word(day).equals(word)) return day;
    throw new IllegalArgumentException("“" + word + "” is no day such as monday.");
  }

  private static String word(DayOfWeek day) {
    return day.name().toLowerCase(Locale.ROOT);
  }

  private static LocalTime clock(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException notATime) {
      throw new IllegalArgumentException("This must be a time such as 08:00.", notATime);
    }
  }

  private static BigDecimal amount(String text) {
    if (!text.matches("[0-9]{1,15}(\\.[0-9]{1,4})?"))
      throw new IllegalArgumentException("This must be an amount such as 10.00.");
    return new BigDecimal(text);
  }
}
