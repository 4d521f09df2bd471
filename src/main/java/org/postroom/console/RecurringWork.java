package org.postroom.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.console.Recurring.Work;
import org.postroom.console.TurnRows.Row;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.springframework.stereotype.Service;

/** What runs by itself, for people to look at and to hurry. */
@Service
public class RecurringWork {
  private static final long WORTH_TELLING = 3;
  private final Database database;
  private final Recurring recurring;
  private final RecurringThreads threads;
  private final Audit audit;

  RecurringWork(Database database, Recurring recurring, RecurringThreads threads, Audit audit) {
    this.database = database;
    this.recurring = recurring;
    this.threads = threads;
    this.audit = audit;
  }

  /** All of it, by name. */
  public List<RunByItself> all() {
    return database.read(sql -> {
      Instant now = sql.now();
      Map<String, Row> rows = TurnRows.all(sql);
      return recurring.all().stream()
          .filter(work -> rows.containsKey(work.name()))
          .map(work -> of(work, rows.get(work.name()), now))
          .toList();
    });
  }

  /** What has failed again and again, so that somebody should look. */
  public List<RunByItself> failing() {
    return all().stream().filter(work -> work.failures() >= WORTH_TELLING).toList();
  }

  /** Due at once, on whichever node is free first; what runs already goes on. */
  public void runNow(Caller caller, String name) {
    caller.require(Right.MANAGE_PEOPLE);
    if (recurring.all().stream().noneMatch(work -> work.name().equals(name)))
      throw Problem.notFound("The work “" + name + "”");
    database.run(sql -> {
      TurnRows.dueAt(sql, name, sql.now());
      audit.record(caller, "work.hurried", name, null, null);
    });
    threads.lookNow();
  }

  private static RunByItself of(Work work, @Nullable Row row, Instant now) {
    if (row == null) throw new IllegalStateException("No row for " + work.name());
    return new RunByItself(
        work.name(),
        work.every().words(),
        row.nextAt(),
        row.isHeld(now),
        row.startedAt(),
        row.endedAt(),
        "failed".equals(row.result()),
        row.said(),
        row.node(),
        row.failures());
  }
}
