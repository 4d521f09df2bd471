package org.postroom.transport;

import java.util.List;

/**
 * What the server made of it. Each case names the recipients that were refused on their own; those
 * not named share the outcome.
 */
public sealed interface Outcome {

  List<Refusal> refused();

  /** The server took the content for every recipient that is not in {@code refused}. */
  record Accepted(Reply reply, List<Refusal> refused) implements Outcome {
    public Accepted(Reply reply) {
      this(reply, List.of());
    }
  }

  /** Not now: the same try may succeed later. Nothing was taken. */
  record Deferred(Failure failure, List<Refusal> refused) implements Outcome {
    public Deferred(Failure failure) {
      this(failure, List.of());
    }
  }

  /** Never like this: trying the same again is pointless. Nothing was taken. */
  record Rejected(Failure failure, List<Refusal> refused) implements Outcome {
    public Rejected(Failure failure) {
      this(failure, List.of());
    }
  }

  /** Content was handed over and no answer came; sending again may duplicate. */
  record Unclear(Failure failure, List<Refusal> refused) implements Outcome {
    public Unclear(Failure failure) {
      this(failure, List.of());
    }
  }

  /**
   * One recipient's own answer.
   *
   * @param recipient the address as in the envelope ({@link org.postroom.mail.Address#spec()})
   */
  record Refusal(String recipient, Failure failure, boolean permanent) {}
}
