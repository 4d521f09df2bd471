package org.postroom.outbox;

import java.time.Instant;
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
    String origin) {}
