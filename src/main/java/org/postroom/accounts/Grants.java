package org.postroom.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.oauth.TokenAnswer;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.secrets.CannotOpen;
import org.postroom.secrets.Secrets;
import org.springframework.stereotype.Component;

/** Keeps what providers granted: seals, opens, and gives one node at a time the turn to renew. */
@Component
class Grants {
  /** Longer than a provider may take to answer. A node that dies holds up the others so long. */
  static final Duration LEASE = Duration.ofSeconds(45);

  private static final Duration BEFORE_THE_END = Duration.ofMinutes(5);
  private static final Duration BETWEEN_USES = Duration.ofHours(1);

  private final Database database;
  private final Secrets secrets;

  Grants(Database database, Secrets secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /** A grant as it lay there at a moment of the database's clock. */
  record Seen(Grant grant, Instant at) {}

  /** The turn to renew, until somebody else may have it. */
  record Turn(Account account, Grant grant, String me) {}

  /** How it lies there; looking is no use of it. */
  Grant find(Account account) {
    return database.read(sql -> GrantRows.find(sql, account.company(), account.id()));
  }

  /** To use it. */
  Seen look(Account account) {
    Seen seen =
        database.read(
            sql -> new Seen(GrantRows.find(sql, account.company(), account.id()), sql.now()));
    noteUse(account, seen);
    return seen;
  }

  /** By account. */
  Map<String, Grant> ofCompany(String company) {
    return database.read(sql -> GrantRows.ofCompany(sql, company));
  }

  /** Empty where another node has the turn, or has just renewed. */
  Optional<Turn> turn(Account account, Seen seen) {
    if (seen.grant().leased(seen.at())) return Optional.empty();
    String me = Ids.next("lease");
    boolean mine =
        database.write(sql -> {
          GrantRows.make(sql, account.company(), account.id());
          Instant ends = sql.now().plus(LEASE);
          return GrantRows.lease(
              sql, account.company(), account.id(), me, seen.grant().version(), ends);
        });
    return mine ? Optional.of(new Turn(account, seen.grant(), me)) : Optional.empty();
  }

  /**
   * Keeps a renewal's answer before anybody uses it. False where a newer grant lies there: then the
   * answer is forgotten.
   */
  boolean renewed(Turn turn, TokenAnswer.Granted granted) {
    Account account = turn.account();
    Set<String> scopes = granted.scopes() == null ? turn.grant().scopes() : granted.scopes();
    return database.write(sql -> {
      Instant now = sql.now();
      return GrantRows.renewed(
          sql,
          account.company(),
          account.id(),
          turn.grant().version(),
          fresh(account, granted, scopes, now),
          now);
    });
  }

  /** Forgets everything; what was there before. */
  Grant wipe(Account account) {
    return database.write(sql -> {
      Grant before = GrantRows.find(sql, account.company(), account.id());
      GrantRows.wipe(sql, account.company(), account.id());
      return before;
    });
  }

  void approval(Account account, Grant.Approval approval) {
    database.run(sql -> GrantRows.approval(sql, account.company(), account.id(), approval));
  }

  /** In the caller's transaction: what a person's sign-in gave. */
  void signedIn(
      Sql sql,
      Account account,
      TokenAnswer.Granted granted,
      Set<String> scopes,
      @Nullable String who) {
    Instant now = sql.now();
    GrantRows.signedIn(
        sql, account.company(), account.id(), fresh(account, granted, scopes, now), who, now);
  }

  void quiet(Turn turn, Duration pause, String reason) {
    Account account = turn.account();
    String shorter = reason.length() > 500 ? reason.substring(0, 500) : reason;
    database.run(sql ->
        GrantRows.quiet(
            sql, account.company(), account.id(), turn.me(), sql.now().plus(pause), shorter));
  }

  /**
   * The provider said no. False where somebody has signed in meanwhile, so that it means nothing.
   *
   * @param dead whether the grant itself is at an end, so that its tokens are forgotten
   * @param also in the same transaction
   */
  boolean refused(Turn turn, boolean dead, Runnable also) {
    Account account = turn.account();
    return database.write(sql -> {
      GrantRows.release(sql, account.company(), account.id(), turn.me());
      Grant now = GrantRows.find(sql, account.company(), account.id());
      if (now.version() != turn.grant().version()) return false;
      if (dead) GrantRows.wipe(sql, account.company(), account.id());
      also.run();
      return true;
    });
  }

  AccessToken access(Account account, Grant grant) {
    return new AccessToken(
        opened(account, "access_token", grant.accessToken()),
        grant.scopes(),
        grant.accessEnds() == null ? Instant.EPOCH : grant.accessEnds());
  }

  String refreshToken(Account account, Grant grant) {
    return opened(account, "refresh_token", grant.refreshToken());
  }

  private String opened(Account account, String field, @Nullable String sealed) {
    try {
      return sealed == null ? "" : secrets.open(place(account, field), sealed);
    } catch (CannotOpen closed) {
      throw new AccountUnusable(
          "The sign-in of “" + account.name() + "” cannot be used. " + closed.getMessage());
    }
  }

  /** A short-lived token is renewed when a fifth of its life is left. */
  private GrantRows.Fresh fresh(
      Account account, TokenAnswer.Granted granted, Set<String> scopes, Instant now) {
    Duration fifth = granted.lasts().dividedBy(5);
    Duration early = fifth.compareTo(BEFORE_THE_END) < 0 ? fifth : BEFORE_THE_END;
    Instant ends = now.plus(granted.lasts());
    String refresh = granted.refreshToken();
    return new GrantRows.Fresh(
        secrets.seal(place(account, "access_token"), granted.accessToken()),
        ends,
        ends.minus(early),
        refresh == null ? null : secrets.seal(place(account, "refresh_token"), refresh),
        String.join(" ", scopes));
  }

  private void noteUse(Account account, Seen seen) {
    Instant last = seen.grant().lastUsed();
    boolean lately = last != null && seen.at().isBefore(last.plus(BETWEEN_USES));
    if (!seen.grant().connected() || lately) return;
    database.run(sql -> GrantRows.used(sql, account.company(), account.id(), sql.now()));
  }

  private static String place(Account account, String field) {
    return Secrets.place("account_grants", account.company(), account.id(), field);
  }
}
