package org.postroom.bounces;

import java.time.Instant;

/** Where a reader puts what it read. */
interface Sink {
  /** So much of a mail is enough: a report tells everything before the mail it returns. */
  int MOST_BYTES = 2 * 1024 * 1024;

  /** How far it was read before, and by now. */
  Position position();

  /** Takes one mail; true where it was a report. */
  boolean take(byte[] mime, Instant at);

  /** Everything up to this mark of the folder is done. */
  void reached(String folder, String mark);

  /** No more for this time. */
  boolean enough();
}
