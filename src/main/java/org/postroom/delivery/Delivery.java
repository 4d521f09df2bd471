package org.postroom.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.Account.Health;
import org.postroom.accounts.AccountLimitsChanged;
import org.postroom.accounts.AccountRecovered;
import org.postroom.accounts.Accounts;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Claim;
import org.postroom.outbox.Claims;
import org.postroom.outbox.MessageSettled;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.Outbox;
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
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(25);
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final Outbox outbox;
  private final Claims claims;
  private final Accounts accounts;
  private final Limits limits;
  private final Database database;
  private final DeliverMessage deliverMessage;
  private final Node node;
  private final Map<AccountKey, Lane> lanes = new ConcurrentHashMap<>();
  private final Map<AccountKey, AtomicInteger> failuresInARow = new ConcurrentHashMap<>();
  private final Semaphore work = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;

  Delivery(
      Outbox outbox,
      Claims claims,
      Accounts accounts,
      Limits limits,
      DeliverMessage deliverMessage,
      Database database,
      Node node) {
    this.outbox = outbox;
    this.claims = claims;
    this.accounts = accounts;
    this.limits = limits;
    this.database = database;
    this.deliverMessage = deliverMessage;
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
    int left = claims.recoverOwn(node);
    if (left > 0) LOG.info("Took up {} messages that were under way when Postroom ended", left);
  }

  /** Begins nothing more, lets what is being handed over finish, gives back the rest. */
  @Override
  public void stop() {
    running = false;
    threads.forEach(Thread::interrupt);
    for (Lane lane : lanes.values()) claims.release(lane.stop());
    LOG.info("Stopping: {} messages are being handed over, nothing more is begun", underWay());
    Instant end = Instant.now().plus(GRACE);
    while (lanes.values().stream().anyMatch(lane -> !lane.idle()) && Instant.now().isBefore(end)) {
      if (!Pauses.pause(Duration.ofMillis(20))) break;
    }
    // What was claimed while we were stopping.
    for (Lane lane : lanes.values()) claims.release(lane.stop());
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
    outbox.releaseFor(new AccountKey(recovered.company(), recovered.accountId()));
    work.release();
  }

  @EventListener
  void onOtherLimits(AccountLimitsChanged changed) {
    outbox.reconsider(new AccountKey(changed.company(), changed.accountId()));
    work.release();
  }

  /** Messages this node has in hand right now. */
  public int underWay() {
    return lanes.values().stream().mapToInt(lane -> lane.held().size()).sum();
  }

  private void lookForWork() throws InterruptedException {
    for (AccountKey key : claims.waitingAccounts()) look(key);
    work.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    work.drainPermits();
  }

  private void look(AccountKey key) {
    Optional<Account> found = accounts.find(key.company(), key.account());
    String trouble = whyItCannotSend(found.orElse(null));
    if (trouble != null) {
      outbox.holdFor(key, trouble);
      return;
    }
    Account account = found.orElseThrow();
    if (paused(account)) return;
    boolean probe = account.health().state() == Health.State.PAUSED;
    // After a pause one message finds out whether the account works again; the failures may be
    // another node's.
    if (probe) failuresInARow.putIfAbsent(key, new AtomicInteger(1));
    int width = probe ? 1 : account.limits().connections();
    lanes.computeIfAbsent(key, this::lane).fill(Math.max(1, width));
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

  private boolean paused(Account account) {
    Instant until = account.health().pausedUntil();
    return account.health().state() == Health.State.PAUSED
        && until != null
        && until.isAfter(database.now());
  }

  private Lane lane(AccountKey key) {
    return new Lane(most -> claim(key, most), claim -> deliver(key, claim));
  }

  private List<Claim> claim(AccountKey key, int most) {
    Optional<Account> account = accounts.find(key.company(), key.account());
    if (account.isEmpty() || !account.get().usable() || paused(account.get())) return List.of();
    boolean probe = account.get().health().state() == Health.State.PAUSED;
    return claims.claim(key, probe ? 1 : most, limits.of(account.get()), node.name(), LEASE);
  }

  /**
   * The account first: once the message is back in line, nobody may try it against a dead server.
   */
  private void deliver(AccountKey key, Claim claim) {
    if (!deliverMessage.stillWanted(claim)) return;
    long start = System.nanoTime();
    Tried tried = deliverMessage.attempt(claim);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    try {
      judge(key, AccountTrouble.of(tried));
    } catch (RuntimeException databaseAway) {
      LOG.warn(
          "The state of account {} could not be written: {}",
          key.account(),
          databaseAway.toString());
    }
    deliverMessage.settle(claim, tried, took);
  }

  private void judge(AccountKey key, AccountTrouble trouble) {
    switch (trouble) {
      case AccountTrouble.None ignored -> worked(key);
      case AccountTrouble.Unknown ignored -> {}
      case AccountTrouble.Pause pause -> pause(key, pause);
      case AccountTrouble.SignIn signIn ->
          stopAccount(key, Health.State.NEEDS_SIGN_IN, signIn.why());
      case AccountTrouble.Administrator administrator ->
          stopAccount(key, Health.State.NEEDS_ADMINISTRATOR, administrator.why());
    }
  }

  private void worked(AccountKey key) {
    if (failuresInARow.remove(key) == null) accounts.working(key.company(), key.account());
    else accounts.repaired(key.company(), key.account());
  }

  private void pause(AccountKey key, AccountTrouble.Pause pause) {
    int inARow = failuresInARow.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet();
    accounts.pauseUntil(
        key.company(),
        key.account(),
        database.now().plus(Pauses.afterFailures(inARow, pause.atLeast())),
        pause.why().sentence(),
        pause.why().finding());
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
    claims.renew(lanes.values().stream().flatMap(lane -> lane.held().stream()).toList(), LEASE);
    claims.recoverEnded();
    for (AccountKey key : outbox.heldAccounts()) {
      if (accounts.find(key.company(), key.account()).filter(Account::usable).isPresent())
        outbox.releaseFor(key);
    }
    Thread.sleep(HEARTBEAT);
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
