package org.postroom.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postroom.console.Recurring.Work;
import org.postroom.console.TurnRows.Row;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.db.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who does which piece of recurring work now. Nodes agree through one row each: a lease with an end
 * by the database's clock, and a number that makes a node that was away too long not be believed.
 */
final class Turns {
  static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration APART = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final int MOST_SAID = 500;
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
  private final Database database;
  private final Node node;
  private final List<Work> all;
  private final Set<Turn> held = ConcurrentHashMap.newKeySet();

  Turns(Database database, Node node, List<Work> all) {
    this.database = database;
    this.node = node;
    this.all = all;
  }

  /** At start: a row for each, new ones spread over the time after the first minute. */
  void begin() {
    database.run(sql -> {
      TurnRows.giveBack(sql, node);
      Instant first = sql.now().plus(FIRST);
      for (Work work : all) {
        TurnRows.add(sql, work.name(), work.every().first(first));
        first = first.plus(APART);
      }
    });
  }

  /** The piece that has waited longest and that nobody has in hand; empty where nothing is due. */
  Optional<Turn> take() {
    for (Turn due : due()) {
      Optional<Turn> turn = database.write(sql -> take(sql, due));
      turn.ifPresent(held::add);
      if (turn.isPresent()) return turn;
    }
    return Optional.empty();
  }

  /** As far as can be seen without writing; the fences are still those of the last turns. */
  private List<Turn> due() {
    Map<String, Row> rows = database.read(TurnRows::all);
    Instant now = database.now();
    List<Turn> due = new ArrayList<>();
    for (Work work : all) {
      Row row = rows.get(work.name());
      if (row == null || row.isHeld(now)) continue;
      if (!row.nextAt().isAfter(now) || isTooFarOff(work, row.nextAt(), now))
        due.add(new Turn(work, 0, row.nextAt()));
    }
    due.sort(Comparator.comparing(Turn::due));
    return due;
  }

  /** Nothing is ever put off so far: the database's clock was ahead when it was written. */
  private static boolean isTooFarOff(Work work, Instant next, Instant now) {
    return next.isAfter(now.plus(work.every().longest().multipliedBy(2)));
  }

  private Optional<Turn> take(Sql sql, Turn due) {
    Work work = due.work();
    Instant now = sql.now();
    if (isTooFarOff(work, due.due(), now)) {
      TurnRows.dueAt(sql, work.name(), work.every().next(now, now));
      return Optional.empty();
    }
    return TurnRows.take(sql, work.name(), node, now, LEASE)
        .map(fence -> new Turn(work, fence, due.due()));
  }

  /** Does it and says how it went; false where the turn was lost meanwhile. */
  boolean run(Turn turn) {
    String failure = attempt(turn.work());
    boolean believed = database.<Boolean>write(sql -> end(sql, turn, failure));
    held.remove(turn);
    if (!believed) LOG.info("“{}” was taken over by another node meanwhile", turn.work().name());
    return believed;
  }

  /** Null where it went well; a failure is told and ends nothing. */
  private static @Nullable String attempt(Work work) {
    try {
      work.verb().run();
      return null;
    } catch (RuntimeException | LinkageError | StackOverflowError failure) {
      LOG.warn("“{}” failed and is tried again", work.name(), failure);
      String said = String.valueOf(failure);
      return said.length() > MOST_SAID ? said.substring(0, MOST_SAID) : said;
    }
  }

  private static boolean end(Sql sql, Turn turn, @Nullable String failure) {
    Instant now = sql.now();
    Instant next = turn.work().every().next(turn.due(), now);
    if (failure != null) {
      Instant again = now.plus(pause(TurnRows.failures(sql, turn)));
      if (again.isBefore(next)) next = again;
    }
    return TurnRows.end(sql, turn, next, failure, now);
  }

  /** One minute, two, four …; never longer than until it is due anyway. */
  private static Duration pause(long failuresBefore) {
    return FIRST_PAUSE.multipliedBy(1L << Math.min(failuresBefore, 10));
  }

  /** Whoever still works says so before its lease ends. */
  void renew() {
    for (Turn turn : held) {
      boolean ours = database.write(sql -> TurnRows.renew(sql, turn, sql.now().plus(LEASE)));
      if (!ours) held.remove(turn);
    }
  }

  /** At the end: what is not finished by now is another's. */
  void giveBack() {
    if (held.isEmpty()) return;
    database.run(sql -> held.forEach(turn -> TurnRows.release(sql, turn)));
    held.clear();
  }
}
