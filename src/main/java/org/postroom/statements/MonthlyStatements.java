package org.postroom.statements;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.Right;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations;
import org.postroom.db.Database;
import org.postroom.environment.Environment;
import org.postroom.http.Problem;
import org.postroom.statements.MonthlyRows.Kept;
import org.postroom.statements.StatementRun.State;
import org.springframework.stereotype.Service;

/** Statements that go out every month by themselves. */
@Service
public class MonthlyStatements {
  private static final int SHOWN = 24;
  private final Database database;
  private final Sources sources;
  private final BeginMonths beginMonths;
  private final Audit audit;

  MonthlyStatements(Database database, Sources sources, BeginMonths beginMonths, Audit audit) {
    this.database = database;
    this.sources = sources;
    this.beginMonths = beginMonths;
    this.audit = audit;
  }

  /** Whom it asks. */
  @org.springframework.stereotype.Component
  record Sources(
      Access access, Automations automations, StatementRuns runs, Environment environment) {}

  /**
   * When statements go out next.
   *
   * @param request what the run will ask for
   */
  public record Next(YearMonth month, Instant at, RunRequest request) {
    /** "November 2026". */
    public String words() {
      return MonthlyDay.words(month);
    }
  }

  public MonthlySchedule schedule(String company) {
    return database.read(sql -> MonthlyRows.find(sql, company)).schedule();
  }

  /** The automatic mail's switch. */
  public boolean enabled(String company) {
    return sources.automations().setting(company, Automation.MONTHLY_STATEMENT).enabled();
  }

  /** Empty while it is switched off. */
  public Optional<Next> next(String company) {
    look(company);
    BeginMonths.Due due = beginMonths.next(company);
    if (due == null) return Optional.empty();
    ZoneId zone = sources.access().company(company).timeZone();
    LocalDate day = due.at().atZone(zone).toLocalDate();
    return Optional.of(
        new Next(due.month(), due.at(), schedule(company).request(due.month(), day)));
  }

  /** What became of the months so far, the newest first. */
  public List<MonthlyMonth> months(String company) {
    return database.read(sql -> MonthlyRows.months(sql, company, SHOWN));
  }

  /**
   * Keeps what was settled. A day that is past this month counts from the next one on: nothing is
   * sent because of a change.
   *
   * @param expected the version it was read with; null for any; 412 where it has changed since
   */
  public MonthlySchedule save(Caller caller, MonthlySchedule schedule, @Nullable Long expected) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    String company = caller.company();
    look(company);
    return database.write(sql -> {
      Kept before = MonthlyRows.find(sql, company);
      long version = before.schedule().version();
      Instant since = before.since() == null ? null : sql.now();
      boolean kept =
          (expected == null || expected == version)
              && MonthlyRows.save(sql, company, schedule.at(version), since);
      if (!kept)
        throw Problem.of(
            412, "changed_meanwhile", "Somebody changed this meanwhile. Load it again.");
      audit.record(
          caller,
          "statements.scheduled",
          "monthly_statement",
          MonthlyJson.write(before.schedule()).toString(),
          MonthlyJson.write(schedule).toString());
      return schedule.at(version + 1);
    });
  }

  /** Who would get a statement if it were sent now: a run that waits. */
  public StatementRun preview(Caller caller) {
    String company = caller.company();
    ZoneId zone = sources.access().company(company).timeZone();
    LocalDate today = database.now().atZone(zone).toLocalDate();
    RunRequest request = schedule(company).request(YearMonth.from(today), today);
    return sources.runs().begin(caller, request.dry(true), null);
  }

  /** This month's run, where it was prepared and waits for somebody to start it. */
  public Optional<StatementRun> waiting(Caller caller) {
    return database.read(sql -> MonthlyRows.months(sql, caller.company(), 1)).stream()
        .flatMap(month -> Optional.ofNullable(month.run()).stream())
        .map(run -> sources.runs().get(caller, run))
        .filter(run -> run.state() == State.PLANNED)
        .findFirst();
  }

  /** Begins what is due, of every company. To be called often; may be called by several nodes. */
  public void beginDue() {
    for (Company company : sources.access().companies()) look(company.id());
  }

  /** People look too: on a copy that nobody has said anything about, that begins nothing. */
  private void look(String company) {
    if (sources.environment().muted()) return;
    beginMonths.look(company, enabled(company));
  }
}
