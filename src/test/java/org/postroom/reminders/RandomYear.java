package org.postroom.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.postroom.calendar.Calendar;
import org.postroom.calendar.WorkingTime;
import org.postroom.documents.DocumentKind;
import org.postroom.outbox.Message;
import org.postroom.partners.Purpose;
import org.postroom.reminders.Reminded.Outcome;
import org.postroom.reminders.ReminderPlan.Mode;
import org.postroom.reminders.ReminderWorld.Delivered;
import org.postroom.reminders.ReminderWorld.Firm;

/** One random year of a firm, and beside it the plain facts it is judged by. */
final class RandomYear {
  private static final List<String> CUSTOMERS = List.of("anna", "bert", "cleo", "dora");
  private static final int DAYS = 365;

  /** What is true of an invoice. */
  private static final class Fact {
    final String number;
    final String customer;
    final LocalDate due;
    BigDecimal open;
    boolean disputedByErp;
    LocalDate promisedByErp;
    final Map<Integer, LocalDate> delivered = new HashMap<>();
    final List<LocalDate> written = new ArrayList<>();
    final List<LocalDate> remindedByHand = new ArrayList<>();

    Fact(String number, String customer, LocalDate due, BigDecimal open) {
      this.number = number;
      this.customer = customer;
      this.due = due;
      this.open = open;
    }
  }

  private final ReminderWorld world;
  private final Firm firm;
  private final Random random;
  private final Kills kills;
  private final Map<String, Fact> invoices = new LinkedHashMap<>();
  private final Map<String, List<LocalDate>> reminded = new HashMap<>();
  private final Map<String, List<LocalDate>> byHand = new HashMap<>();
  private final List<Stop> stops = new ArrayList<>();
  private final Set<String> unwilling = new HashSet<>();
  private final List<String> events = new ArrayList<>();
  private Instant told;
  private int count;
  private int mails;

  RandomYear(ReminderWorld world, String zone, long seed) {
    this.world = world;
    this.random = new Random(seed);
    this.firm = world.firm(zone);
    this.kills = new Kills(world.database);
    firm.at("2026-01-05", "10:00");
    CUSTOMERS.forEach(firm::customer);
    told = world.clock.instant();
    otherPlan();
  }

  LocalDate today() {
    return firm.today();
  }

  int mails() {
    return mails;
  }

  String lastEvents() {
    return String.join("\n", events.subList(Math.max(0, events.size() - 60), events.size()));
  }

  void live() {
    LocalDate end = firm.today().plusDays(DAYS);
    boolean accountWorks = true;
    while (firm.today().isBefore(end)) {
      boolean outage = random.nextInt(25) == 0;
      world.clock.advance(
          Duration.ofHours(outage ? 48 + random.nextInt(240) : 3 + random.nextInt(40)));
      for (int i = random.nextInt(outage ? 8 : 3); i > 0; i--) something();
      if (random.nextInt(12) == 0) accountWorks = !accountWorks;
      run();
      if (random.nextInt(4) == 0) something();
      if (accountWorks) deliver();
    }
    firm.on(false);
  }

  // What happens

