package org.postroom.accounts;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How much of its limits an account has used. Known by whoever counts messages. */
@FunctionalInterface
public interface AccountUsage {
  Used of(String company, String accountId);

  /** In what the account's limits count. */
  default Used usage(Account account) {
    return of(account.company(), account.id());
  }

  /** How what waits for it gets on; empty where it cannot send. */
  default Optional<Progress> progress(Account account) {
    return Optional.empty();
  }

  /**
   * Messages, including those under way.
   *
   * @param lastMinute tries in the last 60 seconds
   * @param lastDay handed over in the last 24 hours; recipients where the limit counts them
   */
  record Used(long lastMinute, long lastDay) {}

  /**
   * @param toGo messages that are due and have not left
   * @param orMore whether there are more than were counted
   * @param perMinute messages, 0 for no limit; less than the account's where a server asked for it
   * @param connections likewise
   * @param doneAbout when the last of them will have left; null where nobody can know
   * @param resumes until when the day's limit keeps everything back
   * @param slowedAt when a server asked to slow down, while that holds
   * @param slowedBecause its words
   */
  record Progress(
      long toGo,
      boolean orMore,
      long perMinute,
      int connections,
      @Nullable Instant doneAbout,
      @Nullable Instant resumes,
      @Nullable Instant slowedAt,
      @Nullable String slowedBecause) {}
}
