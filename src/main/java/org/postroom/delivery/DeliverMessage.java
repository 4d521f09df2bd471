package org.postroom.delivery;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountUnusable;
import org.postroom.accounts.Accounts;
import org.postroom.db.Database;
import org.postroom.db.DatabaseAway;
import org.postroom.environment.Leaving;
import org.postroom.environment.TestModes;
import org.postroom.findings.Finding;
import org.postroom.findings.Findings;
import org.postroom.findings.Symptom;
import org.postroom.mail.Address;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.BeforeSending;
import org.postroom.outbox.Claim;
import org.postroom.outbox.Claims;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.Outbox;
import org.postroom.suppression.AddressFailure;
import org.postroom.suppression.Suppressions;
import org.postroom.transport.Conversation;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;
import org.postroom.transport.Submission;
import org.postroom.transport.Transports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** One claimed message: find the account, hand over, settle. */
@Component
final class DeliverMessage {
  private static final Logger LOG = LoggerFactory.getLogger(DeliverMessage.class);

  /** Origin of mail that somebody lets out of Caught mail, to one address they named. */
  static final String RELEASED = "release";

  private static final Duration PROOF = Duration.ofDays(30);

  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private final Outbox outbox;
  private final Claims claims;
  private final Accounts accounts;
  private final Transports transports;
  private final Findings findings;
  private final Meters meters;
  private final List<BeforeSending> asked;
  private final TestModes modes;
  private final TestRoad testRoad;
  private final Suppressions suppressions;
  private final Database database;
  private final TellOfTries told;
  private volatile boolean ending;

  // More than four: everything a message meets on its way out is asked here.
  DeliverMessage(
      Outbox outbox,
      Claims claims,
      Accounts accounts,
      Transports transports,
      Findings findings,
      Meters meters,
      List<BeforeSending> asked,
      TestModes modes,
      TestRoad testRoad,
      Suppressions suppressions,
      Database database,
      TellOfTries told) {
    this.told = told;
    this.asked = List.copyOf(asked);
    this.outbox = outbox;
    this.claims = claims;
    this.accounts = accounts;
    this.transports = transports;
    this.findings = findings;
    this.meters = meters;
    this.modes = modes;
    this.testRoad = testRoad;
    this.suppressions = suppressions;
    this.database = database;
  }

  /**
   * Whether it is still wanted. What cannot be found out right now waits a little: rather late than
   * wrong.
   */
  boolean stillWanted(Claim claim) {
    try {
      return asked.stream()
          .filter(one -> one.originKind().equals(claim.origin()))
          .allMatch(one -> claims.mayLeave(claim, one));
    } catch (RuntimeException ourMistake) {
      LOG.error("Whether {} is still wanted cannot be found out", claim.message(), ourMistake);
      return later(claim);
    }
  }

  private boolean later(Claim claim) {
    try {
      claims.postpone(claim, ASK_AGAIN, "Postroom could not find out whether it is still wanted.");
    } catch (RuntimeException databaseAway) {
      LOG.debug("Its lease ends by itself", databaseAway);
    }
    return false;
  }

  /**
   * Tries once; what came of it is not written down yet. What may leave is found out here, at the
   * last moment, and once more with the mark.
   */
  Tried attempt(Claim claim, Stages stages) {
    try (var _ = MDC.putCloseable("message_id", claim.message())) {
      Known known = known(claim);
      if (known.account().isEmpty())
        return unusable("The account of this message does not exist any more.");
      Account account = known.account().get();
      // What test mode keeps does not need the account.
      if (!(known.leaving() instanceof Leaving.Nothing) && pausedMeanwhile(account))
        return notBegun("The account was paused meanwhile.");
      return attempt(account, known, new Hand(claim, known.leaving(), stages));
    } catch (DatabaseAway away) {
      return notBegun(String.valueOf(away.getMessage()));
    }
  }

  /** What is needed to begin, of one moment. */
  private record Known(Optional<Account> account, Leaving leaving, Optional<byte[]> content) {}

  private Known known(Claim claim) {
    return database.read(sql ->
        new Known(
            accounts.find(claim.company(), claim.account()),
            leaving(claim),
            claims.content(claim)));
  }

