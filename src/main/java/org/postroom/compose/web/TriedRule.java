package org.postroom.compose.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.compose.PastDocuments.Past;
import org.postroom.documents.Document;
import org.postroom.rules.Trial;
import org.postroom.rules.Trial.Change;

/**
 * What a rule would have done with past documents.
 *
 * @param lookedAt how many documents were looked at
 * @param matches those it matches, newest first
 */
record TriedRule(int lookedAt, List<Match> matches) {

  /**
   * A document the rule matches.
   *
   * @param changes what would go otherwise; none where rules before it decide the same already
   */
  record Match(Past past, List<Change> changes) {
    /** "the layout, held for approval". */
    public String words() {
      if (changes.isEmpty()) return "Nothing: rules before it decide this already";
      String list =
          changes.stream().map(change -> change.aspect().words()).collect(Collectors.joining(", "));
      return Character.toUpperCase(list.charAt(0)) + list.substring(1);
    }
  }

  static TriedRule of(Trial trial, List<Past> documents) {
    List<Match> matches = new ArrayList<>();
    for (Past past : documents)
      if (trial.matches(past.facts())) matches.add(new Match(past, trial.changes(past.facts())));
    return new TriedRule(documents.size(), matches);
  }

  /** "Matches 12 of the last 200 documents". */
  public String sentence() {
    if (lookedAt == 0) return "There are no documents yet to try it on.";
    String of = lookedAt == 1 ? "the only document." : "the last " + lookedAt + " documents.";
    return "Matches " + (matches.isEmpty() ? "none" : matches.size()) + " of " + of;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("looked_at", lookedAt);
    json.put("matches", matches.size());
    json.put("sentence", sentence());
    json.put("documents", matches.stream().map(TriedRule::json).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(Match match) {
    Document document = match.past().stored().document();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", document.kind().word());
    json.put("number", document.number());
    json.put("partner", document.partner());
    json.put("changes", match.changes().stream().map(TriedRule::json).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(Change change) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("aspect", change.aspect().word());
    json.put("instead_of", change.insteadOf());
    return json;
  }
}
