package org.postroom.transport.smtp;

import java.time.Duration;

/**
 * How long to wait for what. The standard values are at least those of RFC 5321 4.5.3.2, except
 * that connecting and looking up a name end sooner: a person may be waiting for a check.
 *
 * @param resolve for the name of the server
 * @param connect for each address of the server
 * @param command for the greeting, EHLO, STARTTLS with its handshake, AUTH, MAIL, RCPT, RSET
 * @param data for the answer to DATA
 * @param block for each block of content to be taken by the network
 * @param answer for the answer to the content; giving up earlier makes duplicates
 * @param idle for how long an unused connection is kept
 */
public record Patience(
    Duration resolve,
    Duration connect,
    Duration command,
    Duration data,
    Duration block,
    Duration answer,
    Duration idle) {

  public static Patience standard() {
    return new Patience(
        Duration.ofSeconds(20),
        Duration.ofSeconds(20),
        Duration.ofMinutes(5),
        Duration.ofMinutes(2),
        Duration.ofMinutes(3),
        Duration.ofMinutes(11),
        Duration.ofSeconds(20));
  }

  /** Every wait at most this long: for tests and impatient checks. */
  public Patience atMost(Duration limit) {
    return new Patience(
        least(resolve, limit),
        least(connect, limit),
        least(command, limit),
        least(data, limit),
        least(block, limit),
        least(answer, limit),
        idle);
  }

  /** The same with another time for unused connections. */
  public Patience keepingIdle(Duration limit) {
    return new Patience(resolve, connect, command, data, block, answer, limit);
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
