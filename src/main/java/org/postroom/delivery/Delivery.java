package org.postroom.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.Account.Health;
import org.postroom.accounts.AccountLimitsChanged;
import org.postroom.accounts.AccountRecovered;
import org.postroom.accounts.Accounts;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.environment.Leaving;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Claim;
import org.postroom.outbox.Claims;
import org.postroom.outbox.MessageSettled;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.Outbox;
import org.postroom.outbox.Paces;
import org.postroom.outbox.Turns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * Sends what waits: looks for accounts with waiting messages, keeps their lanes filled, keeps
 * leases alive, takes up what dead nodes left. Any number of nodes may do so on one database.
 */
@Service
public class Delivery implements SmartLifecycle {
  static final Duration LEASE = Duration.ofSeconds(45);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(25);
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final Outbox outbox;
  private final Claims claims;
  private final Turns turns;
  private final Paces paces;
  private final Accounts accounts;
  private final Limits limits;
  private final Database database;
  private final DeliverMessage deliverMessage;
  private final Gate gate;
  private final Node node;
  private final Map<AccountKey, Lane> lanes = new ConcurrentHashMap<>();
  private final Set<AccountKey> troubled = ConcurrentHashMap.newKeySet();
  private final Semaphore work = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;

  Delivery(
      Outbox outbox,
      Claims claims,
      Turns turns,
      Paces paces,
      Accounts accounts,
      Limits limits,
      DeliverMessage deliverMessage,
      Gate gate,
      Database database,
      Node node) {
    this.outbox = outbox;
    this.claims = claims;
    this.turns = turns;
    this.paces = paces;
    this.accounts = accounts;
    this.limits = limits;
    this.database = database;
    this.deliverMessage = deliverMessage;
    this.gate = gate;
    this.node = node;
  }

  @Override
  public void start() {
    running = true;
    recoverOwn();
    threads.add(
        Thread.ofPlatform()
            .daemon()
            .name("delivery-look")
            .start(() -> whileRunning(this::lookForWork)));
    threads.add(
        Thread.ofPlatform()
            .daemon()
            .name("delivery-leases")
            .start(() -> whileRunning(this::keepLeases)));
  }

  /** What an earlier life of this node had in hand, before anything new is begun. */
  private void recoverOwn() {
    turns.leave(node.name());
    int left = claims.recoverOwn(node);
    if (left > 0) LOG.info("Took up {} messages that were under way when Postroom ended", left);
  }

  /** Begins nothing more, lets what is being handed over finish, gives back the rest. */
  @Override
  public void stop() {
    running = false;
    threads.forEach(Thread::interrupt);
    giveBackUnbegun();
    LOG.info("Stopping: {} messages are being handed over, nothing more is begun", underWay());
    long end = System.nanoTime() + GRACE.toNanos();
    while (lanes.values().stream().anyMatch(lane -> !lane.idle()) && System.nanoTime() < end) {
      if (!Pauses.pause(Duration.ofMillis(20))) break;
    }
    giveBackUnbegun(); // what was claimed while we were stopping
    if (lanes.values().stream().allMatch(Lane::idle))
      whereTheDatabaseIs(() -> turns.leave(node.name()));
  }

  /** What is being handed over goes on. */
  private void giveBackUnbegun() {
    List<Claim> unbegun = lanes.values().stream().flatMap(lane -> lane.stop().stream()).toList();
    whereTheDatabaseIs(() -> claims.release(unbegun));
  }

  /** Others take up what cannot be given back, when its leases end. */
  private static void whereTheDatabaseIs(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException databaseAway) {
      LOG.warn("Stopping without the database: {}", databaseAway.toString());
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /**
   * Started last and stopped first: after the web server has stopped taking, before the database
   * closes.
   */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 10_000;
  }

  @EventListener
  void onMessage(MessageSettled settled) {
    if (settled.state() == MessageState.QUEUED && work.availablePermits() == 0) work.release();
  }

  @EventListener
  void onRecovery(AccountRecovered recovered) {
    var key = new AccountKey(recovered.company(), recovered.accountId());
    outbox.releaseFor(key);
    wake(key);
  }

  @EventListener
  void onOtherLimits(AccountLimitsChanged changed) {
    var key = new AccountKey(changed.company(), changed.accountId());
    outbox.reconsider(key);
    wake(key);
  }

  private void wake(AccountKey key) {
    Lane lane = lanes.get(key);
    if (lane != null) lane.wake();
    work.release();
  }

  /** Messages this node has in hand right now. */
  public int underWay() {
    return lanes.values().stream().mapToInt(lane -> lane.held().size()).sum();
  }

