package org.postroom.reminders;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.automations.Automation;
import org.postroom.calendar.Calendar;
import org.postroom.compose.Composer;
import org.postroom.compose.Composition;
import org.postroom.compose.Unaddressed;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.db.Sql;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Problem;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Purpose;
import org.postroom.reminders.HistoryRows.Entry;
import org.postroom.reminders.MailRows.Mail;
import org.postroom.reminders.NextRun.Item;
import org.postroom.reminders.Reminded.Outcome;
import org.postroom.reminders.Standings.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One company's run: decide, compose, and then in one commit decide again, take the steps, the day
 * and the room in the day, and store the message. The keys of those rows forbid that anything goes
 * twice, however many nodes try and wherever they die; the lease only saves them the work.
 */
@Component
class SendReminders {
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final String NAME =
      "the automatic mail “" + Automation.OVERDUE_REMINDER.title() + "”";
  private static final Logger LOG = LoggerFactory.getLogger(SendReminders.class);

  private final Database database;
  private final LookThrough look;
  private final MakeReminder makeReminder;
  private final BeforeLeaving beforeLeaving;
  private final Sending sending;

  SendReminders(
      Database database,
      LookThrough look,
      MakeReminder makeReminder,
      BeforeLeaving beforeLeaving,
      Sending sending) {
    this.database = database;
    this.look = look;
    this.makeReminder = makeReminder;
    this.beforeLeaving = beforeLeaving;
    this.sending = sending;
  }

  /** What a reminder needs on its way to the outbox. */
  @Component
  record Sending(Calendar calendar, Composer composer, Unaddressed unaddressed, Node node) {}

  /** Stops what waits in the outbox and is not wanted any more. */
  void recheck(String company) {
    String after = "";
    while (true) {
      String from = after;
      List<Mail> page = database.read(sql -> MailRows.open(sql, company, from, 100));
      for (Mail mail : page) beforeLeaving.recheck(company, mail);
      if (page.size() < 100) return;
      after = page.getLast().message();
    }
  }

  /** Sends what is due, where it is working time and nobody else is at it. */
  void run(String company) {
    ReminderPlan plan = database.read(sql -> PlanRows.of(sql, company));
    Instant now = database.now();
    if (!sending.calendar().next(company, plan.time(), now).equals(now)) return;
    String owner = org.postroom.db.Ids.next(sending.node().name());
    if (!database.write(sql -> WorkRows.take(sql, company, owner, now, now.plus(LEASE)))) return;
    try {
      Moment at = look.moment(company, plan, now);
      String after = database.read(sql -> WorkRows.after(sql, company));
      look.through(at, after, new Run(at, owner));
    } finally {
      database.run(sql -> WorkRows.renew(sql, company, owner, Instant.EPOCH));
    }
  }

  /** What would have followed with the next mail does not, where the day has its most. */
  static Why whenFull(Moment at, Why why) {
    return why.code().equals(Why.NEXT_MAIL) ? mostOfDay(at) : why;
  }

  static Why mostOfDay(Moment at) {
    return new Why(
        Why.MOST_OF_DAY,
        "At most " + at.plan().mostPerDay() + " reminders go on one day; it follows on the next.");
  }

  /** Goes through the customers and sends. */
  private final class Run implements LookThrough.Each {
    private final Moment at;
    private final String owner;
    private final List<Note> notes = new ArrayList<>();
    private boolean full;

    Run(Moment at, String owner) {
      this.at = at;
      this.owner = owner;
    }

    @Override
    public boolean customer(Standing standing, Decision decision) {
      for (Decision.Passed each : decision.passed()) notes.add(new Note.Passed(standing, each));
      for (List<Item> mail : decision.mails()) {
        if (full) mail.forEach(item -> keep(standing, item, mostOfDay(at)));
        else send(standing, mail);
      }
      for (Decision.Kept each : decision.kept())
        keep(standing, each.item(), full ? whenFull(at, each.why()) : each.why());
      return true;
    }

    @Override
    public boolean page() {
      flush();
      return database.write(sql -> WorkRows.renew(sql, at.company(), owner, sql.now().plus(LEASE)));
    }

    private void flush() {
      if (notes.isEmpty()) return;
      List<Note> all = List.copyOf(notes);
      notes.clear();
      database.run(sql -> all.forEach(note -> write(sql, note)));
    }

    private void keep(Standing standing, Item item, Why why) {
      boolean told =
          standing.told().stream()
              .anyMatch(each ->
                  each.invoice().equals(item.invoice())
                      && each.step() == item.step()
                      && each.code().equals(why.code()));
      if (!told) notes.add(new Note.Kept(standing, item, why, null));
    }

