package org.postroom.transport.ews;

import java.time.Duration;

/**
 * How long to wait for what.
 *
 * @param resolve for the name of the server
 * @param connect for each address of the server
 * @param request for TLS, for signing in, and for everything small that we ask
 * @param go for the server's word that it wants the content (RFC 9110 10.1.1); it leaves anyway
 * @param block for each block of content to be taken by the network
 * @param answer for the answer to the content; giving up earlier leaves messages unclear
 * @param idle for how long an unused connection is kept; IIS closes after two minutes
 */
record Patience(
    Duration resolve,
    Duration connect,
    Duration request,
    Duration go,
    Duration block,
    Duration answer,
    Duration idle) {

  static Patience standard() {
    return new Patience(
        Duration.ofSeconds(20),
        Duration.ofSeconds(20),
        Duration.ofMinutes(2),
        Duration.ofSeconds(2),
        Duration.ofMinutes(3),
        Duration.ofMinutes(6),
        Duration.ofSeconds(40)); // less than delivery believes it open
  }

  /** Somebody waits and watches. */
  Patience probing() {
    return atMost(Duration.ofSeconds(10));
  }

  /** Every wait at most this long. */
  Patience atMost(Duration limit) {
    return new Patience(
        least(resolve, limit),
        least(connect, limit),
        least(request, limit),
        least(go, limit),
        least(block, limit),
        least(answer, limit),
        idle);
  }

  Patience keepingIdle(Duration limit) {
    return new Patience(resolve, connect, request, go, block, answer, limit);
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
