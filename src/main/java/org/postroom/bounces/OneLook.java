package org.postroom.bounces;

import java.time.Duration;
import java.time.Instant;
import org.postroom.db.Database;

/** One look into one mailbox: gives what it finds to {@link Bounces} and remembers how far it is. */
final class OneLook implements Sink {
  static final int MOST_MAILS = 200;
  static final Duration MOST_TIME = Duration.ofSeconds(60);
  private static final int BETWEEN_NOTES = 20;

  private final Database database;
  private final Bounces bounces;
  private final ReadMailbox mailbox;
  private final Bounce.Source source;
  private final long end = System.nanoTime() + MOST_TIME.toNanos();
  private Position position;
  private long mails;
  private long found;
  private long newMails;
  private long newFound;
  private boolean stopped;

  OneLook(
      Database database, Bounces bounces, MailboxRows.Stored stored, Bounce.Source source) {
    this.database = database;
    this.bounces = bounces;
    this.mailbox = stored.mailbox();
    this.position = stored.position();
    this.source = source;
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public boolean take(byte[] mime, Instant at) {
    mails++;
    newMails++;
    Instant came = at.equals(Instant.EPOCH) ? database.now() : at;
    Taken taken =
        bounces.take(new Arrived(mailbox.company(), mime, source, mailbox.account(), came));
    if (!taken.bounces().isEmpty()) {
      found++;
      newFound++;
    }
    return !taken.bounces().isEmpty();
  }

  @Override
  public void reached(String folder, String mark) {
    position = position.with(folder, mark);
    if (newMails >= BETWEEN_NOTES) note();
  }

  @Override
  public boolean enough() {
    boolean enough =
        mails >= MOST_MAILS || System.nanoTime() > end || Thread.currentThread().isInterrupted();
    stopped |= enough;
    return enough;
  }

  /** Writes down how far it came. */
  void note() {
    long mailsNow = newMails;
    long foundNow = newFound;
    Position now = position;
    database.run(sql -> MailboxRows.reached(sql, mailbox, now, mailsNow, foundNow));
    newMails = 0;
    newFound = 0;
  }

  /** Whether more waits in the mailbox. */
  boolean stopped() {
    return stopped;
  }

  long found() {
    return found;
  }
}