  /** Claimed just before another worker found the server dead: it is not asked once more. */
  private boolean pausedMeanwhile(Account account) {
    Instant until = account.health().pausedUntil();
    return account.health().state() == Account.Health.State.PAUSED
        && until != null
        && until.isAfter(database.now());
  }

  private Tried attempt(Account account, Known known, Hand hand) {
    Claim claim = hand.claim;
    try {
      return byMode(account, known, hand);
    } catch (AccountUnusable trouble) {
      return unusable(trouble);
    } catch (TestRoad.ClaimLost lost) {
      return notOurs();
    } catch (DatabaseAway away) {
      LOG.warn("Sending {} stopped: {}", claim.message(), away.getMessage());
      return hand.over ? lost(away) : notBegun(String.valueOf(away.getMessage()));
    } catch (RuntimeException ourMistake) {
      LOG.error("Sending {} failed inside Postroom", claim.message(), ourMistake);
      return hand.over ? lost(ourMistake) : broken(ourMistake);
    }
  }

  private Leaving leaving(Claim claim) {
    return modes.leaving(claim.company(), claim.origin().equals(RELEASED));
  }

  private Tried byMode(Account account, Known known, Hand hand) {
    if (hand.leaving instanceof Leaving.Muted) return notOurs();
    Claim claim = hand.claim;
    byte[] content =
        known
            .content()
            .orElseThrow(
                () -> new IllegalStateException("The content of " + claim.message() + " is gone."));
    var whole = new Submission(claim.envelope(), content, claim.message());
    if (hand.leaving instanceof Leaving.Redirected(Address to)) {
      Tried tried = submit(account, TestRoad.redirected(whole, to), hand);
      return new Tried(
          TestRoad.saidOfAll(tried.outcome(), to),
          tried.finding(),
          List.of(),
          false,
          TestRoad.sentElsewhere(claim, to));
    }
    List<Address> caught =
        claim.envelope().recipients().stream().filter(one -> !hand.leaving.reaches(one)).toList();
    if (caught.isEmpty()) return submit(account, whole, hand);
    if (caught.size() == claim.envelope().recipients().size()) return caught(account, whole, hand);
    Claim left = testRoad.keep(claim, content, caught).orElseThrow();
    return submit(account, new Submission(left.envelope(), content, claim.message()), hand);
  }

  private Tried caught(Account account, Submission submission, Hand hand) {
    var here = new Login.Local(account.company(), account.id());
    Outcome outcome = transports.submit(submission, here, hand);
    return new Tried(TestRoad.caught(outcome), null, List.of(), true, TestRoad.CAUGHT);
  }

  /**
   * With a renewed token once more, where the server refused a token that should have been good.
   */
  private Tried submit(Account account, Submission submission, Hand hand) {
    Login login = accounts.login(account);
    Outcome first = transports.submit(submission, login, hand);
    Optional<Login> again =
        signInRefused(first) ? accounts.loginAgain(account, login) : Optional.empty();
    Outcome last = again.isEmpty() ? first : transports.submit(submission, again.get(), hand);
    return new Tried(last, finding(login, last), addresses(hand.claim, login, last), false, null);
  }

  /** A server that took nothing for weeks may be the wrong one altogether: it proves nothing. */
  private List<AddressFailure> addresses(Claim claim, Login login, Outcome outcome) {
    if (outcome.refused().isEmpty()) return List.of();
    Instant now = database.now();
    List<AddressFailure> failures = AddressTrouble.of(claim, outcome, login, findings, now);
    if (failures.isEmpty() || outcome instanceof Outcome.Accepted) return failures;
    var account = new AccountKey(claim.company(), claim.account());
    return outbox.tookMailSince(account, now.minus(PROOF)) ? failures : List.of();
  }

  /** Then nothing was taken: sending again cannot make a second mail of it. */
  static boolean signInRefused(Outcome outcome) {
    Failure failure = Tried.refusal(outcome);
    return failure != null
        && failure.kind() == FailureKind.SIGN_IN_REFUSED
        && outcome.refused().isEmpty();
  }

  private @Nullable Finding finding(Login login, Outcome outcome) {
    Failure failure = Tried.refusal(outcome);
    return failure == null ? null : findings.explain(Symptom.of(login, failure));
  }

