package org.postroom.statements;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.http.Slice;
import org.postroom.partners.Partner;
import org.postroom.partners.PartnerFilter;
import org.postroom.partners.Partners;
import org.postroom.receivables.Receivables;
import org.postroom.receivables.Statement;
import org.postroom.statements.StatementRun.Line;
import org.postroom.statements.StatementRun.LineState;
import org.postroom.statements.StatementRun.State;
import org.springframework.stereotype.Component;

/** Looks through a run's customers, a hundred at a time: who will get one, who not and why. */
@Component
class PlanRun {
  static final Duration LEASE = Duration.ofSeconds(60);
  private static final int STEP = 100;
  private final Database database;
  private final Partners partners;
  private final Receivables receivables;
  private final Verdicts verdicts;

  PlanRun(Database database, Partners partners, Receivables receivables, Verdicts verdicts) {
    this.database = database;
    this.partners = partners;
    this.receivables = receivables;
    this.verdicts = verdicts;
  }

  Optional<StatementRun> take(Node node) {
    return database.write(sql -> RunRows.takePlanning(sql, node, sql.now(), sql.now().plus(LEASE)));
  }

  /** To its end, unless somebody stops it; another node goes on where this one died. */
  void plan(StatementRun run) {
    @Nullable String at = run.plannedTo();
    while (true) {
      Step step = step(run, at);
      String before = at;
      boolean mine =
          database.write(sql -> {
            boolean still =
                RunRows.planned(sql, run, before, step.reached(), sql.now().plus(LEASE));
            if (still) LineRows.insert(sql, run, step.lines());
            if (still && step.last()) end(sql, run);
            return still;
          });
      if (!mine || step.last()) return;
      at = step.reached();
    }
  }

  private static void end(org.postroom.db.Sql sql, StatementRun run) {
    State next = run.request().dryRun() ? State.PLANNED : State.RUNNING;
    RunRows.move(sql, run, State.PLANNING, next, sql.now());
  }

  /** The next customers, and where they end. */
  private record Step(List<Line> lines, String reached, boolean last) {}

  private Step step(StatementRun run, @Nullable String at) {
    return run.request().partners().isEmpty() ? all(run, at) : listed(run, at);
  }

  private Step all(StatementRun run, @Nullable String cursor) {
    var filter = new PartnerFilter(run.request().q(), Partner.Type.CUSTOMER);
    Slice<Partner> slice = partners.list(run.company(), filter, STEP, cursor);
    String next = slice.nextCursor();
    return new Step(
        lines(run, slice.data()), next == null ? StatementRun.ALL_SEEN : next, next == null);
  }

  private Step listed(StatementRun run, @Nullable String at) {
    List<String> refs = run.request().partners();
    int from = at == null ? 0 : Integer.parseInt(at);
    int to = Math.min(refs.size(), from + STEP);
    List<Partner> known = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (String ref : refs.subList(from, to))
      partners
          .find(run.company(), ref)
          .ifPresentOrElse(known::add, () -> lines.add(skipped(ref, ref, "", Verdicts.unknown())));
    lines.addAll(lines(run, known));
    boolean last = to == refs.size();
    return new Step(lines, last ? StatementRun.ALL_SEEN : String.valueOf(to), last);
  }

  private List<Line> lines(StatementRun run, List<Partner> customers) {
    return receivables.statements(run.company(), customers, run.request().scope()).stream()
        .map(statement -> line(run, statement))
        .toList();
  }

  private Line line(StatementRun run, Statement statement) {
    Partner partner = statement.partner();
    Verdict verdict = verdicts.of(run, statement);
    if (verdict != null)
      return skipped(partner.ref(), partner.name(), statement.balances(), verdict);
    String recipients = verdicts.recipientWords(run.company(), partner);
    return new Line(
        0,
        partner.ref(),
        partner.name(),
        LineState.WAITING,
        statement.balances(),
        recipients,
        null,
        null,
        null,
        null);
  }

  private static Line skipped(String ref, String name, String balances, Verdict verdict) {
    return new Line(
        0,
        ref,
        name,
        LineState.SKIPPED,
        balances,
        "",
        verdict.code(),
        verdict.reason(),
        null,
        null);
  }
}
