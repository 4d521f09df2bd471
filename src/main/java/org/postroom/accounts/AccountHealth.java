package org.postroom.accounts;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account.Health.State;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Writes down how accounts are, and tells others when one stops or comes back. */
@Component
class AccountHealth {
  private static final Duration BETWEEN_SUCCESSES = Duration.ofMinutes(1);
  private static final int REASON_CHARACTERS = 1000;

  private final Database database;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;
  private final Map<String, Instant> successes = new ConcurrentHashMap<>();

  @Autowired
  AccountHealth(Database database, ApplicationEventPublisher events) {
    this(database, events, InstantSource.system());
  }

  /** The clock only decides how often a success is written; what is written is the database's. */
  AccountHealth(Database database, ApplicationEventPublisher events, InstantSource clock) {
    this.database = database;
    this.events = events;
    this.clock = clock;
  }

  void working(String company, String id) {
    Instant now = clock.instant();
    Instant last = successes.get(key(company, id));
    if (last != null && now.isBefore(last.plus(BETWEEN_SUCCESSES))) return;
    successes.put(key(company, id), now);
    database.run(sql -> {
      long written = sql.now().toEpochMilli();
      sql.sql(
              """
              UPDATE accounts SET last_success = :now
              WHERE company_id = :company AND id = :id
                AND (last_success IS NULL OR last_success < :now)\
              """)
          .param("now", written)
          .param("company", company)
          .param("id", id)
          .update();
    });
  }

  void needsAttention(
      String company, String id, State state, String reason, @Nullable String finding) {
    if (!state.needsSomebody())
      throw new IllegalArgumentException(state + " is not a state that needs attention.");
    database.run(sql -> fail(sql, company, id, state, null, reason, finding));
  }

  void pauseUntil(
      String company, String id, Instant until, String reason, @Nullable String finding) {
    database.run(sql -> fail(sql, company, id, State.PAUSED, until, reason, finding));
  }

  /** A pause does not hide that somebody must do something. */
  private void fail(
      Sql sql,
      String company,
      String id,
      State state,
      @Nullable Instant until,
      String reason,
      @Nullable String finding) {
    Account account = AccountRows.findForChange(sql, company, id).orElse(null);
    if (account == null || !account.active()) return;
    State before = account.health().state();
    boolean worse = state != State.PAUSED || before == State.WORKING || before == State.PAUSED;
    Instant now = sql.now();
    successes.remove(key(company, id));
    if (!worse) {
      lastFailure(sql, company, id, now);
      return;
    }
    Instant since =
        before == state && account.health().since() != null ? account.health().since() : now;
    write(
        sql, company, id, new Account.Health(state, since, cut(reason), finding, until, null, now));
    if (state.needsSomebody() && !before.needsSomebody())
      AccountEventRows.insert(
          sql, company, id, AccountEvent.Type.NEEDS_ATTENTION, state, cut(reason), now);
    if (before == State.WORKING) paused(company, id, reason);
  }

  void repaired(String company, String id) {
    database.run(sql -> {
      Account account = AccountRows.findForChange(sql, company, id).orElse(null);
      if (account == null || !account.active()) return;
      if (account.health().state() == State.WORKING) return;
      Instant now = sql.now();
      write(sql, company, id, new Account.Health(State.WORKING, now, null, null, now, null));
      recovered(sql, account);
    });
  }

  /** Somebody signed in: what waited may go. Nothing was sent yet, so it is no success. */
  void connected(String company, String id) {
    database.run(sql -> {
      Account account = AccountRows.findForChange(sql, company, id).orElse(null);
      if (account == null || !account.active()) return;
      if (account.health().state() == State.WORKING) return;
      write(sql, company, id, new Account.Health(State.WORKING, sql.now(), null, null, null, null));
      recovered(sql, account);
    });
  }

  /** A change took the sign-in away: somebody is needed, and what waits stays where it is. */
  void signInLost(Sql sql, Account account) {
    String reason = String.valueOf(account.health().reason());
    AccountEventRows.insert(
        sql,
        account.company(),
        account.id(),
        AccountEvent.Type.NEEDS_ATTENTION,
        account.health().state(),
        reason,
        sql.now());
    paused(account.company(), account.id(), reason);
  }

  /** After the commit, so that whoever hears it finds it so. */
  void paused(String company, String id, String reason) {
    database.afterCommit(() -> events.publishEvent(new AccountPaused(company, id, reason)));
  }

  void limitsChanged(String company, String id) {
    database.afterCommit(() -> events.publishEvent(new AccountLimitsChanged(company, id)));
  }

  /** Writes it down where somebody was needed, and lets go what waits. */
  void recovered(Sql sql, Account before) {
    String company = before.company();
    String id = before.id();
    if (before.health().state().needsSomebody())
      AccountEventRows.insert(
          sql, company, id, AccountEvent.Type.RECOVERED, State.WORKING, null, sql.now());
    database.afterCommit(() -> events.publishEvent(new AccountRecovered(company, id)));
  }

  /** Last success and failure stay where the new health has none. */
  private static void write(Sql sql, String company, String id, Account.Health health) {
    sql.sql(
            """
            UPDATE accounts SET state = :state, state_since = :since, state_reason = :reason,
              finding = :finding, paused_until = :until, last_success = COALESCE(:success, last_success),
              last_failure = COALESCE(:failure, last_failure)
            WHERE company_id = :company AND id = :id\
            """)
        .param("state", health.state().name())
        .param("since", Sql.millis(health.since()), Types.BIGINT)
        .param("reason", health.reason(), Types.VARCHAR)
        .param("finding", health.finding(), Types.VARCHAR)
        .param("until", Sql.millis(health.pausedUntil()), Types.BIGINT)
        .param("success", Sql.millis(health.lastSuccess()), Types.BIGINT)
        .param("failure", Sql.millis(health.lastFailure()), Types.BIGINT)
        .param("company", company)
        .param("id", id)
        .update();
  }

  private static void lastFailure(Sql sql, String company, String id, Instant now) {
    sql.sql("UPDATE accounts SET last_failure = :now WHERE company_id = :company AND id = :id")
        .param("now", now.toEpochMilli())
        .param("company", company)
        .param("id", id)
        .update();
  }

  private static String cut(String reason) {
    return reason.length() <= REASON_CHARACTERS ? reason : reason.substring(0, REASON_CHARACTERS);
  }

  private static String key(String company, String id) {
    return company + "/" + id;
  }
}
