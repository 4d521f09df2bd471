package org.postroom.reminders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.Right;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations;
import org.postroom.calendar.Calendar;
import org.postroom.db.Database;
import org.postroom.documents.OpenInvoice;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.partners.Recipients;
import org.postroom.reminders.NextRun.Item;
import org.postroom.reminders.NextRun.Line;
import org.postroom.reminders.Standings.Moment;
import org.postroom.templates.Template;
import org.postroom.templates.Templates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Reminders of invoices: the plan of each company, what would go next, what went. They go for
 * companies whose automatic mail {@link Automation#OVERDUE_REMINDER} is switched on.
 */
@Service
public class Reminders {
  private static final int MOST_LINES = 1000;
  private static final Logger LOG = LoggerFactory.getLogger(Reminders.class);

  private final Database database;
  private final Needs needs;
  private final LookThrough look;
  private final SendReminders sendReminders;

  Reminders(Database database, Needs needs, LookThrough look, SendReminders sendReminders) {
    this.database = database;
    this.needs = needs;
    this.look = look;
    this.sendReminders = sendReminders;
  }

  /** What reminders ask others. */
  @org.springframework.stereotype.Component
  record Needs(
      Access access,
      Automations automations,
      Calendar calendar,
      Templates templates,
      Audit audit) {}

  /** The company's plan; the suggested one, version 0, where nothing was settled. */
  public ReminderPlan plan(String company) {
    return database.read(sql -> PlanRows.of(sql, company));
  }

  /**
   * Settles another plan. Invoices stay where they are on the ladder.
   *
   * @param expected the version it was read with; null for any
   * @throws Problem 422 where a template is none for reminders; 412 where somebody changed it
   *     meanwhile; 403 without the right to manage automations
   */
  public ReminderPlan change(Caller caller, ReminderPlan plan, @Nullable Long expected) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    String company = caller.company();
    // Whatever way it came, it is read as strictly.
    ReminderPlan wanted = PlanJson.stored(PlanJson.content(plan));
    checkTemplates(company, wanted);
    return database.write(sql -> {
      ReminderPlan before = PlanRows.of(sql, company);
      ReminderPlan kept = wanted.at(before.version() + 1);
      boolean other = expected != null && expected != before.version();
      if (other || !PlanRows.save(sql, caller, kept, sql.now()))
        throw Problem.of(
            412, "changed_meanwhile", "Somebody changed this meanwhile. Load it again.");
      needs
          .audit()
          .record(
              caller,
              "reminders.changed",
              company,
              PlanJson.content(before),
              PlanJson.content(kept));
      return kept;
    });
  }

  /** What would go next by the company's plan, switched on or not. */
  public NextRun nextRun(String company) {
    return nextRun(company, plan(company));
  }

  /** What would go next by another plan, before it is settled. Reads only. */
  public NextRun nextRun(String company, ReminderPlan plan) {
    Instant when = needs.calendar().next(company, plan.time(), database.now());
    Moment at = look.moment(company, plan, when);
    int made = database.read(sql -> MailRows.onDay(sql, company, at.today()));
    var dry = new Dry(at, plan.mostPerDay() - made);
    look.through(at, database.read(sql -> WorkRows.after(sql, company)), dry);
    Why pause = look.pause(at);
    boolean on = isOn(company);
    return new NextRun(
        on,
        when,
        pause == null ? null : pause.sentence(),
        dry.lines,
        dry.mails,
        dry.invoices,
        dry.keptBack);
  }

  /**
   * The ERP has told nothing about payments for long.
   *
   * @param pauses whether reminders wait because of it
   */
  public record Silence(long days, boolean pauses) {}

  /** By what the plan calls long; empty where it told lately, or never did. */
  public Optional<Silence> silence(String company) {
    ReminderPlan plan = plan(company);
    Moment at = look.moment(company, plan, database.now());
    boolean pauses = isOn(company) && plan.pausesWhenErpSilent();
    return look.silentDays(at).map(days -> new Silence(days, pauses));
  }

  /** What became of steps, newest first. */
  public Slice<Reminded> history(
      String company, Reminded.Filter filter, int limit, @Nullable String cursor) {
    String before = Slice.cursor(cursor, "rmh");
    return database.read(sql ->
        Slice.of(HistoryRows.list(sql, company, filter, limit, before), limit, Reminded::id));
  }

  /**
   * The recurring verb: looks at all companies once and sends what is due. Any number of nodes may
   * call it at any time; once a minute is plenty.
   */
  public void run() {
    for (Company company : needs.access().companies()) {
      try {
        run(company.id());
      } catch (RuntimeException failure) {
        // The others still get theirs; the lease ends by itself and it is tried again.
        LOG.error("Reminders of {} could not be sent right now", company.id(), failure);
      }
    }
  }

  private void run(String company) {
    sendReminders.recheck(company);
    if (isOn(company)) sendReminders.run(company);
  }

  private boolean isOn(String company) {
    return needs.automations().setting(company, Automation.OVERDUE_REMINDER).enabled();
  }

  private void checkTemplates(String company, ReminderPlan plan) {
    for (int i = 0; i < plan.steps().size(); i++) {
      String id = plan.steps().get(i).template();
      if (id == null) continue;
      String purpose = needs.templates().find(company, id, null).map(Template::purpose).orElse("");
      if (!purpose.equals("reminder"))
        throw Problem.invalid(
            "/steps/" + i + "/template",
            "unknown_value",
            "There is no such template for reminders.");
    }
  }

  /** Collects what a run would do. */
  private final class Dry implements LookThrough.Each {
    private final Moment at;
    private final List<Line> lines = new ArrayList<>();
    private int room;
    private int mails;
    private int invoices;
    private int keptBack;

    Dry(Moment at, int room) {
      this.at = at;
      this.room = room;
    }

    @Override
    public boolean customer(Standing standing, Decision decision) {
      for (List<Item> mail : decision.mails()) {
        boolean goes = room-- > 0;
        if (goes) mails++;
        if (goes) invoices += mail.size();
        else keptBack += mail.size();
        add(standing, mail, goes ? null : SendReminders.mostOfDay(at));
      }
      Map<Why, List<Item>> kept =
          decision.kept().stream()
              .collect(
                  Collectors.groupingBy(
                      each -> room < 0 ? SendReminders.whenFull(at, each.why()) : each.why(),
                      java.util.LinkedHashMap::new,
                      Collectors.mapping(Decision.Kept::item, Collectors.toList())));
      kept.forEach((why, items) -> add(standing, items, why));
      keptBack += decision.kept().size();
      for (Decision.Passed passed : decision.passed()) passed(standing, passed);
      return true;
    }

    private void passed(Standing standing, Decision.Passed passed) {
      keptBack++;
      standing.invoices().stream()
          .filter(invoice -> invoice.number().equals(passed.invoice()))
          .findFirst()
          .ifPresent(invoice -> add(standing, List.of(item(invoice, passed.step())), passed.why()));
    }

    private Item item(OpenInvoice invoice, int step) {
      return new Item(
          invoice.number(),
          step,
          invoice.amountDue(),
          invoice.currency(),
          invoice.dueDate(),
          java.time.temporal.ChronoUnit.DAYS.between(invoice.dueDate(), at.today()));
    }

    private void add(Standing standing, List<Item> items, @Nullable Why why) {
      if (lines.size() >= MOST_LINES) return;
      lines.add(
          new Line(
              standing.ref(),
              standing.name(),
              recipients(standing, items),
              items,
              why == null ? null : why.code(),
              why == null ? null : why.sentence()));
    }

    private String recipients(Standing standing, List<Item> items) {
      if (standing.partner() == null) return "";
      Map<String, OpenInvoice> invoices =
          standing.invoices().stream()
              .collect(Collectors.toMap(OpenInvoice::number, Function.identity()));
      List<OpenInvoice> about =
          items.stream()
              .map(item -> invoices.get(item.invoice()))
              .flatMap(java.util.stream.Stream::ofNullable)
              .toList();
      Recipients found = look.recipients(at.company(), standing, about);
      String first =
          found.to().stream()
              .limit(2)
              .map(org.postroom.mail.Address::spec)
              .collect(Collectors.joining(", "));
      int more = found.to().size() - 2;
      return more > 0 ? first + " and " + more + " more" : first;
    }
  }
}
