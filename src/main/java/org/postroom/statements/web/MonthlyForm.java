package org.postroom.statements.web;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.statements.MonthlyJson;
import org.postroom.statements.MonthlySchedule;
import org.springframework.web.bind.annotation.BindParam;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The form of a monthly schedule, as typed. */
record MonthlyForm(
    @Nullable String day,
    @Nullable String hour,
    @Nullable String kind,
    @Nullable String q,
    @Nullable String partners,
    @Nullable String exclude,
    @Nullable String zero,
    @BindParam("min_amount") @Nullable String least,
    @Nullable String ageing,
    @Nullable String prepare,
    @BindParam("catch_up_days") @Nullable String catchUp,
    @Nullable String version) {

  static MonthlyForm of(MonthlySchedule schedule) {
    MonthlySchedule.Chosen who = schedule.who();
    return new MonthlyForm(
        schedule.day().word(),
        String.valueOf(schedule.hour()),
        who.kind().word(),
        who.q(),
        String.join("\n", who.partners()),
        String.join("\n", who.exclude()),
        who.skipZero() ? null : "on",
        who.minAmount() == null ? "" : who.minAmount().toPlainString(),
        who.ageing().words(),
        schedule.prepareOnly() ? "on" : null,
        String.valueOf(schedule.catchUpDays()),
        String.valueOf(schedule.version()));
  }

  /** As the API would read it; 422 with what is wrong. */
  MonthlySchedule schedule() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("day", given(day));
    number(body, "hour", hour);
    body.put("kind", given(kind));
    body.put("q", given(q));
    body.put("ageing", given(ageing));
    body.put("min_amount", given(least));
    body.put("skip_zero", zero == null);
    body.put("prepare_only", prepare != null);
    number(body, "catch_up_days", catchUp);
    refs(partners).forEach(body.withArray("partners")::add);
    refs(exclude).forEach(body.withArray("exclude")::add);
    return MonthlyJson.read(body);
  }

  /** The version the form was opened with; null where it says none. */
  @Nullable Long expected() {
    return version != null && version.matches("[0-9]{1,18}") ? Long.valueOf(version) : null;
  }

  /** What is no number is told by whoever reads it. */
  private static void number(ObjectNode body, String name, @Nullable String typed) {
    String text = given(typed);
    if (text != null && text.matches("[0-9]{1,9}")) body.put(name, Integer.valueOf(text));
    else body.put(name, text);
  }

  private static List<String> refs(@Nullable String text) {
    if (text == null) return List.of();
    return Arrays.stream(text.split("[\\r\\n,;]+"))
        .map(String::strip)
        .filter(ref -> !ref.isEmpty())
        .toList();
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
