package org.postroom.reminders;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.postroom.access.Access;
import org.postroom.access.AccessForTests;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations;
import org.postroom.calendar.Calendar;
import org.postroom.calendar.CalendarSettings;
import org.postroom.calendar.WorkingTime;
import org.postroom.compose.Composer;
import org.postroom.compose.MessageRequest;
import org.postroom.db.Database;
import org.postroom.delivery.Delivery;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.NewPayment;
import org.postroom.documents.Source;
import org.postroom.mail.Address;
import org.postroom.outbox.Claim;
import org.postroom.outbox.Claims;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.outbox.MessageFilter;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.Outbox;
import org.postroom.partners.Partner;
import org.postroom.partners.Partner.Emails;
import org.postroom.partners.Partners;
import org.postroom.partners.Purpose;
import org.postroom.receivables.Receivables;
import org.postroom.reminders.ReminderPlan.Mode;
import org.postroom.reminders.ReminderPlan.Step;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;

/**
 * The whole product on a clock that stands, with its own sending stopped: tests let messages leave
 * by hand. Each test has companies of its own.
 */
final class ReminderWorld implements AutoCloseable {
  static final WorkingTime ALWAYS =
      new WorkingTime(EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59));
  private static final AtomicInteger COMPANIES = new AtomicInteger();

  final TestClock clock = new TestClock(Instant.parse("2026-01-05T09:00:00Z"));
  final Database database;
  final RunningPostroom postroom;
  final Reminders reminders;
  final Outbox outbox;
  final Claims claims;
  final BeforeLeaving beforeLeaving;

  ReminderWorld(TestDatabase kind) {
    database = kind.open(clock);
    postroom = RunningPostroom.start(database);
    postroom.bean(Delivery.class).stop();
    reminders = postroom.bean(Reminders.class);
    outbox = postroom.bean(Outbox.class);
    claims = postroom.bean(Claims.class);
    beforeLeaving = postroom.bean(BeforeLeaving.class);
  }

  /** One for all tests of a class; where it cannot start, none of them tries again. */
  static ReminderWorld of(Map<TestDatabase, ReminderWorld> worlds, TestDatabase kind) {
    if (!worlds.containsKey(kind)) {
      worlds.put(kind, null);
      worlds.put(kind, new ReminderWorld(kind));
    }
    return java.util.Objects.requireNonNull(worlds.get(kind), "could not start");
  }

  @Override
  public void close() {
    postroom.close();
    database.close();
  }

  /** A company in that zone with reminders on, any day and hour, and the ladder -3, +7, +14. */
  Firm firm(String zone) {
    String id =
        AccessForTests.company(
            postroom.bean(Access.class), "Firm " + COMPANIES.incrementAndGet(), ZoneId.of(zone));
    var firm = new Firm(id, ZoneId.of(zone));
    postroom
        .bean(Calendar.class)
        .save(firm.maria, new CalendarSettings(false, null, null, List.of(), List.of(), 0), null);
    firm.plan(plan(List.of(-3, 7, 14)));
    firm.on(true);
    return firm;
  }

  static ReminderPlan plan(List<Integer> days) {
    return new ReminderPlan(
        days.stream().map(day -> new Step(day, null)).toList(),
        BigDecimal.ZERO,
        ALWAYS,
        Mode.PER_CUSTOMER,
        3,
        3,
        200,
        false,
        7,
        List.of(),
        0);
  }

  /** What reached somebody: the message, when, and the steps it was about. */
  record Delivered(Message message, Instant at) {}

  final class Firm {
    final String id;
    final ZoneId zone;
    final Caller maria;
    final Caller erp;

    Firm(String id, ZoneId zone) {
      this.id = id;
      this.zone = zone;
      Set<Right> all = Set.of(Right.values());
      maria =
          new Caller(
              id, Caller.Kind.PERSON, "usr_1", "Maria Lund", "maria@acme.example", all, false);
      erp = new Caller(id, Caller.Kind.KEY, "key_1", "ERP", null, all, false);
    }

    void plan(ReminderPlan plan) {
      reminders.change(maria, plan, null);
    }

    ReminderPlan plan() {
      return reminders.plan(id);
    }

    void on(boolean on) {
      postroom.bean(Automations.class).enable(maria, Automation.OVERDUE_REMINDER, on, null);
    }

    LocalDate today() {
      return clock.instant().atZone(zone).toLocalDate();
    }

    /** Moves the clock to that time of that day here. */
    void at(String day, String time) {
      clock.set(LocalDate.parse(day).atTime(LocalTime.parse(time)).atZone(zone).toInstant());
    }

    void customer(String ref) {
      customer(ref, true, true);
    }

    void customer(String ref, boolean wants, boolean address) {
      List<Address> main = address ? List.of(Address.of("ap@" + ref + ".example")) : List.of();
      postroom
          .bean(Partners.class)
          .put(
              erp,
              new Partner(
                  ref,
                  Partner.Type.CUSTOMER,
                  "The " + ref,
                  null,
                  null,
                  null,
                  null,
                  new Emails(main, List.of(), List.of(), List.of()),
                  null,
                  null,
                  List.of(),
                  false,
                  wants ? Map.of() : Map.of("reminder", false),
                  null,
                  Map.of(),
                  Map.of(),
                  Map.of(),
                  0,
                  Instant.EPOCH));
    }

    void invoice(String number, String partner, String due, String amount) {
      put(DocumentKind.INVOICE, number, partner, "EUR", LocalDate.parse(due), amount, "{}");
    }

    void put(
        DocumentKind kind,
        String number,
        String partner,
        String currency,
        LocalDate due,
        String amount,
        String fields) {
      LocalDate issued = due.isAfter(today()) ? today() : due;
      byte[] json =
          """
          {"partner": "%s", "issue_date": "%s", "due_date": "%s", "currency": "%s", "fields": %s,
           "totals": {"gross": "%s", "due": "%s"}}\
          """
              .formatted(partner, issued, due, currency, fields, amount, amount)
              .getBytes(StandardCharsets.UTF_8);
      Documents documents = postroom.bean(Documents.class);
      documents.put(erp, documents.readJson(kind, number, json), Source.json(json));
    }

    void pay(String number, String reference, String amount, LocalDate date) {
      postroom
          .bean(Documents.class)
          .pay(
              erp,
              DocumentKind.INVOICE,
              number,
              new NewPayment(reference, new BigDecimal(amount), date, null));
    }

    void pay(String number, String amount) {
      pay(number, "P-" + number + "-" + clock.instant().toEpochMilli(), amount, today());
    }

    void payOnAccount(String partner, String reference, String amount) {
      postroom
          .bean(Receivables.class)
          .pay(erp, partner, new NewPayment(reference, new BigDecimal(amount), today(), "EUR"));
    }

    Stop stop(Stop.Kind kind, String partner, String invoice, Integer step, String until) {
      return postroom
          .bean(Stops.class)
          .add(
              maria,
              new Stop.New(
                  kind,
                  partner,
                  invoice,
                  step,
                  until == null ? null : LocalDate.parse(until),
                  null));
    }

    void end(Stop stop) {
      postroom.bean(Stops.class).end(maria, stop.id());
    }

    Message byHand(String invoice, Purpose purpose) {
      return postroom
          .bean(Composer.class)
          .send(maria, MessageRequest.of(new DocumentRef("invoice", invoice), purpose));
    }

    void run() {
      reminders.run();
    }

    /** Runs and lets leave; the steps that left with it as "INV/2". */
    List<String> runAndDeliver() {
      run();
      List<String> left = new ArrayList<>();
      for (Delivered each : deliver()) left.addAll(steps(each.message().id()));
      return left.stream().sorted().toList();
    }

    /** Lets everything leave that may, asking before as delivery does. */
    List<Delivered> deliver() {
      List<Delivered> delivered = new ArrayList<>();
      for (var account : claims.waitingAccounts()) {
        if (!account.company().equals(id)) continue;
        List<Claim> taken = claims.claim(account, 1000, 0, "n", Duration.ofMinutes(1));
        for (Claim claim : taken) {
          boolean ours = claim.origin().equals(beforeLeaving.originKind());
          if (ours && !claims.mayLeave(claim, beforeLeaving)) continue;
          if (!claims.markHandingOver(claim)) throw new IllegalStateException("claim lost");
          claims.settle(claim, new Outcome.Accepted(Reply.of(250, "2.0.0 Ok")));
          delivered.add(
              new Delivered(outbox.find(id, claim.message()).orElseThrow(), clock.instant()));
        }
      }
      return delivered;
    }

    /** "INV/2" for each step a message is about. */
    List<String> steps(String message) {
      return database.read(sql -> StepRows.of(sql, id, message)).stream()
          .map(step -> step.invoice() + "/" + step.step())
          .toList();
    }

    /** Codes of the history of an invoice, oldest first: "1 promised", "2 sent". */
    List<String> history(String invoice) {
      var filter = new Reminded.Filter(null, invoice, null);
      return reminders.history(id, filter, 200, null).data().reversed().stream()
          .map(each ->
              each.step()
                  + " "
                  + (each.code() == null ? each.outcome().word() : each.code())
                  + (each.outcome() == Reminded.Outcome.CALLED_OFF ? " called off" : ""))
          .toList();
    }

    /** "INV/2" for what would go, "INV/2 code" for what would not. */
    List<String> dry() {
      List<String> lines = new ArrayList<>();
      for (NextRun.Line line : reminders.nextRun(id).lines())
        for (NextRun.Item item : line.items())
          lines.add(item.invoice() + "/" + item.step() + (line.wouldGo() ? "" : " " + line.code()));
      return lines.stream().sorted().toList();
    }

    List<Message> waiting() {
      var filter = MessageFilter.ALL.states(Set.of(MessageState.QUEUED, MessageState.HELD));
      return outbox.list(Caller.postroom(id), filter, 200, null).data();
    }
  }
}