  /**
   * Asks once which accounts have something due, then each lane looks for itself. Who must wait, by
   * a limit or a pause, is not even asked until its time.
   */
  private void lookForWork() throws InterruptedException {
    Instant now = database.now();
    Instant next = now.plus(LOOK_AGAIN);
    for (Turns.Waiting waiting : gate.shut() ? List.<Turns.Waiting>of() : turns.waiting()) {
      if (!waiting.byHand() && !waiting.runs()) continue;
      AccountKey key = waiting.account();
      Lane lane = lanes.computeIfAbsent(key, this::lane);
      Instant later = lane.looksAgain(waiting.byHand(), waiting.runs(), now);
      if (later == null && !lane.full()) lane.look(() -> lookAfter(key, lane));
      if (later != null && later.isBefore(next)) next = later;
    }
    Thread.sleep(BETWEEN_LOOKS);
    long rest = Duration.between(now, next).minus(BETWEEN_LOOKS).toMillis();
    work.tryAcquire(Math.max(0, rest), TimeUnit.MILLISECONDS);
    work.drainPermits();
  }

  private void lookAfter(AccountKey key, Lane lane) {
    try {
      look(key, lane);
    } catch (RuntimeException databaseAway) {
      LOG.warn("Account {} cannot be looked after: {}", key.account(), databaseAway.toString());
    }
  }

  private void look(AccountKey key, Lane lane) {
    Optional<Account> found = accounts.find(key.company(), key.account());
    boolean kept = found.isPresent() && gate.keepsAll(key.company());
    String trouble = kept ? null : whyItCannotSend(found.orElse(null));
    if (trouble != null) {
      outbox.holdFor(key, trouble);
      return;
    }
    Account account = found.orElseThrow();
    Instant paused = kept ? null : pausedUntil(account);
    if (paused != null) {
      rest(lane, paused, paused);
      return;
    }
    boolean probe = !kept && account.health().state() == Health.State.PAUSED;
    // After a pause one message finds out whether the account works again; the failures may be
    // another node's.
    if (probe) troubled.add(key);
    lane.fill(probe ? 1 : Math.max(1, account.limits().connections()));
  }

  /** Somebody may change a limit on another node: nobody rests for long without a look. */
  private void rest(Lane lane, @Nullable Instant byHand, @Nullable Instant runs) {
    Instant longest = database.now().plus(LONGEST_REST);
    lane.rest(
        byHand != null && byHand.isAfter(longest) ? longest : byHand,
        runs != null && runs.isAfter(longest) ? longest : runs);
  }

  private static @Nullable String whyItCannotSend(@Nullable Account account) {
    if (account == null) return "The account of this message does not exist any more.";
    if (!account.active()) return "The account “" + account.name() + "” is switched off.";
    if (account.usable()) return null;
    String reason = account.health().reason();
    return "The account “"
        + account.name()
        + "” needs attention. "
        + (reason == null ? "" : reason);
  }

  private @Nullable Instant pausedUntil(Account account) {
    Instant until = account.health().pausedUntil();
    boolean paused =
        account.health().state() == Health.State.PAUSED
            && until != null
            && until.isAfter(database.now());
    return paused ? until : null;
  }

  private Lane lane(AccountKey key) {
    return new Lane(most -> claim(key, most), claim -> deliver(key, claim));
  }

  /** Where all that was taken has none but blocked recipients, more is taken. */
  private List<Claim> claim(AccountKey key, int most) {
    List<Claim> taken;
    List<Claim> open;
    do {
      taken = take(key, most);
      open = gate.open(taken);
    } while (open.isEmpty() && !taken.isEmpty());
    return open;
  }

  /** An account and what may leave through it, of one moment. */
  private record Standing(Optional<Account> account, Leaving leaving) {}

  private Standing standing(AccountKey key) {
    return database.read(sql ->
        new Standing(accounts.find(key.company(), key.account()), gate.leaving(key.company())));
  }

  private List<Claim> take(AccountKey key, int most) {
    Lane lane = lanes.get(key);
    Standing standing = standing(key);
    Account account = standing.account().orElse(null);
    if (account == null || lane == null || standing.leaving() instanceof Leaving.Muted)
      return List.of();
    boolean kept = standing.leaving() instanceof Leaving.Nothing;
    if (!kept && (!account.usable() || pausedUntil(account) != null)) return List.of();
    boolean probe = !kept && account.health().state() == Health.State.PAUSED;
    Turns.Turn turn =
        turns.take(
            new Turns.Ask(key, most, lane.open(), probe, limits.of(account), node.name(), LEASE));
    lane.width(Math.min(turn.width(), account.limits().connections()));
    if (turn.byHandFrom() != null || turn.runsFrom() != null)
      rest(lane, turn.byHandFrom(), turn.runsFrom());
    return turn.claims();
  }

