package org.postroom.reminders.web;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postroom.http.JsonFields;
import org.postroom.reminders.NextRun;
import org.postroom.reminders.Reminded;
import org.postroom.reminders.Stop;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reminders as the API writes them. */
final class RemindersJson {
  private static final Map<String, Stop.Kind> KINDS =
      Arrays.stream(Stop.Kind.values())
          .collect(Collectors.toMap(Stop.Kind::word, Function.identity()));

  private RemindersJson() {}

  static ObjectNode write(NextRun run) {
    ObjectNode out = object();
    out.put("on", run.on());
    out.put("when", run.when().toString());
    out.put("pause", run.pause());
    out.put("mails", run.mails());
    out.put("invoices", run.invoices());
    out.put("kept_back", run.keptBack());
    ArrayNode lines = out.putArray("lines");
    run.lines().forEach(line -> lines.add(write(line)));
    return out;
  }

  private static ObjectNode write(NextRun.Line line) {
    ObjectNode out = object();
    out.put("partner", line.partner());
    out.put("name", line.name());
    out.put("recipients", line.recipients());
    out.put("would_go", line.wouldGo());
    out.put("code", line.code());
    out.put("reason", line.reason());
    ArrayNode items = out.putArray("invoices");
    for (NextRun.Item item : line.items()) {
      ObjectNode each = items.addObject();
      each.put("invoice", item.invoice());
      each.put("step", item.step());
      each.put("amount", item.amount().toPlainString());
      each.put("currency", item.currency());
      each.put("due_date", item.dueDate().toString());
      each.put("days_overdue", item.daysOverdue());
    }
    return out;
  }

  static ObjectNode write(Stop stop) {
    ObjectNode out = object();
    out.put("id", stop.id());
    out.put("kind", stop.kind().word());
    out.put("partner", stop.partner());
    out.put("invoice", stop.invoice());
    out.put("step", stop.step());
    out.put("until", stop.until() == null ? null : stop.until().toString());
    out.put("note", stop.note());
    out.put("by", stop.by());
    out.put("since", stop.since().toString());
    return out;
  }

  static ObjectNode write(Reminded reminded) {
    ObjectNode out = object();
    out.put("id", reminded.id());
    out.put("at", reminded.at().toString());
    out.put("partner", reminded.partner());
    out.put("invoice", reminded.invoice());
    out.put("step", reminded.step());
    out.put("outcome", reminded.outcome().word());
    out.put("message", reminded.message());
    out.put("code", reminded.code());
    out.put("reason", reminded.reason());
    return out;
  }

  /** 422 with every field that is wrong. */
  static Stop.New stop(JsonFields in) {
    Stop.Kind kind = in.choice("kind", KINDS);
    if (kind == null && !in.isWrong("/kind"))
      in.error("/kind", "required", "Say what it is: dispute, promise, excluded or skip.");
    String partner = in.text("partner", 100);
    String invoice = in.text("invoice", 100);
    Integer step = in.has("step") ? (int) in.whole("step", 1, 5, 1) : null;
    LocalDate until = in.parsed("until", 40, RemindersJson::day);
    String note = in.text("note", 500);
    in.check();
    return new Stop.New(
        kind == null ? Stop.Kind.EXCLUDED : kind, partner, invoice, step, until, note);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException("This must be a day such as 2026-12-24.", wrong);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
