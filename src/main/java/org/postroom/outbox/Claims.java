package org.postroom.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.db.Sql;
import org.postroom.mail.Address;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Outcome.Accepted;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * The sending side of the outbox: claim, mark, settle. Leases end by the database's clock; a claim
 * that is not the newest of its message is not believed.
 */
@Service
public class Claims {
  private final Database database;
  private final ApplicationEventPublisher events;
  private final Turns turns;

  public Claims(Database database, ApplicationEventPublisher events) {
    this.database = database;
    this.events = events;
    this.turns = new Turns(database);
  }

  /** Accounts that have messages waiting, due or not. */
  public List<AccountKey> waitingAccounts() {
    return turns.waiting().stream().map(Turns.Waiting::account).toList();
  }

  /**
   * Takes up to {@code most} messages of the account that are due: what people sent before runs,
   * then by time.
   *
   * @param perMinute the account's limit, 0 for none; counted over the last 60 seconds
   */
  public List<Claim> claim(
      AccountKey account, int most, int perMinute, String node, Duration lease) {
    return claim(account, most, Allowance.perMinute(perMinute), node, lease);
  }

  /** The same within limits. What a day's limit keeps back says when it goes on. */
  public List<Claim> claim(
      AccountKey account, int most, Allowance allowance, String node, Duration lease) {
    return turns.take(new Turns.Ask(account, most, 0, false, allowance, node, lease)).claims();
  }

  /** The finished MIME of a claimed message; empty where it is gone. */
  public Optional<byte[]> content(Claim claim) {
    return database.read(sql -> MessageRows.content(sql, claim.company(), claim.message()));
  }

  /** Extends the leases of claims that are still being worked on. */
  public void renew(Collection<Claim> claims, Duration lease) {
    if (claims.isEmpty()) return;
    database.run(sql -> {
      Instant until = sql.now().plus(lease);
      claims.forEach(claim -> ClaimRows.renew(sql, claim, until));
    });
  }

  /**
   * Writes the mark "being handed over". True after it is durable; false when the claim is lost,
   * and then nothing may be handed over.
   */
  public boolean markHandingOver(Claim claim) {
    return database.write(sql -> ClaimRows.mark(sql, claim, sql.now()));
  }

  /**
   * Asks whoever made the message whether it may still leave. False where it is settled or put back
   * instead, or the claim is lost: then nothing more is done with it. Where some people already
   * have the mail nobody is asked any more: the others get it too.
   */
  public boolean mayLeave(Claim claim, BeforeSending asked) {
    return database.write(sql -> {
      Optional<ClaimRows.Ours> ours = ClaimRows.ours(sql, claim);
      if (ours.isEmpty()) return false;
      if (ours.get().acceptedBefore()) return true;
      return switch (asked.mayLeave(claim.company(), claim.message())) {
        case BeforeSending.Verdict.Go() -> true;
        case BeforeSending.Verdict.Never(String why) -> {
          putBack(sql, claim, MessageState.CANCELLED, sql.now(), why);
          yield false;
        }
        case BeforeSending.Verdict.Later(Instant until, String why) -> {
          putBack(sql, claim, MessageState.QUEUED, until, why);
          yield false;
        }
      };
    });
  }

  /**
   * Settles some recipients of a claimed message before anybody connects for the others: they are
   * not written to, or were served otherwise. Costs no attempt. Joins the caller's transaction.
   *
   * @param replies what each is told, by {@link Address#spec()}
   * @param type of the entry in the timeline, {@code sentence} its words
   * @return what is left to do; empty where the claim is lost, or nobody is left: then the message
   *     is settled, as not sent unless somebody got it
   */
  public Optional<Claim> settleSome(
      Claim claim,
      RecipientState state,
      Map<String, String> replies,
      String type,
      String sentence) {
    return database.write(sql -> {
      Optional<ClaimRows.Ours> ours = ClaimRows.ours(sql, claim);
      if (ours.isEmpty()) return Optional.<Claim>empty();
      Instant now = sql.now();
      replies.forEach((address, reply) ->
          MessageRows.change(
              sql,
              claim.company(),
              claim.message(),
              new Settlement.Change(address, state, reply),
              now));
      HistoryRows.tell(sql, claim.company(), claim.message(), now, type, sentence, null);
      List<Address> left =
          claim.envelope().recipients().stream()
              .filter(recipient -> !replies.containsKey(recipient.spec()))
              .toList();
      if (!left.isEmpty()) return Optional.of(claim.to(left));
      nobodyLeft(sql, claim, ours.get().acceptedBefore(), sentence, now);
      return Optional.<Claim>empty();
    });
  }

  private void nobodyLeft(
      Sql sql, Claim claim, boolean acceptedBefore, String sentence, Instant now) {
    MessageState state = acceptedBefore ? MessageState.SENT : MessageState.NOT_SENT;
    String end =
        state == MessageState.SENT
            ? "Accepted for the others. Nothing came back so far."
            : "Nobody is left to send it to. It was not sent.";
    ClaimRows.putBack(sql, claim, state, now, sentence);
    HistoryRows.tell(
        sql, claim.company(), claim.message(), now, "message." + state.word(), end, null);
    database.afterCommit(
        () -> events.publishEvent(new MessageSettled(claim.company(), claim.message(), state)));
  }

