package org.postroom.outbox;

import java.time.Instant;
import java.util.List;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;

/**
 * The right of one node to send one message, until the lease ends. A later claim of the same
 * message has a higher fence; what an older one reports is then not believed.
 *
 * @param envelope the recipients that are still open
 * @param attempts charged so far
 * @param origin kind of who made the message; see {@link BeforeSending}
 */
public record Claim(
    String company,
    String message,
    String account,
    String node,
    long fence,
    Envelope envelope,
    int attempts,
    Instant createdAt,
    Instant claimedAt,
    String origin) {

  /** The same right, for fewer recipients. */
  Claim to(List<Address> open) {
    return new Claim(
        company,
        message,
        account,
        node,
        fence,
        envelope.to(open),
        attempts,
        createdAt,
        claimedAt,
        origin);
  }
}
