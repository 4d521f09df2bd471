package org.postroom.reminders;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations;
import org.postroom.calendar.Calendar;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.outbox.BeforeSending;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.postroom.reminders.HistoryRows.Entry;
import org.postroom.reminders.MailRows.Mail;
import org.postroom.reminders.MailRows.State;
import org.postroom.reminders.NextRun.Item;
import org.postroom.reminders.Reminded.Outcome;
import org.postroom.reminders.Standings.Moment;
import org.springframework.stereotype.Component;

/**
 * Decides once more before a reminder leaves, as if it had not been made: only where the same would
 * be made again does it go. Otherwise it is called off and its steps are open again.
 */
@Component
class BeforeLeaving implements BeforeSending {
  static final String ORIGIN = "reminder";
  private final Database database;
  private final LookThrough look;
  private final Outbox outbox;
  private final Automations automations;
  private final Calendar calendar;

  BeforeLeaving(
      Database database,
      LookThrough look,
      Outbox outbox,
      Automations automations,
      Calendar calendar) {
    this.database = database;
    this.look = look;
    this.outbox = outbox;
    this.automations = automations;
    this.calendar = calendar;
  }

  @Override
  public String originKind() {
    return ORIGIN;
  }

  @Override
  public Verdict mayLeave(String company, String message) {
    return database.write(sql -> {
      Mail mail = MailRows.find(sql, company, message).orElse(null);
      if (mail == null) return new Verdict.Go();
      MailRows.lock(sql, company, mail.partner());
      Instant now = sql.now();
      Moment at = look.moment(company, PlanRows.of(sql, company), now);
      Why why = why(sql, at, mail);
      if (why != null) {
        calledOff(sql, company, mail, why, now);
        return new Verdict.Never(sentence(why));
      }
      Instant next = calendar.next(company, at.plan().time(), now);
      if (!next.equals(now))
        return new Verdict.Later(next, "Waits for working time: reminders go out then.");
      MailRows.leaves(sql, company, message, at.today());
      MailRows.recount(sql, company, mail.partner());
      return new Verdict.Go();
    });
  }

  /** Stops it where it waits and is not wanted any more; notes where it is settled. */
  void recheck(String company, Mail mail) {
    Message message = outbox.find(company, mail.message()).orElse(null);
    if (message == null || message.state().settled()) {
      database.run(sql -> MailRows.become(sql, company, mail.message(), State.GONE));
      return;
    }
    Moment at =
        look.moment(company, database.read(sql -> PlanRows.of(sql, company)), database.now());
    if (database.<Boolean>read(sql -> why(sql, at, mail) == null)) return;
    database.run(sql -> callOff(sql, company, mail));
  }

  private void callOff(Sql sql, String company, Mail mail) {
    MailRows.lock(sql, company, mail.partner());
    Instant now = sql.now();
    Moment at = look.moment(company, PlanRows.of(sql, company), now);
    Why why = why(sql, at, mail);
    if (why == null || !outbox.callOff(company, mail.message(), sentence(why))) return;
    calledOff(sql, company, mail, why, now);
  }

  private static String sentence(Why why) {
    return "Not sent after all. " + why.sentence();
  }

  /** Null where it is still wanted as it is. */
  private @Nullable Why why(Sql sql, Moment at, Mail mail) {
    if (!automations.setting(at.company(), Automation.OVERDUE_REMINDER).enabled())
      return new Why("switched_off", "Reminders were switched off.");
    List<StepRows.Step> steps = StepRows.of(sql, at.company(), mail.message());
    Standing standing = look.standings().of(at, mail.partner(), mail.message());
    Set<String> only = steps.stream().map(StepRows.Step::invoice).collect(Collectors.toSet());
    Decision decision = Decide.of(at, standing, look, look.pause(at), only);
    for (StepRows.Step step : steps) {
      Why why = why(standing, decision, step);
      if (why != null) return why;
    }
    return null;
  }

  private static @Nullable Why why(Standing standing, Decision decision, StepRows.Step step) {
    for (List<Item> mail : decision.mails())
      for (Item item : mail) if (item.invoice().equals(step.invoice())) return changed(item, step);
    for (Decision.Kept kept : decision.kept())
      if (kept.item().invoice().equals(step.invoice())) return kept.why();
    for (Decision.Passed passed : decision.passed())
      if (passed.invoice().equals(step.invoice())) return passed.why();
    boolean open =
        standing.invoices().stream().anyMatch(invoice -> invoice.number().equals(step.invoice()));
    return open
        ? new Why("not_due", step.invoice() + " is not due for this any more.")
        : new Why(Why.PAID, step.invoice() + " was paid meanwhile.");
  }

  /** What the mail says must still be so. */
  private static @Nullable Why changed(Item item, StepRows.Step step) {
    if (item.step() != step.step())
      return new Why("higher_step", "Meanwhile step " + item.step() + " is due.");
    if (item.amount().compareTo(step.amount()) != 0)
      return new Why("amount_changed", "What is open of " + step.invoice() + " changed meanwhile.");
    return null;
  }

  private static void calledOff(Sql sql, String company, Mail mail, Why why, Instant now) {
    for (StepRows.Step step : StepRows.of(sql, company, mail.message()))
      HistoryRows.tell(
          sql,
          company,
          new Entry(
              mail.partner(),
              step.invoice(),
              step.step(),
              Outcome.CALLED_OFF,
              mail.message(),
              why.code(),
              why.sentence()),
          now,
          null);
    StepRows.calledOff(sql, company, mail.message());
    MailRows.become(sql, company, mail.message(), State.CALLED_OFF);
    MailRows.recount(sql, company, mail.partner());
  }
}
