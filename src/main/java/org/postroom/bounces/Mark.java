package org.postroom.bounces;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A moment to the second, and which mails of that second were read. */
record Mark(Instant at, Set<String> ids) {
  private static final int MOST_IDS = 50;

  static Mark parse(@Nullable String text, Instant since) {
    if (text == null) return new Mark(since, Set.of());
    List<String> parts = List.of(text.split(" "));
    try {
      Instant at = Instant.parse(parts.getFirst());
      return new Mark(at, Set.copyOf(parts.subList(1, parts.size())));
    } catch (DateTimeException unreadable) {
      return new Mark(since, Set.of());
    }
  }

  boolean has(Mark mail) {
    return second().equals(mail.second()) && ids.containsAll(mail.ids());
  }

  Mark then(Mark mail) {
    Set<String> all = new TreeSet<>(mail.ids());
    if (second().equals(mail.second()) && ids.size() < MOST_IDS) all.addAll(ids);
    return new Mark(mail.at(), all);
  }

  private Instant second() {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }

  String text() {
    return at + " " + String.join(" ", ids);
  }
}
