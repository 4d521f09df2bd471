package org.postroom.console.web;

import java.util.Locale;
import org.postroom.outbox.Counts;

/**
 * Numbers that are not counted to the end: beyond what {@link Counts} counts they end in a plus.
 */
final class Many {
  private Many() {}

  static String words(long count) {
    return count > Counts.MOST
        ? String.format(Locale.ENGLISH, "%,d+", Counts.MOST)
        : String.format(Locale.ENGLISH, "%,d", count);
  }
}
