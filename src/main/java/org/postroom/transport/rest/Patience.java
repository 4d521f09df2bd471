package org.postroom.transport.rest;

import java.time.Duration;

/**
 * How long one call may take.
 *
 * @param call without the content
 * @param megabyte more for each million bytes that have to travel
 */
public record Patience(Duration call, Duration megabyte) {

  /** Microsoft's and Google's own front doors give up at about 100 seconds. */
  public static final Patience USUAL =
      new Patience(Duration.ofSeconds(100), Duration.ofSeconds(15));

  /** Somebody waits and watches. */
  public static final Patience PROBING =
      new Patience(Duration.ofSeconds(20), Duration.ofSeconds(5));

  public Duration with(int bytes) {
    return call.plusMillis(megabyte.toMillis() * bytes / 1_000_000);
  }
}
