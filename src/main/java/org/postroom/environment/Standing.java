package org.postroom.environment;

import java.util.Locale;

/** What this installation is to the database it works on. */
public enum Standing {
  /** The one the database belongs to: everything goes its way. */
  ORIGINAL,
  /** A copy nobody has said anything about yet: nothing leaves, nothing runs by itself. */
  MUTED,
  /**
   * A copy to try things out with: everything runs, all mail is caught, nobody outside is called.
   */
  TEST_COPY;

  /** The word in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
