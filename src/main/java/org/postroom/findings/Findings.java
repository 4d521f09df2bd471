package org.postroom.findings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Explains failures. What is known lies in data files ({@code findings/*.json}) and in a message
 * bundle ({@code messages/finding_en.properties}); here is only the way from one to the other.
 *
 * <p>Usable without Spring; safe for many threads. Never throws on what a server said, and takes
 * milliseconds at most.
 */
@Component
public class Findings {
  private final Catalogue catalogue;
  private final Sentences sentences;

  public Findings() {
    this.catalogue = Catalogue.read();
    this.sentences = Sentences.read();
  }

  /** In English. */
  public Finding explain(Symptom symptom) {
    return explain(symptom, Locale.ENGLISH);
  }

  /**
   * What the failure means. Where nothing known fits, the id starts with {@code ?} and ends with
   * the stage: {@code ?authenticate}; then the advice is that of the stage and nothing is guessed.
   */
  public Finding explain(Symptom symptom, Locale locale) {
    Heard heard = Heard.of(symptom, catalogue.providers());
    return catalogue
        .match(heard)
        .map(match -> finding(match.row(), match.action(), heard, heard.values(match), locale))
        .orElseGet(() -> unknown(heard, locale));
  }

  /** A finding by its id, in English, without the particulars of a failure. */
  public Optional<Finding> find(String id) {
    return find(id, Map.of());
  }

  /**
   * A finding by its id, with values for its sentences where they are known.
   *
   * @param values such as {@code host}; the names each finding takes stand in the message bundle
   */
  public Optional<Finding> find(String id, Map<String, String> values) {
    return find(id, values, Locale.ENGLISH);
  }

  public Optional<Finding> find(String id, Map<String, String> values, Locale locale) {
    Map<String, String> known = Masked.of(values);
    return catalogue
        .row(id)
        .map(row -> finding(row, row.action(), Heard.nothing(known.get("host")), known, locale));
  }

  /** All findings in the order of the data files, in English. */
  public List<Finding> all() {
    return all(Locale.ENGLISH);
  }

  public List<Finding> all(Locale locale) {
    return catalogue.rows().stream()
        .map(row -> finding(row, row.action(), Heard.nothing(null), Map.of(), locale))
        .toList();
  }

  /** What a finding is known by, one technical line for each way: {@code 535 5.7.8 “…”}. */
  public List<String> recognisedBy(String id) {
    return catalogue
        .row(id)
        .map(row -> row.signs().stream().map(Sign::toString).distinct().toList())
        .orElse(List.of());
  }

  /** Who has to do something next, in words. */
  public String whoActs(Action action) {
    String key = "action." + action.name().toLowerCase(Locale.ROOT);
    return sentences.in(Locale.ENGLISH, Map.of()).sentence(key);
  }

  private Finding finding(
      Row row, Action action, Heard heard, Map<String, String> values, Locale locale) {
    var text = sentences.in(locale, values);
    return new Finding(
        row.id(),
        text.what(row.id(), action),
        text.steps(row.id(), action),
        action,
        catalogue.fixes(row, heard, values, text));
  }

  private Finding unknown(Heard heard, Locale locale) {
    var text = sentences.in(locale, heard.values());
    String stage = heard.stage().name().toLowerCase(Locale.ROOT);
    Action action = heard.mayPass() ? Action.WAIT : Action.ADM;
    return new Finding(
        "?" + stage, unknown(heard, text), text.stepsOf("unknown." + stage), action, List.of());
  }

  private static String unknown(Heard heard, Sentences.Text text) {
    if (heard.answered()) return text.sentence("unknown.answered");
    String kind = "unknown." + heard.symptom().kind().name().toLowerCase(Locale.ROOT);
    return text.sentence(text.has(kind) ? kind : "unknown.silent");
  }
}