  /** Writes into the timeline of a message in hand. Joins the caller's transaction. */
  public void tell(Claim claim, String type, String sentence) {
    database.run(sql ->
        HistoryRows.tell(sql, claim.company(), claim.message(), sql.now(), type, sentence, null));
  }

  /** Puts a claimed message that was not begun back in line until then. */
  public void postpone(Claim claim, Duration by, String why) {
    database.run(sql -> putBack(sql, claim, MessageState.QUEUED, sql.now().plus(by), why));
  }

  private void putBack(Sql sql, Claim claim, MessageState state, Instant due, String why) {
    ClaimRows.putBack(sql, claim, state, due, why);
    HistoryRows.tell(
        sql, claim.company(), claim.message(), sql.now(), "message." + state.word(), why, null);
    // Back in line is no news for whoever waits for work: its time is still to come.
    if (state.settled())
      database.afterCommit(
          () -> events.publishEvent(new MessageSettled(claim.company(), claim.message(), state)));
  }

  /** Gives back what was claimed and not begun. */
  public void release(Collection<Claim> claims) {
    if (claims.isEmpty()) return;
    database.run(sql -> claims.forEach(claim -> ClaimRows.release(sql, claim)));
  }

  /**
   * Writes the try and what it makes of the message, in one commit. An answer that comes after the
   * lease ended is still believed where nobody else has claimed the message since: it settles what
   * was unclear.
   *
   * @return the new state, or empty when the claim was lost
   */
  public Optional<MessageState> settle(Claim claim, Outcome outcome) {
    return database.write(sql -> {
      ClaimRows.Ours ours = ClaimRows.ours(sql, claim).orElse(null);
      if (ours == null) return Optional.<MessageState>empty();
      Instant now = sql.now();
      Settlement settlement = Settlement.of(claim, outcome, ours.acceptedBefore(), now);
      settlement
          .changes()
          .forEach(
              change -> MessageRows.change(sql, claim.company(), claim.message(), change, now));
      ClaimRows.settle(sql, claim, settlement, now);
      if (!isLostClaim(outcome)) HistoryRows.attempt(sql, claim, ours.tries(), outcome, now);
      tell(sql, claim, settlement, outcome, now);
      return Optional.of(settlement.state());
    });
  }

  /** Takes up what dead nodes left behind: claims whose lease has ended. */
  public int recoverEnded() {
    return recover(sql -> ClaimRows.ended(sql, sql.now()));
  }

  /** Takes up what an earlier life of this node left behind, however long its leases still run. */
  public int recoverOwn(Node node) {
    return recover(sql -> ClaimRows.heldBy(sql, node));
  }

  /** Before the mark a message is queued again, after it nobody knows. */
  private int recover(Function<Sql, List<ClaimRows.Left>> which) {
    int all = 0;
    int some;
    do {
      some = recoverSome(which);
      all += some;
    } while (some == ClaimRows.MOST_LEFT);
    return all;
  }

  private int recoverSome(Function<Sql, List<ClaimRows.Left>> which) {
    return database.write(sql -> {
      Instant now = sql.now();
      List<ClaimRows.Left> left = which.apply(sql);
      left.forEach(one -> recover(sql, one, now));
      return left.size();
    });
  }

  private void recover(Sql sql, ClaimRows.Left left, Instant now) {
    MessageState state = left.handedOver() ? MessageState.UNCLEAR : MessageState.QUEUED;
    String sentence =
        left.handedOver()
            ? "Sending was interrupted while the content was being handed over. Nobody knows whether it arrived."
            : "Sending was interrupted before anything was handed over: back in line.";
    if (left.handedOver()) HistoryRows.interrupted(sql, left, now);
    ClaimRows.recover(sql, left, state, now);
    HistoryRows.tell(
        sql, left.company(), left.message(), now, "message." + state.word(), sentence, null);
    database.afterCommit(
        () -> events.publishEvent(new MessageSettled(left.company(), left.message(), state)));
  }

  private static boolean isLostClaim(Outcome outcome) {
    Failure failure = HistoryRows.failure(outcome);
    return failure != null && failure.kind() == FailureKind.CLAIM_LOST;
  }

  private void tell(Sql sql, Claim claim, Settlement settlement, Outcome outcome, Instant now) {
    Failure failure = HistoryRows.failure(outcome);
    String reply =
        outcome instanceof Accepted accepted
            ? accepted.reply().line()
            : failure == null ? null : failure.reply().line();
    String sentence = Sentences.of(settlement, outcome);
    HistoryRows.tell(
        sql,
        claim.company(),
        claim.message(),
        now,
        "message." + settlement.state().word(),
        sentence,
        reply);
    database.afterCommit(() ->
        events.publishEvent(
            new MessageSettled(claim.company(), claim.message(), settlement.state())));
  }
}
