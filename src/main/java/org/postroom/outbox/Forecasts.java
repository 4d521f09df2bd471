package org.postroom.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * When what waits will have left, as far as anybody can know. Counts a hundred thousand entries of
 * an index at most, however much waits; behind that there is no promise.
 */
@Service
public class Forecasts {
  static final int MOST_COUNTED = 100_000;

  /** In a list each account costs a count of its own. */
  private static final int MOST_IN_LISTS = 20_000;

  private static final Duration DAY = Duration.ofDays(1);

  private final Database database;
  private final ObjectProvider<Allowances> allowances;

  public Forecasts(Database database, ObjectProvider<Allowances> allowances) {
    this.database = database;
    this.allowances = allowances;
  }

  /**
   * How an account gets on.
   *
   * @param toGo messages that are due and have not left
   * @param orMore whether there are more than were counted
   * @param doneAbout when the last of them will have left; null where nobody can know
   */
  public record Progress(
      long toGo, boolean orMore, Paces.Speed speed, @Nullable Instant doneAbout) {}

  /** Empty where the account cannot send. */
  public Optional<Progress> of(AccountKey account) {
    return terms(account).map(terms -> database.read(sql -> progress(sql, account, terms)));
  }

  private static Progress progress(Sql sql, AccountKey account, Allowances.Terms terms) {
    Instant now = sql.now();
    Flow flow = flow(sql, account, terms, now);
    long underWay = LimitRows.underWay(sql, account);
    long byHand = ForecastRows.due(sql, account, 0, MOST_COUNTED, now);
    long runs = ForecastRows.due(sql, account, 1, MOST_COUNTED - byHand, now);
    long waiting = byHand + runs;
    boolean orMore = waiting >= MOST_COUNTED;
    Instant done = orMore ? null : flow.after(waiting + underWay, now);
    return new Progress(waiting + underWay, orMore, flow.speed(), done);
  }

  /** When a waiting message will leave; null where it does not wait or nobody can know. */
  public @Nullable Instant of(Message message) {
    return of(List.of(message), MOST_COUNTED).get(message.id());
  }

  /** When waiting messages will leave, by their ids; those nobody can know of are absent. */
  public Map<String, Instant> of(Collection<Message> messages) {
    return of(messages, MOST_IN_LISTS);
  }

  private Map<String, Instant> of(Collection<Message> messages, int most) {
    Map<AccountKey, List<Message>> waiting =
        messages.stream()
            .filter(message ->
                message.state() == MessageState.QUEUED || message.state() == MessageState.DELAYED)
            .collect(Collectors.groupingBy(one -> new AccountKey(one.company(), one.account())));
    Map<String, Instant> expected = new HashMap<>();
    waiting.forEach((account, some) ->
        terms(account)
            .ifPresent(terms ->
                expected.putAll(database.read(sql -> expected(sql, account, terms, some, most)))));
    return expected;
  }

  private Optional<Allowances.Terms> terms(AccountKey account) {
    Allowances known = allowances.getIfAvailable();
    return known == null ? Optional.empty() : known.of(account);
  }

  /** From one of them to the next only what lies between is counted. */
  private static Map<String, Instant> expected(
      Sql sql, AccountKey account, Allowances.Terms terms, List<Message> some, int most) {
    Instant now = sql.now();
    Flow flow = flow(sql, account, terms, now);
    Map<String, Instant> expected = new HashMap<>();
    long underWay = LimitRows.underWay(sql, account);
    long byHand = ForecastRows.due(sql, account, 0, most, now);
    for (boolean bulk : new boolean[] {false, true}) {
      List<Message> due = new ArrayList<>();
      for (Message one : some) {
        if (one.bulk() != bulk) continue;
        if (!ForecastRows.due(one, now)) expected.put(one.id(), one.dueAt());
        else due.add(one);
      }
      due.sort(Comparator.comparing(Message::dueAt).thenComparing(Message::id));
      long before = underWay + (bulk ? byHand : 0);
      Message last = null;
      for (Message one : due) {
        before += ForecastRows.between(sql, account, last, one, most - before);
        if (before >= most) break;
        Instant at = flow.after(before + 1, now);
        if (at != null) expected.put(one.id(), at);
        last = one;
      }
    }
    return expected;
  }

  private static Flow flow(Sql sql, AccountKey account, Allowances.Terms terms, Instant now) {
    Allowance allowance = terms.allowance();
    Pace pace = PaceRows.of(sql, account);
    Paces.Speed speed = Paces.speed(pace, allowance, now);
    long lastMinute = LimitRows.lastMinute(sql, account, now);
    long perDay = allowance.perDay();
    long day = perDay == 0 ? 0 : Turns.usedOfDay(sql, account, pace, allowance, now);
    Instant start = later(later(now, terms.pausedUntil()), speed.resumes());
    return new Flow(speed, start, lastMinute, perDay, Math.max(0, perDay - day));
  }

  private static Instant later(Instant one, @Nullable Instant other) {
    return other != null && other.isAfter(one) ? other : one;
  }

  /**
   * How it goes on.
   *
   * @param lastMinute what left or is leaving
   * @param perDay 0 for no limit
   * @param left of the day's limit
   */
  record Flow(Paces.Speed speed, Instant start, long lastMinute, long perDay, long left) {
    /** When so many more will have left; null where nobody can know. */
    @Nullable Instant after(long messages, Instant now) {
      long perMinute = speed.perMinute() > 0 ? speed.perMinute() : lastMinute;
      if (perMinute == 0) return messages <= speed.connections() ? start : null;
      Instant atThisRate = start.plusMillis(messages * 60_000 / perMinute);
      if (perDay == 0 || messages <= left) return atThisRate;
      // Beyond the day's limit the window gives back as it was used: spread over a day.
      Instant nextDays = start.plusMillis((messages - left) * DAY.toMillis() / perDay);
      return later(atThisRate, nextDays);
    }
  }
}