  /** Writes down what came of it, and counts it. */
  void settle(Claim claim, Tried tried, Duration took, Stages stages) {
    try (var _ = MDC.putCloseable("message_id", claim.message())) {
      settled(claim, tried)
          .ifPresent(state -> {
            meters.tried(claim.account(), tried.outcome(), took, state);
            told.told(claim, tried.outcome(), took, state, stages);
          });
    }
  }

  /**
   * Without a settled row nothing is known: the database may be away for minutes, the answer must
   * not be.
   */
  private Optional<MessageState> settled(Claim claim, Tried tried) {
    Duration pause = Duration.ofMillis(200);
    while (true) {
      try {
        return written(claim, tried);
      } catch (RuntimeException databaseAway) {
        LOG.warn(
            "The outcome of {} could not be written yet: {}",
            claim.message(),
            databaseAway.toString());
        if (ending || !Pauses.pause(pause)) return Optional.empty();
        pause =
            pause.multipliedBy(2).compareTo(Duration.ofSeconds(10)) > 0
                ? Duration.ofSeconds(10)
                : pause.multipliedBy(2);
      }
    }
  }

  private Optional<MessageState> written(Claim claim, Tried tried) {
    boolean noted = tried.note() != null && tried.outcome() instanceof Outcome.Accepted;
    if (!noted && tried.addresses().isEmpty()) return claims.settle(claim, tried.outcome());
    return database.write(sql -> {
      Optional<MessageState> state = claims.settle(claim, tried.outcome());
      if (state.isEmpty()) return state;
      tried.addresses().forEach(suppressions::failed);
      if (noted) claims.tell(claim, TestRoad.EVENT, String.valueOf(tried.note()));
      return state;
    });
  }

  /** The grace is over: what is not written down by now is unclear when its lease ends. */
  @PreDestroy
  void end() {
    ending = true;
  }

  /** What passes by itself pauses the account; the rest waits until somebody acts. */
  private static Tried unusable(AccountUnusable trouble) {
    String why = String.valueOf(trouble.getMessage());
    Optional<Duration> pause = trouble.passesIn();
    if (pause.isEmpty()) return unusable(why);
    return new Tried(
        new Outcome.Deferred(
            new Failure(
                FailureKind.SIGN_IN_UNAVAILABLE,
                Stage.AUTHENTICATE,
                Scope.ACCOUNT,
                Reply.none(why),
                pause.get())));
  }

  private static Tried unusable(String why) {
    return new Tried(
        new Outcome.Rejected(
            new Failure(
                FailureKind.ACCOUNT_UNUSABLE, Stage.RESOLVE, Scope.ACCOUNT, Reply.none(why))));
  }

  /** Neither the message's fault nor the account's: back in line, at no cost. */
  private static Tried notBegun(String why) {
    return new Tried(
        new Outcome.Deferred(
            new Failure(FailureKind.CLAIM_LOST, Stage.RESOLVE, Scope.MESSAGE, Reply.none(why))));
  }

  private static Tried broken(RuntimeException mistake) {
    return new Tried(
        new Outcome.Deferred(
            new Failure(
                FailureKind.PROTOCOL_BROKEN,
                Stage.CONNECT,
                Scope.MESSAGE,
                Reply.none("Postroom could not send it: " + mistake))));
  }

  private static Tried notOurs() {
    return new Tried(
        new Outcome.Deferred(
            new Failure(
                FailureKind.CLAIM_LOST,
                Stage.CONTENT,
                Scope.MESSAGE,
                Reply.none("The message was no longer ours to hand over."))));
  }

  private static Tried lost(RuntimeException mistake) {
    return new Tried(
        new Outcome.Unclear(
            new Failure(
                FailureKind.ANSWER_LOST,
                Stage.CONTENT,
                Scope.MESSAGE,
                Reply.none("Postroom failed while handing over: " + mistake))));
  }

  /** Writes the mark before the content goes, and remembers that it did. */
  private final class Hand implements Conversation {
    private final Claim claim;
    private final Leaving leaving;
    private final Stages stages;
    private boolean over;

    Hand(Claim claim, Leaving leaving, Stages stages) {
      this.claim = claim;
      this.leaving = leaving;
      this.stages = stages;
    }

    @Override
    public void passed(Stage stage, String evidence, Duration took) {
      stages.passed(stage, took);
    }

    @Override
    public boolean mayHandOver() {
      over = database.write(sql -> leaving(claim).equals(leaving) && claims.markHandingOver(claim));
      return over;
    }
  }
}
