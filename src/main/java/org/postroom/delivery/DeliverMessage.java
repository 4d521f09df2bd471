package org.postroom.delivery;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountUnusable;
import org.postroom.accounts.Accounts;
import org.postroom.db.DatabaseAway;
import org.postroom.findings.Finding;
import org.postroom.findings.Findings;
import org.postroom.findings.Symptom;
import org.postroom.outbox.BeforeSending;
import org.postroom.outbox.Claim;
import org.postroom.outbox.Claims;
import org.postroom.outbox.MessageState;
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
import org.springframework.stereotype.Component;

/** One claimed message: find the account, hand over, settle. */
@Component
final class DeliverMessage {
  private static final Logger LOG = LoggerFactory.getLogger(DeliverMessage.class);

  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private final Claims claims;
  private final Accounts accounts;
  private final Transports transports;
  private final Findings findings;
  private final Meters meters;
  private final List<BeforeSending> asked;
  private volatile boolean ending;

  DeliverMessage(
      Claims claims,
      Accounts accounts,
      Transports transports,
      Findings findings,
      Meters meters,
      List<BeforeSending> asked) {
    this.asked = List.copyOf(asked);
    this.claims = claims;
    this.accounts = accounts;
    this.transports = transports;
    this.findings = findings;
    this.meters = meters;
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

  /** Tries once; what came of it is not written down yet. */
  Tried attempt(Claim claim) {
    var hand = new Hand(claim);
    try {
      Optional<Account> account = accounts.find(claim.company(), claim.account());
      if (account.isEmpty())
        return unusable("The account of this message does not exist any more.");
      var submission =
          new Submission(claim.envelope(), claims.content(claim), claim.message());
      return submit(account.get(), submission, hand);
    } catch (AccountUnusable trouble) {
      return unusable(trouble);
    } catch (DatabaseAway away) {
      LOG.warn("Sending {} stopped: {}", claim.message(), away.getMessage());
      return hand.over ? lost(away) : notBegun(away);
    } catch (RuntimeException ourMistake) {
      LOG.error("Sending {} failed inside Postroom", claim.message(), ourMistake);
      return hand.over ? lost(ourMistake) : broken(ourMistake);
    }
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
    return new Tried(last, finding(login, last));
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
  void settle(Claim claim, Outcome outcome, Duration took) {
    settled(claim, outcome).ifPresent(state -> meters.tried(claim.account(), outcome, took, state));
  }

  /**
   * Without a settled row nothing is known: the database may be away for minutes, the answer must
   * not be.
   */
  private Optional<MessageState> settled(Claim claim, Outcome outcome) {
    Duration pause = Duration.ofMillis(200);
    while (true) {
      try {
        return claims.settle(claim, outcome);
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
  private static Tried notBegun(DatabaseAway away) {
    return new Tried(
        new Outcome.Deferred(
            new Failure(
                FailureKind.CLAIM_LOST,
                Stage.RESOLVE,
                Scope.MESSAGE,
                Reply.none(String.valueOf(away.getMessage())))));
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
    private boolean over;

    Hand(Claim claim) {
      this.claim = claim;
    }

    @Override
    public boolean mayHandOver() {
      over = claims.markHandingOver(claim);
      return over;
    }
  }
}
