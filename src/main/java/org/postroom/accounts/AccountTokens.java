package org.postroom.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Grants.Seen;
import org.postroom.accounts.Grants.Turn;
import org.postroom.accounts.oauth.Scopes;
import org.postroom.accounts.oauth.TokenAnswer;
import org.postroom.accounts.oauth.TokenEndpoint;
import org.springframework.stereotype.Component;

/**
 * The tokens of accounts that sign in at their provider: renewed before they end, by one node at a
 * time, and kept before they are used, so that a rotated refresh token is never lost.
 */
@Component
class AccountTokens {
  private static final Duration PATIENCE = Duration.ofSeconds(50);
  private static final Duration LONGEST_LOOK = Duration.ofMillis(500);
  private static final Duration JUST_RENEWED = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final int WRITES = 8;

  private final Grants grants;
  private final Clients clients;
  private final TokenEndpoint endpoint;
  private final Refusals refusals;

  AccountTokens(Grants grants, Clients clients, TokenEndpoint endpoint, Refusals refusals) {
    this.grants = grants;
    this.clients = clients;
    this.endpoint = endpoint;
    this.refusals = refusals;
  }

  /**
   * An access token that lasts for some minutes at least.
   *
   * @param clientSecret the account's own, opened; null: the installation's or none
   * @throws AccountUnusable where somebody has to sign in first, or the provider cannot answer
   */
  AccessToken fresh(Account account, @Nullable String clientSecret) {
    return get(account, clientSecret, null);
  }

  /**
   * Another token than the one a mail server refused; empty where that one has only just been
   * given, so that another would fare no better.
   */
  Optional<AccessToken> another(Account account, @Nullable String clientSecret, String refused) {
    Seen seen = grants.look(account);
    Instant renewed = seen.grant().lastRenewed();
    boolean just = renewed != null && seen.at().isBefore(renewed.plus(JUST_RENEWED));
    if (just && seen.grant().works(seen.at())) {
      AccessToken present = grants.access(account, seen.grant());
      return present.value().equals(refused) ? Optional.empty() : Optional.of(present);
    }
    return Optional.of(get(account, clientSecret, refused));
  }

  private AccessToken get(Account account, @Nullable String secret, @Nullable String refused) {
    Client client =
        clients.of(account.connection(), secret).orElseThrow(() -> refusals.noClient(account));
    long end = System.nanoTime() + PATIENCE.toNanos();
    Duration pause = Duration.ofMillis(20);
    while (System.nanoTime() < end) {
      Seen seen = grants.look(account);
      AccessToken present = present(account, seen, refused);
      if (present != null && seen.grant().fresh(seen.at())) return present;
      if (present == null) requireRenewable(account, client, seen);
      Optional<Turn> turn = wait(seen) ? Optional.empty() : grants.turn(account, seen);
      if (turn.isPresent()) {
        Optional<AccessToken> given = renew(client, turn.get(), present);
        if (given.isPresent()) return given.get();
      } else if (present != null) return present;
      LockSupport.parkNanos(pause.toNanos());
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : pause.multipliedBy(2);
    }
    throw AccountUnusable.passing(
        "The sign-in of “" + account.name() + "” is being renewed elsewhere and did not end.",
        PAUSE);
  }

  /** The token that lies there, where it works and is not the one that was refused. */
  private @Nullable AccessToken present(Account account, Seen seen, @Nullable String refused) {
    if (!seen.grant().works(seen.at())) return null;
    AccessToken present = grants.access(account, seen.grant());
    return present.value().equals(refused) ? null : present;
  }

  /** Whether the provider is left alone for a while. */
  private static boolean wait(Seen seen) {
    return seen.grant().quiet(seen.at());
  }

  private void requireRenewable(Account account, Client client, Seen seen) {
    Grant grant = seen.grant();
    if (!client.app() && grant.refreshToken() == null) throw refusals.nobodySignedIn(account);
    Instant until = grant.quietUntil();
    if (until != null && grant.quiet(seen.at()))
      throw AccountUnusable.passing(
          String.valueOf(grant.quietReason()), Duration.between(seen.at(), until));
  }

  /** Empty where a newer grant was kept meanwhile: then that one counts. */
  private Optional<AccessToken> renew(Client client, Turn turn, @Nullable AccessToken present) {
    TokenAnswer answer = endpoint.ask(client.tokens(), request(client, turn));
    return switch (answer) {
      case TokenAnswer.Granted granted -> kept(turn, granted);
      case TokenAnswer.Busy busy -> Optional.of(busy(client, turn, present, busy));
      case TokenAnswer.Refused refused -> {
        SignInTrouble.Verdict verdict = refusals.judge(client, refused);
        if (verdict.passes())
          yield Optional.of(
              busy(client, turn, present, new TokenAnswer.Busy(refused.reply(), null)));
        boolean meant =
            grants.refused(turn, verdict.dead(), () -> refusals.stop(turn.account(), verdict));
        if (meant) throw AccountUnusable.refused(verdict.finding());
        yield Optional.empty();
      }
    };
  }

  /** On disk first: from now on the provider may refuse the refresh token we had before. */
  private Optional<AccessToken> kept(Turn turn, TokenAnswer.Granted granted) {
    if (!written(turn, granted)) return Optional.empty();
    Seen seen = grants.look(turn.account());
    AccessToken now = present(turn.account(), seen, null);
    return Optional.ofNullable(now);
  }

  /**
   * What the provider gave once may never come again: a database away for seconds is waited for.
   */
  private boolean written(Turn turn, TokenAnswer.Granted granted) {
    Duration pause = Duration.ofMillis(100);
    for (int tries = 1; ; tries++) {
      try {
        return grants.renewed(turn, granted);
      } catch (RuntimeException databaseAway) {
        if (tries == WRITES || Thread.currentThread().isInterrupted()) throw databaseAway;
        LockSupport.parkNanos(pause.toNanos());
        pause = pause.multipliedBy(2);
      }
    }
  }

  private AccessToken busy(
      Client client, Turn turn, @Nullable AccessToken present, TokenAnswer.Busy busy) {
    String reason = refusals.busy(client, busy.reply());
    Duration pause = busy.retryAfter() == null ? PAUSE : busy.retryAfter();
    grants.quiet(turn, pause, reason);
    if (present != null) return present;
    throw AccountUnusable.passing(reason, pause);
  }

  private Map<String, String> request(Client client, Turn turn) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_id", client.id());
    if (client.secret() != null) form.put("client_secret", client.secret());
    if (client.app()) {
      form.put("grant_type", "client_credentials");
      form.put("scope", String.join(" ", client.mail()));
      return form;
    }
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", grants.refreshToken(turn.account(), turn.grant()));
    if (!client.google()) form.put("scope", renewed(withReading(client, turn), turn.grant()));
    return form;
  }

  /** Reading stays granted where it was. */
  private static Client withReading(Client client, Turn turn) {
    List<String> reading = Clients.reading(turn.account().connection());
    return Scopes.missing(turn.grant().scopes(), reading).isEmpty()
        ? client.reading(reading)
        : client;
  }

  /** One resource only; large attachments where they were granted. */
  private static String renewed(Client client, Grant grant) {
    boolean drafts = new AccessToken("", grant.scopes(), Instant.EPOCH).allows(Clients.DRAFTS);
    return "offline_access " + String.join(" ", SignInAddress.mail(client, drafts));
  }
}
