package org.postroom.text;

import java.util.Map;
import java.util.Set;

/** The words of the language and how many things each is given. */
final class Words {
  static final Set<String> BLOCKS = Set.of("if", "unless", "each", "with");

  /** What a loop tells of its round. */
  static final Set<String> ROUND = Set.of("@index", "@first", "@last", "@key");

  /** A word's use. */
  record Use(int least, int most, String example) {}

  private static final int MANY = 20;
  static final Map<String, Use> USES =
      Map.ofEntries(
          Map.entry("money", new Use(2, 2, "{{money document.due document.currency}}")),
          Map.entry("number", new Use(1, 1, "{{number quantity}}")),
          Map.entry("date", new Use(1, 1, "{{date document.due_date}}")),
          Map.entry("required", new Use(1, 1, "{{required document.due_date}}")),
          Map.entry("default", new Use(2, 2, "{{default contact.name \"there\"}}")),
          Map.entry("eq", new Use(2, 2, "{{#if (eq document.currency \"EUR\")}}")),
          Map.entry("ne", new Use(2, 2, "{{#if (ne document.currency \"EUR\")}}")),
          Map.entry("gt", new Use(2, 2, "{{#if (gt document.days_overdue 14)}}")),
          Map.entry("lt", new Use(2, 2, "{{#if (lt document.due 100)}}")),
          Map.entry("and", new Use(1, MANY, "{{#if (and links.pay document.due)}}")),
          Map.entry("or", new Use(1, MANY, "{{#if (or links.pay links.approve)}}")),
          Map.entry("not", new Use(1, 1, "{{#if (not links.pay)}}")));

  private Words() {}

  static boolean has(String word) {
    return USES.containsKey(word);
  }
}
