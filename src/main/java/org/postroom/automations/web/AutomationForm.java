package org.postroom.automations.web;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.automations.Options;
import org.postroom.automations.OptionsJson;
import org.postroom.calendar.WorkingTime;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.mail.AddressList;
import org.postroom.rules.ConditionForm;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is settled for an automatic mail as the page's fields hold it, right or wrong.
 *
 * @param days words of the week's days
 * @param delay a number as typed
 * @param unit {@code minutes}, {@code hours} or {@code days}
 * @param partners refs, one a line
 * @param documents kind and number, one a line: {@code invoice INV-7}
 */
record AutomationForm(
    ConditionForm condition,
    String template,
    String account,
    String to,
    String addresses,
    String cc,
    String bcc,
    boolean hours,
    Set<String> days,
    String from,
    String until,
    String delay,
    String unit,
    String partners,
    String documents,
    boolean approval) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static AutomationForm of(Options options) {
    WorkingTime time = options.workingTime();
    WorkingTime shown = time == null ? WorkingTime.USUAL : time;
    Duration delay = options.delay();
    boolean days = delay.toSeconds() % 86_400 == 0;
    boolean hours = delay.toSeconds() % 3_600 == 0;
    long count = days ? delay.toDays() : hours ? delay.toHours() : Math.max(1, delay.toMinutes());
    return new AutomationForm(
        ConditionForm.of(options.condition()),
        text(options.template()),
        text(options.account()),
        options.to().word(),
        AddressList.lines(options.addresses()),
        AddressList.lines(options.cc()),
        AddressList.lines(options.bcc()),
        time != null,
        shown.days().stream().map(AutomationForm::word).collect(Collectors.toSet()),
        shown.from().toString(),
        shown.until().toString(),
        delay.isZero() ? "" : "" + count,
        delay.isZero() ? "hours" : days ? "days" : hours ? "hours" : "minutes",
        options.exceptPartners().stream().sorted().collect(Collectors.joining("\n")),
        options.exceptDocuments().stream()
            .map(ref -> ref.kind() + " " + ref.number())
            .sorted()
            .collect(Collectors.joining("\n")),
        options.approval());
  }

  static AutomationForm of(MultiValueMap<String, String> posted) {
    return new AutomationForm(
        ConditionForm.of(posted),
        one(posted, "template"),
        one(posted, "account"),
        one(posted, "to"),
        one(posted, "addresses"),
        one(posted, "cc"),
        one(posted, "bcc"),
        posted.containsKey("hours"),
        new LinkedHashSet<>(posted.getOrDefault("days", List.of())),
        one(posted, "working_time/from"),
        one(posted, "working_time/until"),
        one(posted, "delay"),
        one(posted, "unit"),
        one(posted, "except/partners"),
        one(posted, "except/documents"),
        posted.containsKey("approval"));
  }

  AutomationForm with(ConditionForm changed) {
    return new AutomationForm(
        changed, template, account, to, addresses, cc, bcc, hours, days, from, until, delay, unit,
        partners, documents, approval);
  }

  /** 422 with pointers that are names of the page's fields. */
  Options options(Options before) {
    Options merged = OptionsJson.merge(before, JSON.valueToTree(json()));
    return simplest(merged);
  }

  /** What the capability says is wrong, at the page's fields. */
  static Problem onPage(Problem problem) {
    if (problem.errors().isEmpty()) return problem;
    return Problem.invalid(
        problem.errors().stream().map(AutomationForm::onPage).map(ConditionForm::onPage).toList());
  }

  private static FieldError onPage(FieldError error) {
    String pointer =
        error
            .pointer()
            .replaceFirst("^/(addresses|cc|bcc|except/partners|except/documents)/.*", "/$1")
            .replaceFirst("^/working_time/days.*", "/days")
            .replaceFirst("^/working_time$", "/days");
    return new FieldError(pointer, error.code(), error.message());
  }

  private Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    Map<String, Object> rows = condition.json();
    if (rows != null) json.put("condition", rows);
    json.put("template", template.isEmpty() ? null : template);
    json.put("account", account.isEmpty() ? null : account);
    json.put("to", to.isEmpty() ? null : to);
    json.put("addresses", lines(addresses));
    json.put("cc", lines(cc));
    json.put("bcc", lines(bcc));
    json.put(
        "working_time",
        hours ? Map.of("days", List.copyOf(days), "from", from, "until", until) : null);
    json.put("delay", delay.isEmpty() ? null : period());
    json.put("except", Map.of("partners", lines(partners), "documents", documentLines()));
    json.put("approval", approval);
    return json;
  }

  private String period() {
    return switch (unit) {
      case "days" -> "P" + delay + "D";
      case "minutes" -> "PT" + delay + "M";
      default -> "PT" + delay + "H";
    };
  }

  /** "Sales order SO-7" is a kind and a number, whatever it is written like. */
  private List<Map<String, String>> documentLines() {
    List<Map<String, String>> refs = new ArrayList<>();
    for (String line : lines(documents)) {
      int space = line.lastIndexOf(' ');
      String kind = space < 0 ? line : line.substring(0, space).strip();
      String number = space < 0 ? "" : line.substring(space + 1).strip();
      refs.add(
          Map.of("kind", kind.toLowerCase(Locale.ROOT).replaceAll("[ -]+", "_"), "number", number));
    }
    return refs;
  }

  private static Options simplest(Options options) {
    return options.condition(ConditionForm.simplest(options.condition()));
  }

  private static List<String> lines(String typed) {
    return typed.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static String one(MultiValueMap<String, String> posted, String name) {
    String value = posted.getFirst(name);
    return value == null ? "" : value.strip();
  }

  private static String word(DayOfWeek day) {
    return day.name().toLowerCase(Locale.ROOT);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
