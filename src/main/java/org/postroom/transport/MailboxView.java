package org.postroom.transport;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A look into the mailbox that a login leads to, where the adapter that sends can read as well.
 * Nothing in the mailbox is changed by looking.
 */
public interface MailboxView {
  /** Whether this adapter can look into mailboxes of such logins. */
  boolean views(Login login);

  /**
   * Signs in.
   *
   * @throws Unseen where that does not work
   */
  Opened open(Login login) throws Unseen;

  /** A mailbox while one looks into it. Used by one thread at a time. */
  interface Opened extends AutoCloseable {
    /**
     * What came at that second or later, oldest first.
     *
     * @param folder {@code inbox} or {@code junkemail}
     * @param most so many at once
     */
    List<Mail> received(String folder, Instant from, int most) throws Unseen;

    /** The mail as MIME; empty where it is gone. */
    Optional<byte[]> content(Mail mail) throws Unseen;

    @Override
    void close();
  }

  /**
   * A mail that lies there.
   *
   * @param id opaque, for this mailbox only
   * @param received to the second
   * @param size in bytes, roughly; 0 where the server does not say
   */
  record Mail(String id, Instant received, long size) {}

  /** It could not be looked at. */
  final class Unseen extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Failure failure;

    public Unseen(Failure failure) {
      super(failure.reply().line(), null, false, false);
      this.failure = failure;
    }

    /** As when sending: what kind, at which stage, and what the server said. */
    public Failure failure() {
      return failure;
    }
  }
}
