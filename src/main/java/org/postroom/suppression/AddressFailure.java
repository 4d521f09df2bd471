package org.postroom.suppression;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Mail to an address failed, as a server or a report says. Whether that is the address's own fault
 * is looked at once more by {@link Suppressions#failed}.
 *
 * @param address as the report has it; what is no address is ignored
 * @param message id of our message, null where it is not known
 * @param status RFC 3463 such as {@code 5.1.1}, null where there was none
 * @param reply what was said, for people
 * @param at when it failed by the report or the server, not when that was read: what happened
 *     before somebody unblocked the address counts no more
 */
public record AddressFailure(
    String company,
    String address,
    Kind kind,
    @Nullable String message,
    @Nullable String status,
    String reply,
    Instant at) {
  private static final int LONGEST_REPLY = 500;

  public AddressFailure {
    if (reply.length() > LONGEST_REPLY) reply = reply.substring(0, LONGEST_REPLY);
  }

  public enum Kind {
    /** Mail for this address is refused for good. */
    HARD_BOUNCE,
    /** Mail for this address could not be put down for now: mailbox full. */
    SOFT_BOUNCE,
    /** The reader called it spam (RFC 5965). */
    COMPLAINT
  }
}
