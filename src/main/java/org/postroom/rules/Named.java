package org.postroom.rules;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Nearest;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.rules.RuleChoices.Of;

/** What one company's rules may name, asked for at most once each. */
final class Named {
  private final String company;
  private final List<RuleChoices> choices;
  private final Map<Of, Map<String, String>> asked = new EnumMap<>(Of.class);

  Named(String company, List<RuleChoices> choices) {
    this.company = company;
    this.choices = choices;
  }

  Map<String, String> all(Of what) {
    return asked.computeIfAbsent(
        what,
        asking -> {
          Map<String, String> all = new LinkedHashMap<>();
          for (RuleChoices each : choices) all.putAll(each.of(company, asking));
          return all;
        });
  }

  /** As people know it; the id itself where it is gone. */
  String name(Of what, String id) {
    return all(what).getOrDefault(id, id);
  }

  /** 422 for everything the rule names that does not exist. */
  void check(Rule rule) {
    List<FieldError> errors = new ArrayList<>();
    check(errors, "/condition", rule.condition());
    Effects effects = rule.effects();
    check(errors, "/effects/layout", Of.LAYOUT, effects.layout());
    check(errors, "/effects/template", Of.TEMPLATE, effects.template());
    check(errors, "/effects/account", Of.ACCOUNT, effects.account());
    List<Decisions.FurtherFile> files = effects.attachments();
    for (int i = 0; files != null && i < files.size(); i++) {
      String at = "/effects/attachments/" + i;
      switch (files.get(i)) {
        case Decisions.FurtherFile.Related related ->
            check(errors, at + "/related", Of.DOCUMENT_KIND, related.kind());
        case Decisions.FurtherFile.Standing standing ->
            check(errors, at + "/standing_file", Of.STANDING_FILE, standing.file());
        case Decisions.FurtherFile.OfRecord ofRecord -> {}
      }
    }
    if (!errors.isEmpty()) throw Problem.invalid(errors);
  }

  List<FieldError> unknown(String pointer, Condition condition) {
    List<FieldError> errors = new ArrayList<>();
    check(errors, pointer, condition);
    return errors;
  }

  private void check(List<FieldError> errors, String at, Condition condition) {
    switch (condition) {
      case Condition.All all -> check(errors, at + "/all/", all.of());
      case Condition.Any any -> check(errors, at + "/any/", any.of());
      case Condition.Not not -> check(errors, at + "/not", not.of());
      case Condition.Test test -> check(errors, at, test);
    }
  }

  private void check(List<FieldError> errors, String at, List<Condition> conditions) {
    for (int i = 0; i < conditions.size(); i++) check(errors, at + i, conditions.get(i));
  }

  /** A kind or purpose that does not exist would never be met, and nobody would be told. */
  private void check(List<FieldError> errors, String at, Condition.Test test) {
    @Nullable Of what =
        switch (test.field()) {
          case "document.kind" -> Of.DOCUMENT_KIND;
          case "purpose" -> Of.PURPOSE;
          default -> null;
        };
    boolean whole =
        switch (test.operator()) {
          case IS, IS_NOT, IS_ONE_OF -> true;
          default -> false;
        };
    if (what != null && whole)
      for (String value : test.values()) check(errors, at + "/value", what, value);
  }

  private void check(List<FieldError> errors, String at, Of what, @Nullable String id) {
    if (id == null || all(what).containsKey(id)) return;
    String hint = Nearest.hint(id, all(what).keySet());
    String message = "There is no " + what.words() + " “" + id + "”." + hint;
    errors.add(new FieldError(at, "unknown_value", message));
  }
}
