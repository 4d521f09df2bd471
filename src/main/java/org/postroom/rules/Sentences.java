package org.postroom.rules;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.rules.Decisions.Further;
import org.postroom.rules.Decisions.FurtherFile;
import org.postroom.rules.RuleChoices.Of;

/** Rules in words: "If the gross amount is more than 5,000 EUR: hold for approval". */
final class Sentences {
  private final Named named;

  Sentences(Named named) {
    this.named = named;
  }

  String of(Rule rule) {
    String when = condition(rule.condition());
    String start = rule.condition().equals(Condition.ALWAYS) ? "Always: " : "If " + when + ": ";
    return start + effects(rule.effects());
  }

  String condition(Condition condition) {
    return switch (condition) {
      case Condition.All all -> joined(all.of(), " and ");
      case Condition.Any any -> joined(any.of(), " or ");
      case Condition.Not not -> "not (" + condition(not.of()) + ")";
      case Condition.Test test -> test(test);
    };
  }

  private String joined(List<Condition> conditions, String word) {
    if (conditions.isEmpty()) return "always";
    return conditions.stream()
        .map(each -> inner(each, conditions.size()))
        .collect(Collectors.joining(word));
  }

  private String inner(Condition condition, int siblings) {
    int own =
        switch (condition) {
          case Condition.All all -> all.of().size();
          case Condition.Any any -> any.of().size();
          default -> 1;
        };
    String words = condition(condition);
    return own > 1 && siblings > 1 ? "(" + words + ")" : words;
  }

  private String test(Condition.Test test) {
    Field field =
        Field.of(test.field()).orElse(new Field(test.field(), test.field(), Field.Type.OWN));
    String subject = subject(field, test.over());
    String words = subject + " " + test.operator().words();
    if (test.operator().takes() == Operator.Takes.NOTHING) return words;
    String values =
        test.values().stream()
            .map(value -> value(field, test, value))
            .collect(Collectors.joining(", "));
    if (test.operator().countsDays()) {
      String past = test.operator() == Operator.WITHIN_PAST_DAYS ? "past " : "next ";
      return subject + " is today or within the " + past + values + " days";
    }
    return words + " " + values + (test.currency() == null ? "" : " " + test.currency());
  }

  private static String subject(Field field, Condition.@Nullable Over over) {
    if (!field.ofLines()) return field.words();
    if (field.path().equals(Field.LINES)) return "the number of lines";
    Condition.Over how = over == null ? Condition.Over.ANY : over;
    return how.words() + " " + field.words();
  }

  private String value(Field field, Condition.Test test, String value) {
    if (field.isNumeric(test.over())) return number(value);
    if (field.path().equals("document.kind")) return named.name(Of.DOCUMENT_KIND, value);
    if (field.path().equals("purpose")) return named.name(Of.PURPOSE, value);
    return field.type() == Field.Type.TEXT && !field.path().equals("document.currency")
        ? "“" + value + "”"
        : value;
  }

  private static String number(String value) {
    BigDecimal number = Facts.number(value);
    if (number == null) return value;
    var format =
        new DecimalFormat("#,##0.##########", DecimalFormatSymbols.getInstance(Locale.ENGLISH));
    return format.format(number);
  }

  String effects(Effects effects) {
    List<String> parts = new ArrayList<>();
    String layout = effects.layout();
    if (layout != null) parts.add("layout " + named.name(Of.LAYOUT, layout));
    String template = effects.template();
    if (template != null) parts.add("template " + named.name(Of.TEMPLATE, template));
    String account = effects.account();
    if (account != null) parts.add("send from " + named.name(Of.ACCOUNT, account));
    Further further = effects.recipients();
    if (further != null) parts.addAll(recipients(further));
    List<FurtherFile> files = effects.attachments();
    if (files != null) for (FurtherFile file : files) parts.add("attach " + file(file));
    Duration delay = effects.delay();
    if (delay != null) parts.add("wait " + words(delay));
    String hold = effects.hold();
    if (hold != null) parts.add("hold for approval" + said(hold));
    String not = effects.doNotSend();
    if (not != null) parts.add("do not send" + said(not));
    return String.join(", ", parts);
  }

  private static List<String> recipients(Further further) {
    List<String> parts = new ArrayList<>();
    if (!further.to().isEmpty()) parts.add("also to " + addresses(further.to()));
    if (!further.cc().isEmpty()) parts.add("copy to " + addresses(further.cc()));
    if (!further.bcc().isEmpty()) parts.add("blind copy to " + addresses(further.bcc()));
    return parts;
  }

  private static String addresses(List<Address> addresses) {
    return addresses.stream().map(Address::spec).collect(Collectors.joining(", "));
  }

  private String file(FurtherFile file) {
    return switch (file) {
      case FurtherFile.Related related ->
          "the related " + named.name(Of.DOCUMENT_KIND, related.kind()).toLowerCase(Locale.ENGLISH);
      case FurtherFile.Standing standing -> named.name(Of.STANDING_FILE, standing.file());
      case FurtherFile.OfRecord ofRecord -> "all files of the record";
    };
  }

  private static String said(String text) {
    return text.isEmpty() ? "" : " (“" + text + "”)";
  }

  /** "2 hours", "1 day 30 minutes". */
  static String words(Duration delay) {
    List<String> parts = new ArrayList<>();
    count(parts, delay.toDays(), "day");
    count(parts, delay.toHoursPart(), "hour");
    count(parts, delay.toMinutesPart(), "minute");
    count(parts, delay.toSecondsPart(), "second");
    return String.join(" ", parts);
  }

  private static void count(List<String> parts, long count, String unit) {
    if (count > 0) parts.add(count + " " + unit + (count == 1 ? "" : "s"));
  }
}
