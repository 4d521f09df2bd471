package org.postroom.db;

import java.time.Instant;

/**
 * Something that grows and is not kept for ever. One bean for each kind; the module that owns the
 * rows makes it, retention asks it.
 *
 * @param kind stable word in the API
 * @param title for people
 * @param explains what goes and what stays, one sentence
 * @param days how long it is kept where a company has not said otherwise; 0: for ever
 * @param least so long it must be kept at least
 * @param forget takes the oldest away
 */
public record Ages(String kind, String title, String explains, int days, int least, Forget forget) {

  /** How many rows go in one transaction: the writer must be free again at once. */
  public static final int AT_ONCE = 100;

  /** Takes away at most {@link #AT_ONCE} of the company that are older; how many. */
  public interface Forget {
    int forget(Sql sql, String company, Instant before, int days);
  }
}
