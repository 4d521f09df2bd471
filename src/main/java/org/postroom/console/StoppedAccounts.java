package org.postroom.console;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.postroom.access.Access;
import org.postroom.accounts.Account;
import org.postroom.accounts.Account.Health;
import org.postroom.accounts.Accounts;
import org.postroom.http.Banner;
import org.postroom.http.Moments;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Counts;
import org.springframework.stereotype.Component;

/** Accounts that cannot send, on every page until somebody has put them right: no silent stop. */
@Component
class StoppedAccounts implements Banner {
  private final Accounts accounts;
  private final Counts counts;
  private final Access access;

  StoppedAccounts(Accounts accounts, Counts counts, Access access) {
    this.accounts = accounts;
    this.counts = counts;
    this.access = access;
  }

  @Override
  public List<Notice> notices(String company) {
    return accounts.unhealthy(company).stream().map(this::notice).toList();
  }

  /** Somebody's own account concerns them and those who manage accounts. */
  @Override
  public List<Notice> notices(String company, String person) {
    List<Account> stopped = accounts.unhealthy(company);
    if (stopped.isEmpty()) return List.of();
    return access
        .caller(person, company)
        .map(reader ->
            stopped.stream()
                .filter(account -> accounts.maySee(reader, account))
                .map(this::notice)
                .toList())
        .orElse(List.of());
  }

  private Notice notice(Account account) {
    long waiting = counts.waitingFor(new AccountKey(account.company(), account.id()));
    boolean paused = account.health().state() == Health.State.PAUSED;
    return new Notice(
        paused ? Kind.WARN : Kind.FAIL,
        waiting(waiting) + "“" + account.name() + "” " + trouble(account),
        why(account) + (paused ? next(account) : repair(account)),
        links(account));
  }

  private static List<Link> links(Account account) {
    List<Link> links = new ArrayList<>();
    links.add(new Link("/accounts/" + account.id(), words(account)));
    String finding = account.health().finding();
    if (finding != null && !finding.startsWith("?"))
      links.add(new Link("/findings/" + finding, "What to do"));
    links.add(new Link("/outbox?tab=needs_you", "See what waits"));
    return links;
  }

  private static String waiting(long messages) {
    if (messages == 0) return "";
    return messages == 1
        ? "1 message is waiting because "
        : Counts.words(messages) + " messages are waiting because ";
  }

  private static String trouble(Account account) {
    return switch (account.health().state()) {
      case NEEDS_SIGN_IN ->
          atProvider(account) && account.health().lastSuccess() == null
              ? "waits for somebody to sign in"
              : "can no longer sign in";
      case NEEDS_ADMINISTRATOR -> "may not send any more";
      default -> "cannot reach its mail server";
    };
  }

  private static String why(Account account) {
    String reason = account.health().reason();
    if (reason == null || reason.isBlank()) return "";
    return reason.endsWith(".") ? reason + " " : reason + ". ";
  }

  private static String repair(Account account) {
    if (account.health().state() != Health.State.NEEDS_SIGN_IN)
      return "Nothing is lost: the messages go out as soon as this is put right.";
    return atProvider(account)
        ? "Nothing is lost: the messages go out as soon as somebody has signed in."
        : "Nothing is lost: the messages go out as soon as the right password is entered.";
  }

  private static boolean atProvider(Account account) {
    return account.connection().needsSignIn();
  }

  private String next(Account account) {
    Instant until = account.health().pausedUntil();
    ZoneId zone = access.company(account.company()).timeZone();
    Instant now = Instant.now();
    String when = until == null || until.isBefore(now) ? "now" : Moments.at(until, zone, now);
    return "Nothing is lost: it is tried again by itself " + when + ".";
  }

  private static String words(Account account) {
    if (account.health().state() != Health.State.NEEDS_SIGN_IN) return "Look at the account";
    return atProvider(account) ? "Sign in" : "Enter the password";
  }
}
