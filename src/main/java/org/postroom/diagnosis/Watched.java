package org.postroom.diagnosis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.Connection;
import org.postroom.accounts.Prospect;
import org.postroom.findings.Findings;
import org.postroom.transport.Login;
import org.postroom.transport.Transports;

/** Runs one check from the settings to the records of the domain. */
final class Watched {
  private final Transports transports;
  private final Findings findings;
  private final @Nullable DomainRecords records;
  private final Duration longest;

  Watched(
      Transports transports, Findings findings, @Nullable DomainRecords records, Duration longest) {
    this.transports = transports;
    this.findings = findings;
    this.records = records;
    this.longest = longest;
  }

  Check run(
      Prospect prospect, TestMessage message, @Nullable Account saved, CheckListener listener) {
    long began = System.nanoTime();
    Account account = prospect.account();
    String to = message.to().spec();
    var progress = new Progress(Plan.of(account, to, records != null), listener);
    var conclusion = new Conclusion(account, progress, findings);
    if (settings(prospect, conclusion)) {
      converse(prospect, message, conclusion, began + longest.toNanos());
      if (conclusion.finding() == null) domain(account, conclusion, began + longest.toNanos());
    }
    return new Check(
        message.id(),
        saved == null ? null : saved.id(),
        saved == null ? 0 : saved.version(),
        message.at(),
        Duration.ofNanos(System.nanoTime() - began),
        to,
        progress.stages(),
        conclusion.finding(),
        conclusion.advice(),
        conclusion.talk());
  }

  /** False where trying is pointless. */
  private boolean settings(Prospect prospect, Conclusion conclusion) {
    Login login = offline(prospect, conclusion);
    if (conclusion.finding() != null) return false;
    return conclusion.settings(SettingsLook.at(prospect.account(), login, findings));
  }

  /** The login where having it asks nobody; null for accounts that sign in at a provider. */
  private static @Nullable Login offline(Prospect prospect, Conclusion conclusion) {
    Connection connection = prospect.account().connection();
    boolean provider =
        connection instanceof Connection.Microsoft || connection instanceof Connection.Google;
    if (provider) return null;
    try {
      return prospect.login();
    } catch (org.postroom.accounts.AccountUnusable why) {
      conclusion.unusable(Plan.SETTINGS, why);
      return null;
    }
  }

  private void converse(Prospect prospect, TestMessage message, Conclusion conclusion, long until) {
    try (var trial = Trial.begin(prospect, message.submission(), transports)) {
      while (conclusion.open()) {
        long left = until - System.nanoTime();
        Trial.Happening happening = left <= 0 ? null : trial.next(Duration.ofNanos(left));
        if (happening == null) conclusion.tooSlow(longest);
        else conclusion.hear(happening);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      conclusion.tooSlow(longest);
    }
  }

  private void domain(Account account, Conclusion conclusion, long until) {
    if (records == null) return;
    Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
    conclusion.domain(records.advise(account, left));
  }
}
