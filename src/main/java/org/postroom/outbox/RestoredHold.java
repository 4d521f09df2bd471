package org.postroom.outbox;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/**
 * Whether what Postroom makes by itself must wait, because this is a restored copy. An installation
 * that never was one pays nothing: a restore happens only while it stands still.
 */
final class RestoredHold {
  /** An event the original may have handled, a reminder or statement it may have sent. */
  private static final Set<String> BY_ITSELF = Set.of("event", "reminder", "run");

  private volatile boolean over;

  @Nullable String why(Sql sql, String origin, Instant now) {
    if (over || !BY_ITSELF.contains(origin)) return null;
    Optional<Restored> restored = RestoredRows.find(sql);
    if (restored.isEmpty() || restored.get().isOver(now)) {
      over = true;
      return null;
    }
    Restored since = restored.get();
    if (since.wentOn() != null && origin.equals("event")) return null;
    return "Made after a restore from a backup of "
        + since.taken()
        + ". The original may have sent the same: release or cancel it.";
  }
}
