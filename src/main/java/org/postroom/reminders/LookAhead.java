package org.postroom.reminders;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations;
import org.postroom.calendar.Calendar;
import org.postroom.compose.Composition;
import org.postroom.db.Database;
import org.postroom.documents.Documents;
import org.postroom.documents.OpenInvoice;
import org.postroom.http.Problem;
import org.postroom.reminders.NextRun.Item;
import org.postroom.reminders.Standings.Moment;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;

/** What comes for one invoice, and what a mail of the next run looks like. */
@Service
public class LookAhead {
  private static final int MOST_INVOICES = 5_000;
  private static final Set<String> STOPPED = Set.of("disputed", "promised", "excluded");
  private static final LocalDate WHENEVER = LocalDate.of(9999, 12, 31);

  private final Database database;
  private final LookThrough look;
  private final MakeReminder makeReminder;
  private final Asked asked;

  LookAhead(Database database, LookThrough look, MakeReminder makeReminder, Asked asked) {
    this.database = database;
    this.look = look;
    this.makeReminder = makeReminder;
    this.asked = asked;
  }

  /** What looking ahead asks others. */
  @Component
  record Asked(Documents documents, Calendar calendar, Automations automations) {}

  /**
   * The next reminder of an invoice, as things stand.
   *
   * @param step counted from 1; 0 where no step is left
   * @param when null where none goes
   * @param reason why none goes, for people; null where one does
   * @param held whether it is somebody's {@link Stop} that holds it back
   */
  public record Outlook(
      int step, @Nullable Instant when, @Nullable String reason, boolean held) {
    static Outlook none(int step, String reason) {
      return new Outlook(step, null, reason, false);
    }
  }

  /** Whether the company's reminders are switched on. */
  public boolean isOn(String company) {
    return asked.automations().setting(company, Automation.OVERDUE_REMINDER).enabled();
  }

  /** Why nothing goes for any customer at present, for people; empty where nothing holds all back. */
  public Optional<String> pause(String company) {
    return Optional.ofNullable(look.pause(soon(company))).map(Why::sentence);
  }

  /** By the company's plan, switched on or not. */
  public Outlook of(String company, String partner, String invoice) {
    Moment soon = soon(company);
    return asked.documents().openInvoices(company, partner, WHENEVER, MOST_INVOICES).stream()
        .filter(open -> open.number().equals(invoice))
        .findFirst()
        .map(open -> climb(soon, open))
        .orElseGet(() -> Outlook.none(0, "Nothing of it is to be paid."));
  }

  /** Looks at the step whose day has come, and where it is behind, at the day of each later one. */
  private Outlook climb(Moment soon, OpenInvoice invoice) {
    Why pause = look.pause(soon);
    String why = "Every step is done.";
    Moment at = soon;
    while (true) {
      int step = at.plan().stepOn(at.today(), invoice.dueDate());
      if (step > 0) {
        Standing standing = look.standings().of(at, invoice.partner(), null);
        Decision decision = Decide.of(at, standing, look, pause, Set.of(invoice.number()));
        if (!decision.mails().isEmpty()) return new Outlook(step, at.now(), null, false);
        if (!decision.kept().isEmpty()) return kept(standing, at, decision.kept().getFirst());
        if (!decision.passed().isEmpty()) why = decision.passed().getFirst().why().sentence();
      }
      if (step == at.plan().steps().size()) return Outlook.none(0, why);
      LocalDate day = at.plan().day(step + 1, invoice.dueDate());
      at = from(soon, day.atStartOfDay(soon.zone()).toInstant());
    }
  }

  private static Outlook kept(Standing standing, Moment at, Decision.Kept kept) {
    Item item = kept.item();
    boolean held =
        STOPPED.contains(kept.why().code())
            && standing.stops().stream()
                .filter(stop -> stop.invoice() == null || stop.invoice().equals(item.invoice()))
                .anyMatch(stop -> stop.kind() != Stop.Kind.SKIP && stop.holds(at.today()));
    return new Outlook(item.step(), null, kept.why().sentence(), held);
  }

  /**
   * The mail of the next run that is about that invoice, as it would leave.
   *
   * @throws Problem 404 where the next run sends none; otherwise why it cannot be made
   */
  public Composition preview(Caller caller, String partner, String invoice) {
    caller.require(Right.SEND);
    Moment soon = soon(caller.company());
    Standing standing = look.standings().of(soon, partner, null);
    List<Item> items =
        Decide.of(soon, standing, look, null).mails().stream()
            .filter(mail -> mail.stream().anyMatch(item -> item.invoice().equals(invoice)))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("A reminder of " + invoice + " in the next run"));
    return makeReminder.compose(soon, standing, items);
  }

  /** The next moment at which reminders may go. */
  private Moment soon(String company) {
    ReminderPlan plan = database.read(sql -> PlanRows.of(sql, company));
    return from(look.moment(company, plan, database.now()), database.now());
  }

  private Moment from(Moment moment, Instant earliest) {
    Instant next =
        asked.calendar().next(moment.company(), moment.plan().time(), earliest);
    return new Moment(moment.company(), moment.plan(), moment.zone(), next);
  }
}