  /**
   * Hands over and judges; gives what settles the message.
   *
   * <p>The account first: once the message is back in line, nobody may try it against a dead
   * server.
   */
  private Runnable deliver(AccountKey key, Claim claim) {
    if (!deliverMessage.stillWanted(claim)) return () -> {};
    long start = System.nanoTime();
    var stages = new Stages();
    Tried tried = deliverMessage.attempt(claim, stages);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    try {
      judge(key, claim, tried);
    } catch (RuntimeException databaseAway) {
      LOG.warn(
          "The state of account {} could not be written: {}",
          key.account(),
          databaseAway.toString());
    }
    return () -> deliverMessage.settle(claim, tried, took, stages);
  }

  private void judge(AccountKey key, Claim claim, Tried tried) {
    SlowDown.of(tried).ifPresent(asked -> slowDown(key, claim, asked));
    switch (AccountTrouble.of(tried)) {
      case AccountTrouble.None ignored -> worked(key);
      case AccountTrouble.Unknown ignored -> {}
      case AccountTrouble.Pause pause -> pause(key, claim, pause);
      case AccountTrouble.SignIn signIn ->
          stopAccount(key, Health.State.NEEDS_SIGN_IN, signIn.why());
      case AccountTrouble.Administrator administrator ->
          stopAccount(key, Health.State.NEEDS_ADMINISTRATOR, administrator.why());
    }
  }

  private void worked(AccountKey key) {
    if (troubled.remove(key)) accounts.repaired(key.company(), key.account());
    else accounts.working(key.company(), key.account());
  }

  private void slowDown(AccountKey key, Claim claim, SlowDown asked) {
    accounts
        .find(key.company(), key.account())
        .ifPresent(account ->
            paces.slowDown(
                key, limits.of(account), claim.claimedAt(), asked.connections(), asked.words()));
  }

  /** Tries that began before the account was known to fail say nothing new. */
  private void pause(AccountKey key, Claim claim, AccountTrouble.Pause pause) {
    troubled.add(key);
    paces
        .failed(key, claim.claimedAt(), inARow -> Pauses.afterFailures(inARow, pause.atLeast()))
        .ifPresent(until ->
            accounts.pauseUntil(
                key.company(),
                key.account(),
                until,
                pause.why().sentence(),
                pause.why().finding()));
    giveBack(key);
  }

  private void stopAccount(AccountKey key, Health.State state, AccountTrouble.Why why) {
    LOG.warn("Account {} cannot send any more: {}", key.account(), why.sentence());
    accounts.needsAttention(key.company(), key.account(), state, why.sentence(), why.finding());
    giveBack(key);
    outbox.holdFor(key, why.sentence());
  }

  private void giveBack(AccountKey key) {
    Lane lane = lanes.get(key);
    if (lane != null) claims.release(lane.drain());
  }

  /** Renews leases, takes up what others left, releases what waits for accounts that work again. */
  private void keepLeases() throws InterruptedException {
    turns.renew(
        lanes.entrySet().stream()
            .filter(lane -> !lane.getValue().idle())
            .map(Map.Entry::getKey)
            .toList(),
        node.name(),
        LEASE);
    claims.renew(lanes.values().stream().flatMap(lane -> lane.held().stream()).toList(), LEASE);
    claims.recoverEnded();
    for (AccountKey key : outbox.heldAccounts()) {
      Optional<Account> account = accounts.find(key.company(), key.account());
      if (account.filter(Account::usable).isPresent()
          || (account.isPresent() && gate.keepsAll(key.company()))) outbox.releaseFor(key);
    }
    holdWhatCannotLeave();
    Thread.sleep(HEARTBEAT);
  }

  /** Also what is not due yet: whoever looks at it shall see that it will not go. */
  private void holdWhatCannotLeave() {
    for (Turns.Waiting waiting : gate.shut() ? List.<Turns.Waiting>of() : turns.waiting()) {
      if (waiting.byHand() || waiting.runs()) continue; // looked after each second
      AccountKey key = waiting.account();
      Optional<Account> account = accounts.find(key.company(), key.account());
      String trouble = whyItCannotSend(account.orElse(null));
      boolean kept = account.isPresent() && gate.keepsAll(key.company());
      if (trouble != null && !kept) outbox.holdFor(key, trouble);
    }
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private void whileRunning(Step step) {
    while (running) {
      try {
        step.run();
      } catch (InterruptedException stopping) {
        return;
      } catch (RuntimeException databaseAway) {
        LOG.warn("Delivery cannot work right now: {}", databaseAway.toString());
        if (!Pauses.pause(LOOK_AGAIN)) return;
      }
    }
  }
}
