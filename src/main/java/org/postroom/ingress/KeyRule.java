package org.postroom.ingress;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How mail that comes with one API key is treated.
 *
 * @param account id of the account that sends what is from an address no account has; null: such
 *     mail is refused
 * @param repeats for how long the same message again is taken for a lost answer; zero: never
 */
public record KeyRule(@Nullable String account, Duration repeats) {
  /** For keys of which nobody said anything. */
  public static final KeyRule USUAL = new KeyRule(null, Duration.ofHours(1));

  /** A week: whoever still asks after that has given up long before. */
  public static final Duration LONGEST = Duration.ofDays(7);
}
