package org.postroom.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.postroom.http.Problem;

/**
 * A check connects wherever it is told to: so that nobody scans networks with it, a company may
 * make few of them, and each account one at a time. Counted on each node for itself.
 */
final class CheckLimits {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int UNSAVED_AT_ONCE = 3;

  private final int perMinute;
  private final Map<String, Deque<Instant>> started = new HashMap<>();
  private final Set<String> running = new HashSet<>();

  CheckLimits(int perMinute) {
    this.perMinute = perMinute;
  }

  /** A check that may run; closing it lets the next one in. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param account of a saved account, or empty for one that nobody has saved
   * @throws Problem 429
   */
  synchronized Turn enter(String company, String account, Instant now) {
    String key = place(company, account);
    Deque<Instant> recent = started.computeIfAbsent(company, k -> new ArrayDeque<>());
    while (!recent.isEmpty() && recent.peekFirst().isBefore(now.minus(WINDOW)))
      recent.removeFirst();
    if (recent.size() >= perMinute)
      throw tooMany("That were " + perMinute + " checks in a minute. Wait a moment.");
    running.add(key);
    recent.addLast(now);
    return () -> leave(key);
  }

  private String place(String company, String account) {
    if (!account.isEmpty()) {
      String key = company + "/" + account;
      if (running.contains(key)) throw tooMany("This account is being checked right now.");
      return key;
    }
    for (int place = 1; place <= UNSAVED_AT_ONCE; place++) {
      String key = company + "//" + place;
      if (!running.contains(key)) return key;
    }
    throw tooMany("Several accounts are being checked right now. Wait a moment.");
  }

  private synchronized void leave(String key) {
    running.remove(key);
  }

  private static Problem tooMany(String detail) {
    return Problem.of(429, "too_many_checks", detail);
  }
}
