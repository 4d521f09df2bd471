package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Reason;

/**
 * What enhanced status codes mean (RFC 3463, 5248, 7372, 7504, 7505 and what providers publish).
 * Some say exactly one thing; some are only a hint, since servers use them for all kinds of things.
 */
final class Statuses {
  /** Whether words may know better. */
  enum Weight {
    EXACT,
    TELLING,
    HINT,
    SUBJECT
  }

  private record Meaning(Weight weight, Reason reason) {}

  private static final Map<String, Meaning> MEANINGS = load();

  private Statuses() {}

  private static Map<String, Meaning> load() {
    Map<String, Meaning> meanings = new java.util.HashMap<>();
    for (String line : Phrases.read("/bounces/statuses.txt").split("\n")) {
      if (line.isBlank() || line.startsWith("#")) continue;
      String[] words = line.strip().split("\\s+");
      Weight weight = Weight.valueOf(words[1].toUpperCase(Locale.ROOT));
      meanings.put(words[0], new Meaning(weight, Reason.valueOf(words[2])));
    }
    return Map.copyOf(meanings);
  }

  /** The first of these codes that means something with this weight. */
  static @Nullable Reason of(List<String> statuses, Weight weight) {
    for (String status : statuses) {
      Meaning meaning = meaning(status);
      if (meaning != null && meaning.weight() == weight) return meaning.reason();
    }
    return null;
  }

  /** Of the first of these codes that has a subject, though its last number be unheard of. */
  static @Nullable Reason bySubject(List<String> statuses) {
    for (String status : statuses) {
      if (status.isEmpty()) continue;
      Meaning meaning = MEANINGS.get("x" + status.substring(1, status.lastIndexOf('.')) + ".*");
      if (meaning != null) return meaning.reason();
    }
    return null;
  }

  /** Most mean the same whether for now or for good: then the table says x.1.1. */
  private static @Nullable Meaning meaning(String status) {
    Meaning exact = MEANINGS.get(status);
    return exact != null || status.isEmpty() ? exact : MEANINGS.get("x" + status.substring(1));
  }

  /** As it stands in the field, after what the words hold: they come from nearer to the cause. */
  static List<String> all(String field, String words) {
    List<String> all = new ArrayList<>(Codes.statuses(words));
    if (!field.isEmpty()) all.add(field);
    return all;
  }
}