  private void something() {
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3, 4 -> invoice();
      case 5, 6, 7 -> pay();
      case 8 -> payBack();
      case 9 -> credit();
      case 10 -> stop();
      case 11 -> endStop();
      case 12 -> erpSays();
      case 13 -> writeByHand();
      case 14 -> {
        if (random.nextInt(3) == 0) otherPlan();
      }
      default -> {
        String ref = one(CUSTOMERS);
        if (random.nextInt(3) > 0 && !unwilling.contains(ref)) return;
        if (!unwilling.remove(ref)) unwilling.add(ref);
        firm.customer(ref, !unwilling.contains(ref), true);
        event((unwilling.contains(ref) ? "unwilling " : "willing ") + ref);
      }
    }
  }

  private void invoice() {
    String number = "I" + ++count;
    LocalDate due = firm.today().plusDays(random.nextInt(40) - 8);
    var fact = new Fact(number, one(CUSTOMERS), due, amount());
    invoices.put(number, fact);
    put(fact, fact.open);
    event("invoice " + number + " " + fact.customer + " due " + due + " " + fact.open);
  }

  private final Map<String, BigDecimal> gross = new HashMap<>();

  private void put(Fact fact, BigDecimal amount) {
    gross.putIfAbsent(fact.number, amount);
    String fields =
        "{\"disputed\": %s, \"promised_until\": %s}"
            .formatted(
                fact.disputedByErp,
                fact.promisedByErp == null ? "null" : "\"" + fact.promisedByErp + "\"");
    firm.put(
        DocumentKind.INVOICE,
        fact.number,
        fact.customer,
        "EUR",
        fact.due,
        gross.get(fact.number).toPlainString(),
        fields);
    told();
  }

  private void pay() {
    Fact fact = open();
    if (fact == null) return;
    boolean whole = random.nextInt(3) > 0;
    BigDecimal amount = whole ? fact.open : amount();
    firm.pay(fact.number, "P" + ++count, amount.toPlainString(), backDated());
    fact.open = fact.open.subtract(amount);
    told();
    event("pay " + fact.number + " " + amount + ", open " + fact.open);
  }

  private void payBack() {
    if (invoices.isEmpty()) return;
    Fact fact = one(List.copyOf(invoices.values()));
    BigDecimal amount = amount();
    firm.pay(fact.number, "P" + ++count, amount.negate().toPlainString(), backDated());
    fact.open = fact.open.add(amount);
    told();
    event("back " + fact.number + " " + amount + ", open " + fact.open);
  }

  private void credit() {
    String ref = one(CUSTOMERS);
    BigDecimal amount = amount();
    if (random.nextBoolean())
      firm.put(
          DocumentKind.CREDIT_MEMO,
          "K" + ++count,
          ref,
          "EUR",
          backDated(),
          amount.toPlainString(),
          "{}");
    else firm.payOnAccount(ref, "A" + ++count, amount.toPlainString());
    told();
    event("credit " + ref + " " + amount);
    // Somebody uses most credit up soon: an invoice is paid by it and the money on account goes.
    if (random.nextInt(3) > 0) {
      firm.payOnAccount(ref, "A" + ++count, amount.negate().toPlainString());
    }
  }

  private void stop() {
    Fact fact = open();
    if (fact == null) return;
    int what = random.nextInt(8);
    boolean whole = random.nextInt(4) == 0;
    String number = whole ? null : fact.number;
    Stop stop =
        switch (what) {
          case 0, 1, 2 -> firm.stop(Stop.Kind.DISPUTE, fact.customer, number, null, null);
          case 3, 4, 5 ->
              firm.stop(
                  Stop.Kind.PROMISE,
                  fact.customer,
                  number,
                  null,
                  firm.today().plusDays(random.nextInt(15)).toString());
          case 6 -> firm.stop(Stop.Kind.EXCLUDED, fact.customer, fact.number, null, null);
          default ->
              firm.stop(Stop.Kind.SKIP, fact.customer, fact.number, 1 + random.nextInt(3), null);
        };
    stops.add(stop);
    event("stop " + stop.kind() + " " + stop.partner() + " " + stop.invoice() + " " + stop.until());
  }

  private void endStop() {
    if (stops.isEmpty()) return;
    Stop stop = stops.remove(random.nextInt(stops.size()));
    firm.end(stop);
    event("end " + stop.kind() + " " + stop.partner() + " " + stop.invoice());
  }

  private void erpSays() {
    Fact fact = open();
    if (fact == null) return;
    if (random.nextBoolean()) fact.disputedByErp = !fact.disputedByErp;
    else fact.promisedByErp = firm.today().plusDays(random.nextInt(12) - 2);
    put(fact, fact.open);
    event("erp " + fact.number + " " + fact.disputedByErp + " " + fact.promisedByErp);
  }

  private void writeByHand() {
    Fact fact = open();
    if (fact == null) return;
    boolean reminder = random.nextInt(3) == 0;
    firm.byHand(fact.number, reminder ? Purpose.REMINDER : Purpose.INVOICE);
    fact.written.add(firm.today());
    if (reminder) fact.remindedByHand.add(firm.today());
    if (reminder)
      byHand.computeIfAbsent(fact.customer, none -> new ArrayList<>()).add(firm.today());
    event("by hand " + fact.number + (reminder ? " reminder" : ""));
  }

  private void otherPlan() {
    TreeSet<Integer> days = new TreeSet<>();
    int steps = 1 + random.nextInt(4);
    while (days.size() < steps) days.add(random.nextInt(30) - 5);
    ReminderPlan p = ReminderWorld.plan(List.copyOf(days));
    boolean office = random.nextInt(3) == 0;
    firm.plan(
        new ReminderPlan(
            p.steps(),
            random.nextBoolean() ? BigDecimal.ZERO : new BigDecimal("20"),
            office ? WorkingTime.USUAL : ReminderWorld.ALWAYS,
            random.nextInt(3) == 0 ? Mode.PER_INVOICE : Mode.PER_CUSTOMER,
            1 + random.nextInt(5),
            1 + random.nextInt(3),
            random.nextInt(4) == 0 ? 1 : 50,
            random.nextInt(3) == 0,
            7,
            random.nextInt(4) == 0 ? List.of(one(CUSTOMERS)) : List.of(),
            0));
    event("plan " + PlanJson.content(firm.plan()));
  }

  // Running

  private void run() {
    boolean working = working();
    int way = random.nextInt(6);
    if (way == 0) {
      kills.arm(random);
      firm.run();
      kills.disarm();
      event("killed run");
      // What died there goes on here.
      freeLease();
    }
    if (way == 1) together();
    else if (way > 2 && working) dryAndRun();
    else firm.run();
    event("run");
    if (working) nothingIsLost();
  }

  private void freeLease() {
    world.database.run(sql -> sql.sql("UPDATE reminder_work SET lease_until = 0").update());
  }

  /** Two nodes at once, of which neither believes the other's lease. */
  private void together() {
    Thread other = Thread.ofPlatform().start(firm::run);
    freeLease();
    firm.run();
    try {
      other.join();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    freeLease();
    firm.run();
  }

  private void dryAndRun() {
    world.reminders.run(); // waiting mails that are not wanted any more make room first
    List<String> before = sentNow();
    Set<String> dry = new TreeSet<>();
    for (String line : firm.dry()) if (!line.contains(" ")) dry.add(line);
    firm.run();
    List<String> after = new ArrayList<>(sentNow());
    for (String each : before) after.remove(each);
    assertThat(new TreeSet<>(after)).as("the run does what the dry run says").isEqualTo(dry);
  }

  private List<String> sentNow() {
    var filter = new Reminded.Filter(null, null, Outcome.SENT);
    return world.reminders.history(firm.id, filter, 200, null).data().stream()
        .map(each -> each.invoice() + "/" + each.step())
        .toList();
  }

  private void deliver() {
    look();
    boolean working = working();
    for (Delivered each : firm.deliver()) {
      Message message = each.message();
      if (!message.origin().kind().equals("reminder")) continue;
      mails++;
      List<StepRows.Step> steps =
          world.database.read(sql -> StepRows.of(sql, firm.id, message.id()));
      assertThat(steps).as("a mail about nothing").isNotEmpty();
      event("delivered " + firm.steps(message.id()) + " to " + message.partner());
      assertThat(working).as("only in working time").isTrue();
      days(String.valueOf(message.partner()));
      for (StepRows.Step step : steps) delivered(step);
    }
  }

  private void days(String customer) {
    List<LocalDate> days = reminded.computeIfAbsent(customer, none -> new ArrayList<>());
    LocalDate today = firm.today();
    int least = firm.plan().leastDaysBetween();
    long same = days.stream().filter(today::equals).count();
    assertThat(same).as("mails to %s today", customer).isLessThan(firm.plan().mostToOne());
    for (LocalDate day : days)
      assertThat(day.equals(today) || !day.plusDays(least).isAfter(today))
          .as("%s got one on %s, %d days lie between at least", customer, day, least)
          .isTrue();
    days.add(today);
  }

  private void delivered(StepRows.Step step) {
    Fact fact = invoices.get(step.invoice());
    LocalDate today = firm.today();
    String what = step.invoice() + "/" + step.step();
    assertThat(fact.delivered).as("%s twice", what).doesNotContainKey(step.step());
    assertThat(fact.delivered.keySet())
        .as("%s after a higher one", what)
        .allMatch(before -> before < step.step());
    assertThat(firm.plan().day(step.step(), fact.due))
        .as("%s early", what)
        .isBeforeOrEqualTo(today);
    assertThat(fact.open.signum()).as("%s is paid", what).isPositive();
    assertThat(step.amount()).as("%s says an old sum", what).isEqualByComparingTo(fact.open);
    Set<String> against = against(fact);
    assertThat(against).as("%s must not go", what).isEmpty();
    fact.delivered.put(step.step(), today);
  }

  // Judging

  private boolean working() {
    Instant now = world.clock.instant();
    Calendar calendar = world.postroom.bean(Calendar.class);
    return calendar.next(firm.id, firm.plan().time(), now).equals(now);
  }

  /** Reasons of the invoice and its customer that are true now, by the plain facts. */
  private Set<String> against(Fact fact) {
    LocalDate today = firm.today();
    ReminderPlan plan = firm.plan();
    Set<String> codes = new HashSet<>(held(fact));
    if (unwilling.contains(fact.customer)) codes.add("switched_off_for_partner");
    if (plan.excludedPartners().contains(fact.customer)) codes.add("excluded");
    if (fact.written.contains(today)) codes.add("sent_today");
    BigDecimal owed = BigDecimal.ZERO;
    BigDecimal good = BigDecimal.ZERO;
    for (Fact other : invoices.values()) {
      if (!other.customer.equals(fact.customer)) continue;
      boolean counts =
          !other.due.isAfter(today.minusDays(plan.steps().getFirst().days()))
              && held(other).isEmpty();
      if (other.open.signum() > 0 && counts) owed = owed.add(other.open);
      if (other.open.signum() < 0) good = good.add(other.open.negate());
    }
    BigDecimal rest = owed.subtract(good).subtract(creditOf(fact.customer));
    if (rest.signum() <= 0) codes.add("covered_by_credit");
    else if (rest.compareTo(plan.minAmount()) < 0) codes.add("below_minimum");
    boolean silent =
        plan.pausesWhenErpSilent()
            && Duration.between(told, world.clock.instant()).toDays() >= plan.silentDays();
    if (silent) codes.add("erp_silent");
    for (LocalDate day : byHand.getOrDefault(fact.customer, List.of()))
      if (day.plusDays(plan.leastDaysBetween()).isAfter(today)) codes.add("too_soon");
    return codes;
  }

  /** Read once for each look, as the history is. */
  private final Map<String, BigDecimal> credits = new HashMap<>();

  private final Map<String, List<Reminded>> history = new HashMap<>();

  private void look() {
    credits.clear();
    history.clear();
    for (Reminded each :
        world.database.read(
            sql -> HistoryRows.list(sql, firm.id, Reminded.Filter.ALL, 100_000, null)))
      history.computeIfAbsent(each.invoice(), none -> new ArrayList<>()).add(each);
  }

  private BigDecimal creditOf(String customer) {
    return credits.computeIfAbsent(customer, this::creditNow);
  }

  private BigDecimal creditNow(String customer) {
    return world.database.read(sql -> {
      BigDecimal money =
          sum(
              sql.sql("SELECT amount FROM partner_payments WHERE company_id = :c AND partner = :p")
                  .param("c", firm.id)
                  .param("p", customer)
                  .query(String.class)
                  .list());
      BigDecimal credits =
          sum(
              sql.sql(
                      "SELECT amount_due FROM documents WHERE company_id = :c AND partner = :p AND"
                          + " kind = 'credit_memo'")
                  .param("c", firm.id)
                  .param("p", customer)
                  .query(String.class)
                  .list());
      return credits.add(money.max(BigDecimal.ZERO));
    });
  }

  private static BigDecimal sum(List<String> amounts) {
    return amounts.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private Set<String> held(Fact fact) {
    LocalDate today = firm.today();
    Set<String> codes = new HashSet<>();
    for (Stop stop : stops) {
      boolean here =
          stop.partner().equals(fact.customer)
              && (stop.invoice() == null || stop.invoice().equals(fact.number));
      if (!here || (stop.until() != null && stop.until().isBefore(today))) continue;
      if (stop.kind() == Stop.Kind.DISPUTE) codes.add("disputed");
      if (stop.kind() == Stop.Kind.PROMISE) codes.add("promised");
      if (stop.kind() == Stop.Kind.EXCLUDED) codes.add("excluded");
    }
    if (fact.disputedByErp) codes.add("disputed");
    if (fact.promisedByErp != null && !fact.promisedByErp.isBefore(today)) codes.add("promised");
    return codes;
  }

  /** After a run: each step that is due went, waits, or is held back by something that is true. */
  private void nothingIsLost() {
    look();
    ReminderPlan plan = firm.plan();
    LocalDate today = firm.today();
    int made = world.database.read(sql -> MailRows.onDay(sql, firm.id, today));
    Map<String, Set<Integer>> waiting = waiting();
    for (Fact fact : invoices.values()) {
      if (fact.open.signum() <= 0) continue;
      int step = plan.stepOn(today, fact.due);
      if (step == 0 || done(fact, step, waiting)) continue;
      Set<String> truth = new HashSet<>(against(fact));
      for (LocalDate day : reminded.getOrDefault(fact.customer, List.of()))
        if (day.plusDays(plan.leastDaysBetween()).isAfter(today)) truth.add("too_soon");
      boolean another =
          invoices.values().stream()
              .anyMatch(other ->
                  other.customer.equals(fact.customer) && waiting.containsKey(other.number));
      if (another) truth.addAll(List.of("too_soon", "next_mail"));
      if (plan.mode() == Mode.PER_INVOICE
          && reminded.getOrDefault(fact.customer, List.of()).contains(today))
        truth.add("next_mail");
      if (made >= plan.mostPerDay()) truth.add("most_per_day");
      Set<String> kept = codes(fact, step);
      assertThat(kept)
          .as(
              "%s/%d of %s was not sent; true is %s; waiting %s; its history %s",
              fact.number, step, fact.customer, truth, waiting, firm.history(fact.number))
          .anyMatch(truth::contains);
    }
  }

  private boolean done(Fact fact, int step, Map<String, Set<Integer>> waiting) {
    int highest =
        Math.max(
            fact.delivered.keySet().stream().max(Integer::compare).orElse(0),
            waiting.getOrDefault(fact.number, Set.of()).stream().max(Integer::compare).orElse(0));
    for (Reminded each : history(fact)) {
      if (each.outcome() != Outcome.PASSED) continue;
      boolean leftOut =
          "left_out".equals(each.code())
              && world.database.read(sql ->
                  sql.sql(
                              "SELECT count(*) FROM reminder_stops WHERE company_id = :c AND kind ="
                                  + " 'skip' AND invoice = :i AND step = :s")
                          .param("c", firm.id)
                          .param("i", fact.number)
                          .param("s", each.step())
                          .query(Long.class)
                          .single()
                      > 0);
      boolean written = "sent_by_hand".equals(each.code()) && !fact.remindedByHand.isEmpty();
      if (leftOut || written) highest = Math.max(highest, each.step());
    }
    return highest >= step;
  }

  /** Steps in messages that wait in the outbox. */
  private Map<String, Set<Integer>> waiting() {
    Map<String, Set<Integer>> waiting = new HashMap<>();
    for (Message message : firm.waiting())
      for (StepRows.Step step : world.database.read(sql -> StepRows.of(sql, firm.id, message.id())))
        waiting.computeIfAbsent(step.invoice(), none -> new HashSet<>()).add(step.step());
    return waiting;
  }

  private List<Reminded> history(Fact fact) {
    return history.getOrDefault(fact.number, List.of());
  }

  private Set<String> codes(Fact fact, int step) {
    Set<String> codes = new HashSet<>();
    for (Reminded each : history(fact))
      if (each.step() == step && each.outcome() == Outcome.SKIPPED) codes.add(each.code());
    return codes;
  }

  // Odds and ends

  private void told() {
    if (Duration.between(told, world.clock.instant()).toMinutes() >= 10)
      told = world.clock.instant();
  }

  private Fact open() {
    List<Fact> open = invoices.values().stream().filter(fact -> fact.open.signum() > 0).toList();
    return open.isEmpty() ? null : one(open);
  }

  private LocalDate backDated() {
    return firm.today().minusDays(random.nextInt(4) == 0 ? random.nextInt(10) : 0);
  }

  private BigDecimal amount() {
    return BigDecimal.valueOf(500 + random.nextInt(20_000), 2);
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private void event(String what) {
    events.add(world.clock.instant().atZone(firm.zone).toLocalDateTime() + " " + what);
  }
}
