package org.postroom.outbox;

import java.time.Instant;

/**
 * Whoever made a message may want to look once more before it leaves, for it may have waited: an
 * invoice is paid, a customer has answered. Asked about messages of one kind of origin, after they
 * are claimed and before anybody connects, at each try until somebody got the mail.
 *
 * <p>The question is asked inside the transaction that notes the answer: what the asked one writes
 * is committed together with it, and a node that dies in between leaves neither. So it must be
 * short and talk to no network.
 */
public interface BeforeSending {
  /** The {@link Message.Origin#kind} of the messages it wants to be asked about. */
  String originKind();

  Verdict mayLeave(String company, String message);

  sealed interface Verdict {
    record Go() implements Verdict {}

    /** It is not wanted any more: cancelled, with a sentence for its timeline. */
    record Never(String why) implements Verdict {}

    /** Not now: back in line until then. It costs no attempt. */
    record Later(Instant until, String why) implements Verdict {}
  }
}