    private void send(Standing standing, List<Item> items) {
      Composition composition;
      try {
        composition = makeReminder.compose(at, standing, items);
      } catch (Problem problem) {
        Why why = new Why(code(problem), problem.detail());
        for (Item item : items) notes.add(new Note.Kept(standing, item, why, at.now()));
        return;
      } catch (RuntimeException ours) {
        LOG.error("The reminder for {} could not be made", standing.ref(), ours);
        Why why = new Why("failed", "It could not be made: " + ours);
        for (Item item : items) notes.add(new Note.Kept(standing, item, why, at.now()));
        return;
      }
      try {
        database.run(sql -> store(sql, standing.ref(), items, composition));
      } catch (NoRoom most) {
        full = true;
        items.forEach(item -> keep(standing, item, mostOfDay(at)));
        database.run(sql -> WorkRows.after(sql, at.company(), standing.ref()));
      } catch (DecidedElsewhere fine) {
        LOG.debug("{} is decided anew by the next run", standing.ref());
      }
    }

    /** Everything that must be true together; runs inside the transaction. */
    private void store(Sql sql, String ref, List<Item> items, Composition composition) {
      Instant now = sql.now();
      String company = at.company();
      Moment then = look.moment(company, PlanRows.of(sql, company), now);
      Standing standing = look.standings().of(then, ref, null);
      Decision again = Decide.of(then, standing, look, look.pause(then));
      if (!again.mails().contains(items)) throw new DecidedElsewhere();
      if (!MailRows.takeDay(
          sql, company, ref, then.today(), then.plan().leastDaysBetween(), then.plan().mostToOne()))
        throw new DecidedElsewhere();
      for (Item item : items) {
        if (!StepRows.sent(sql, company, item, ref, composition.id(), now))
          throw new DecidedElsewhere();
        passLower(sql, standing, item.invoice(), item.step(), composition.id(), now);
      }
      if (!MailRows.count(sql, company, then.today(), then.plan().mostPerDay())) throw new NoRoom();
      var origin = new Message.Origin(BeforeLeaving.ORIGIN, "overdue_reminder", NAME);
      String message = sending.composer().store(composition, origin, true).id();
      MailRows.insert(sql, company, message, ref, then.today(), now);
      for (Item item : items)
        HistoryRows.tell(
            sql,
            company,
            new Entry(ref, item.invoice(), item.step(), Outcome.SENT, message, null, null),
            now,
            null);
    }

    private void write(Sql sql, Note note) {
      Instant now = sql.now();
      switch (note) {
        case Note.Kept kept -> kept(sql, kept, now);
        case Note.Passed(Standing standing, Decision.Passed passed) -> {
          if (!StepRows.passed(
              sql, at.company(), passed.invoice(), passed.step(), standing.ref(), null, now))
            return;
          tellPassed(sql, standing.ref(), passed, now);
          passLower(sql, standing, passed.invoice(), passed.step(), null, now);
        }
      }
    }

    private void kept(Sql sql, Note.Kept kept, Instant now) {
      Item item = kept.item();
      Why why = kept.why();
      var entry =
          new Entry(
              kept.standing().ref(),
              item.invoice(),
              item.step(),
              Outcome.SKIPPED,
              null,
              why.code(),
              why.sentence());
      HistoryRows.tell(sql, at.company(), entry, now, kept.tried());
      if (why.code().equals(Unaddressed.NO_RECIPIENT))
        sending
            .unaddressed()
            .note(
                at.company(),
                new DocumentRef(DocumentKind.INVOICE.word(), item.invoice()),
                Purpose.REMINDER,
                why.sentence(),
                "T" + NAME.substring(1));
    }

    /** Lower steps that were not done never are: the customer is further. */
    private void passLower(
        Sql sql,
        Standing standing,
        String invoice,
        int step,
        @Nullable String message,
        Instant now) {
      for (int lower = standing.reached().getOrDefault(invoice, 0) + 1; lower < step; lower++) {
        if (!StepRows.passed(sql, at.company(), invoice, lower, standing.ref(), message, now))
          continue;
        var why = new Why("higher_step", "Step " + step + " was due already.");
        tellPassed(sql, standing.ref(), new Decision.Passed(invoice, lower, why), now);
      }
    }

    private void tellPassed(Sql sql, String ref, Decision.Passed passed, Instant now) {
      var entry =
          new Entry(
              ref,
              passed.invoice(),
              passed.step(),
              Outcome.PASSED,
              null,
              passed.why().code(),
              passed.why().sentence());
      HistoryRows.tell(sql, at.company(), entry, now, null);
    }
  }

  /** What is to be written down of a look. */
  private sealed interface Note {
    record Kept(Standing standing, Item item, Why why, @Nullable Instant tried) implements Note {}

    record Passed(Standing standing, Decision.Passed passed) implements Note {}
  }

  /** A single wrong field says more than "invalid". */
  private static String code(Problem problem) {
    return problem.errors().size() == 1 ? problem.errors().getFirst().code() : problem.code();
  }

  /** Another node was faster, or things changed while it was composed; nothing is wrong. */
  private static final class DecidedElsewhere extends RuntimeException {
    DecidedElsewhere() {
      super("decided elsewhere", null, false, false);
    }
  }

  /** The day has its most. */
  private static final class NoRoom extends RuntimeException {
    NoRoom() {
      super("no room", null, false, false);
    }
  }
}
