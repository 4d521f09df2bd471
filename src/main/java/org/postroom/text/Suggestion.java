package org.postroom.text;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The placeholder somebody probably meant. */
final class Suggestion {
  /** What people call things that have another name here. */
  private static final Map<String, String> ALSO =
      Map.ofEntries(
          Map.entry("customer", "partner"),
          Map.entry("client", "partner"),
          Map.entry("vendor", "partner"),
          Map.entry("supplier", "partner"),
          Map.entry("invoice", "document"),
          Map.entry("order", "document"),
          Map.entry("quote", "document"),
          Map.entry("person", "contact"),
          Map.entry("firm", "company"),
          Map.entry("user", "sender"),
          Map.entry("link", "links"));

  private static final int SHORTEST = 3;

  private Suggestion() {}

  static Optional<String> of(String typed, Set<String> known) {
    return Nearest.to(typed, known)
        .or(() -> byOtherName(typed, known))
        .or(() -> known.stream().filter(word -> word.endsWith("." + typed)).findFirst())
        .or(() -> byLastWord(typed, known));
  }

  /** {@code customer.name} is {@code partner.name}. */
  private static Optional<String> byOtherName(String typed, Set<String> known) {
    int dot = typed.indexOf('.');
    if (dot < 0) return Optional.empty();
    return Nearest.to(typed.substring(0, dot), ALSO.keySet())
        .flatMap(other -> Nearest.to(ALSO.get(other) + typed.substring(dot), known));
  }

  /** {@code duedate} is {@code document.due_date}. */
  private static Optional<String> byLastWord(String typed, Set<String> known) {
    String last = last(typed);
    if (last.length() < SHORTEST) return Optional.empty();
    return Nearest.to(last, known.stream().map(Suggestion::last).toList())
        .flatMap(near ->
            known.stream()
                .filter(word -> word.endsWith("." + near))
                .min(Comparator.comparing(word -> !word.startsWith("document."))));
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
