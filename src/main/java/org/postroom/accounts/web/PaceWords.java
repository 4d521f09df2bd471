package org.postroom.accounts.web;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountUsage;
import org.postroom.accounts.Connection;
import org.postroom.http.Moments;

/**
 * How what waits gets on, in words.
 *
 * @param going "30 a minute, 41 to go, done about 14:20"
 * @param slowed who asked to slow down, and how fast it goes now; null where nobody did
 * @param said the server's words to that
 */
record PaceWords(String going, @Nullable String slowed, @Nullable String said) {

  static Optional<PaceWords> of(
      Account account, Optional<AccountUsage.Progress> progress, ZoneId zone, Instant now) {
    return progress.map(one ->
        new PaceWords(going(one, zone, now), slowed(account, one, zone, now), one.slowedBecause()));
  }

  private static String going(AccountUsage.Progress progress, ZoneId zone, Instant now) {
    String speed = speed(progress);
    String first = speed.isEmpty() ? "" : speed + ", ";
    if (progress.toGo() == 0) return first + "nothing to go";
    String toGo = first + count(progress.toGo()) + (progress.orMore() ? " or more" : "") + " to go";
    if (progress.resumes() != null)
      toGo +=
          ", the day's limit is reached and it goes on about "
              + about(progress.resumes(), zone, now);
    if (progress.doneAbout() == null) return toGo;
    return toGo + ", done about " + about(progress.doneAbout(), zone, now);
  }

  private static String speed(AccountUsage.Progress progress) {
    return progress.perMinute() == 0 ? "" : count(progress.perMinute()) + " a minute";
  }

  private static @Nullable String slowed(
      Account account, AccountUsage.Progress progress, ZoneId zone, Instant now) {
    Instant at = progress.slowedAt();
    if (at == null) return null;
    String speed = speed(progress);
    boolean fewer = progress.connections() < account.limits().connections();
    String connections =
        progress.connections() == 1
            ? "one connection at a time"
            : progress.connections() + " connections at a time";
    String both = fewer ? (speed.isEmpty() ? connections : speed + " over " + connections) : speed;
    return who(account.connection())
        + " asked us to slow down "
        + Moments.at(at, zone, now)
        + "; now "
        + (both.isEmpty() ? "as before" : both)
        + ". It speeds up again by itself.";
  }

  private static String who(Connection connection) {
    return switch (connection) {
      case Connection.Microsoft _ -> "Microsoft";
      case Connection.Google _ -> "Google";
      case Connection.Smtp smtp -> smtp.host();
      case Connection.Exchange exchange -> exchange.uri().getHost();
      case Connection.Local _ -> "The local mailbox";
    };
  }

  /** "14:20" today; with the day otherwise. */
  private static String about(Instant moment, ZoneId zone, Instant now) {
    return Moments.at(moment, zone, now).replaceFirst("^(at|on) ", "");
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
