package org.postroom.signing;

import java.util.Locale;

/** What the DNS said about a record when it was last asked; the worst last. */
public enum Published {
  OK,
  /** Nobody asked yet, or nobody answered. */
  UNKNOWN,
  MISSING,
  /** Something stands there that does not fit. */
  DIFFERENT;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
