package org.postroom.accounts.web;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.http.Chip;
import org.postroom.http.Moments;

/** How an account is, in words: chip, sentence, and the one thing to do. */
record Health(Chip chip, @Nullable String reason, String action, boolean urgent) {

  static Health of(Account account, ZoneId zone, Instant now) {
    Account.Health health = account.health();
    return switch (health.state()) {
      case WORKING -> new Health(new Chip("ok", "tick", "Working"), null, "Open", false);
      case NEEDS_SIGN_IN ->
          new Health(
              new Chip("fail", "cross", "Needs attention"),
              health.reason(),
              account.connection().needsSignIn() ? "Sign in" : "Enter the password",
              true);
      case NEEDS_ADMINISTRATOR ->
          new Health(
              new Chip("fail", "cross", "Needs attention"), health.reason(), "Look at it", true);
      case PAUSED -> paused(health, zone, now);
      case SWITCHED_OFF ->
          new Health(new Chip("off", "dash", "Switched off"), null, "Switch on", false);
    };
  }

  private static Health paused(Account.Health health, ZoneId zone, Instant now) {
    Instant until = health.pausedUntil();
    String words =
        until == null || until.isBefore(now)
            ? "Trying again"
            : "Trying again " + Moments.at(until, zone, now);
    return new Health(new Chip("wait", "retry", words), health.reason(), "Open", false);
  }
}
