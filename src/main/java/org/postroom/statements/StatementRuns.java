package org.postroom.statements;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.statements.StatementRun.Counts;
import org.postroom.statements.StatementRun.Line;
import org.postroom.statements.StatementRun.LineState;
import org.postroom.statements.StatementRun.State;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Statement runs of a company. A run is kept at once and works in the background: it looks through
 * the customers, then, unless it is a dry run, sends. It survives the end of its node, and several
 * nodes share its work.
 */
@Service
public class StatementRuns {
  private final Database database;
  private final ApplicationEventPublisher events;

  StatementRuns(Database database, ApplicationEventPublisher events) {
    this.database = database;
    this.events = events;
  }

  /** A run has something to do; published once that is durable. */
  record RunMoved() {}

  /**
   * Begins a run.
   *
   * @param onceKey for schedules: a run of the same key is this run, whoever begins it again, such
   *     as {@code monthly:2026-11}; null for people
   */
  public StatementRun begin(Caller caller, RunRequest request, @Nullable String onceKey) {
    caller.require(Right.SEND);
    String id = Ids.next("run");
    return database.write(sql -> {
      var run =
          new StatementRun(
              caller.company(),
              id,
              State.PLANNING,
              request,
              caller.name(),
              caller.test(),
              sql.now(),
              null,
              null,
              null,
              new Counts(0, 0, 0, 0));
      if (!RunRows.insert(sql, run, onceKey) && onceKey != null)
        return RunRows.byKey(sql, caller.company(), onceKey).orElseThrow();
      wake();
      return run;
    });
  }

  /** 404 where the company has no such run. */
  public StatementRun get(Caller caller, String id) {
    return database
        .read(sql -> RunRows.find(sql, caller.company(), id))
        .orElseThrow(() -> Problem.notFound("The statement run " + id));
  }

  /** Newest first. */
  public Slice<StatementRun> list(Caller caller, int limit, @Nullable String cursor) {
    String before = Slice.cursor(cursor, "run");
    return database.read(sql ->
        Slice.of(RunRows.list(sql, caller.company(), limit, before), limit, StatementRun::id));
  }

  /** The customers of a run by name; null for every state. */
  public Slice<Line> lines(
      Caller caller, String id, @Nullable LineState state, int limit, @Nullable String cursor) {
    long after = position(cursor);
    return database.read(sql ->
        Slice.of(
            LineRows.list(sql, caller.company(), id, state, limit, after),
            limit,
            line -> String.valueOf(line.position())));
  }

  /** Sends what a dry run found, or goes on with a stopped one. */
  public StatementRun start(Caller caller, String id) {
    caller.require(Right.SEND);
    StatementRun run = get(caller, id);
    database.run(sql -> {
      boolean moved =
          RunRows.move(sql, run, State.PLANNED, State.RUNNING, sql.now())
              || RunRows.move(sql, run, State.STOPPED, after(run), sql.now());
      if (!moved && !run.state().isMoving())
        throw Problem.conflict("run_ended", "This run is done. Begin a new one.");
      if (moved) LineRows.free(sql, run);
      wake();
    });
    return get(caller, id);
  }

  /** What is in the outbox by then goes out; nothing more is made. */
  public StatementRun stop(Caller caller, String id) {
    caller.require(Right.SEND);
    StatementRun run = get(caller, id);
    database.run(sql -> {
      for (State from : List.of(State.PLANNING, State.PLANNED, State.RUNNING))
        if (RunRows.move(sql, run, from, State.STOPPED, sql.now())) return;
    });
    return get(caller, id);
  }

  /** The same again for those alone that could not be made. */
  public StatementRun again(Caller caller, String id) {
    StatementRun run = get(caller, id);
    List<String> failed =
        lines(caller, id, LineState.FAILED, 10_000, null).data().stream()
            .map(Line::partner)
            .toList();
    if (failed.isEmpty())
      throw Problem.conflict("nothing_failed", "Every statement of this run could be made.");
    return begin(caller, run.request().only(failed).dry(false), null);
  }

  /** A run that was stopped while it looked through the customers goes on with that. */
  private static State after(StatementRun run) {
    return StatementRun.ALL_SEEN.equals(run.plannedTo()) ? State.RUNNING : State.PLANNING;
  }

  private void wake() {
    database.afterCommit(() -> events.publishEvent(new RunMoved()));
  }

  private static long position(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) return 0;
    if (!cursor.matches("[0-9]{1,12}"))
      throw Problem.invalid("cursor", "invalid", "This cursor did not come from this list.");
    return Long.parseLong(cursor);
  }
}
