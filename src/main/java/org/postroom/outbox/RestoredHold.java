package org.postroom.outbox;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import org.postroom.outbox.Message.Origin;

/**
 * Whether what Postroom makes by itself must wait, because this is a restored copy. An installation
 * that never was one pays nothing: a restore happens only while it stands still.
 */
final class RestoredHold {
  /** An event the original may have handled, a reminder or statement it may have sent. */
  private static final Set<String> BY_ITSELF = Set.of("event", "reminder", "run");

  private volatile boolean never;
  private volatile @Nullable Restored settled;

  @Nullable String why(Sql sql, Origin origin, Instant now) {
    if (never || !BY_ITSELF.contains(origin.kind())) return null;
    Restored since = since(sql);
    if (since == null || !holds(since, origin, now)) return null;
    return "Made after a restore from a backup of "
        + since.taken()
        + ". The original may have sent the same: release or cancel it.";
  }

  private static boolean holds(Restored since, Origin origin, Instant now) {
    if (since.wentOn() == null) return true;
    return origin.kind().equals("event") ? since.knew(origin.id()) : !since.isOver(now);
  }

  /** Once somebody said that this is the original, nothing of it changes any more. */
  private @Nullable Restored since(Sql sql) {
    Restored known = settled;
    if (known != null) return known;
    Restored found = RestoredRows.find(sql).orElse(null);
    if (found == null) never = true;
    else if (found.wentOn() != null) settled = found;
    return found;
  }
}
