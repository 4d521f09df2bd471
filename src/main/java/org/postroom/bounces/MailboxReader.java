package org.postroom.bounces;

import java.time.Instant;

/** Reads one kind of mailbox, onward from where it stopped, without changing anything in it. */
interface MailboxReader {

  boolean reads(Where where);

  /**
   * Gives what came since, oldest first, until there is no more or the sink has had enough.
   *
   * @param since how far back to look where no mark says it
   * @throws CannotRead where it could not go on
   */
  void read(Where where, Instant since, Sink sink) throws CannotRead;
}
