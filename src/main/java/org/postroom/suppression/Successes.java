package org.postroom.suppression;

import java.time.Instant;

/** Whoever knows of mail that arrived may say so: asked before soft failures block an address. */
public interface Successes {
  /**
   * Whether mail to the address went through between the two moments and did not come back. Joins
   * the caller's transaction.
   */
  boolean between(String company, String address, Instant from, Instant until);
}
