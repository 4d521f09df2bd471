package org.postroom.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.calendar.Calendar;
import org.postroom.calendar.CalendarSettings;
import org.postroom.calendar.FreeDays;
import org.postroom.calendar.WorkingTime;
import org.postroom.compose.Unaddressed;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Problem;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageState;
import org.postroom.partners.Purpose;
import org.postroom.reminders.ReminderPlan.Mode;
import org.postroom.reminders.ReminderWorld.Firm;
import org.postroom.testkit.TestDatabase;

/** Scenes of a ladder on a clock that stands. */
@ParameterizedClass
@EnumSource
class RemindersTests {
  private static final Map<TestDatabase, ReminderWorld> WORLDS = new EnumMap<>(TestDatabase.class);

  @Parameter TestDatabase kind;
  private final List<Firm> firms = new ArrayList<>();
  private ReminderWorld world;

  @BeforeEach
  void open() {
    world = ReminderWorld.of(WORLDS, kind);
  }

  @AfterAll
  static void close() {
    WORLDS.values().stream().filter(java.util.Objects::nonNull).forEach(ReminderWorld::close);
  }

  /** The others' companies cost time in each run. */
  @AfterEach
  void off() {
    firms.forEach(firm -> firm.on(false));
  }

  private Firm firm(String zone) {
    Firm firm = world.firm(zone);
    firms.add(firm);
    firm.at("2026-01-20", "09:00");
    firm.customer("contoso");
    return firm;
  }

  @Test
  void anInvoiceClimbsTheLadderOneStepOnItsDay() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-01-31", "100.00");
    for (String day : List.of("2026-01-27")) {
      firm.at(day, "23:30");
      assertThat(firm.runAndDeliver()).isEmpty();
    }
    firm.at("2026-01-28", "00:00");
    assertThat(firm.runAndDeliver()).containsExactly("A/1");
    firm.at("2026-02-06", "23:59");
    assertThat(firm.runAndDeliver()).isEmpty();
    firm.at("2026-02-07", "00:00");
    assertThat(firm.runAndDeliver()).containsExactly("A/2");
    assertThat(firm.runAndDeliver()).isEmpty();
    firm.at("2026-02-14", "10:00");
    assertThat(firm.runAndDeliver()).containsExactly("A/3");
    firm.at("2026-06-14", "10:00");
    assertThat(firm.runAndDeliver()).isEmpty();
    assertThat(firm.history("A")).containsExactly("1 sent", "2 sent", "3 sent");
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-01-31, 1, 2026-02-01",
    "Europe/Berlin, 2028-02-28, 1, 2028-02-29",
    "Europe/Berlin, 2028-02-29, 365, 2029-02-28",
    "Europe/Berlin, 2026-03-28, 1, 2026-03-29",
    "Europe/Berlin, 2026-10-24, 1, 2026-10-25",
    "America/New_York, 2026-03-07, 1, 2026-03-08",
    "America/New_York, 2026-10-31, 1, 2026-11-01",
    "Pacific/Auckland, 2026-12-31, 1, 2027-01-01",
    "Pacific/Honolulu, 2026-12-31, 1, 2027-01-01",
    "America/Santiago, 2026-09-05, 1, 2026-09-06",
  })
  void aStepGoesOnItsDayWhereTheCompanyIsAndNotAMinuteBefore(
      String zone, String due, int days, String day) {
    Firm firm = firm(zone);
    firm.plan(ReminderWorld.plan(List.of(days)));
    firm.invoice("A", "contoso", due, "100.00");
    LocalDate first = LocalDate.parse(day);
    firm.at(first.minusDays(1).toString(), "23:58");
    assertThat(firm.runAndDeliver()).isEmpty();
    world.clock.set(first.atStartOfDay(firm.zone).toInstant());
    assertThat(firm.runAndDeliver()).containsExactly("A/1");
  }

  @Test
  void daysDifferBetweenAucklandAndHonoluluAtOneMoment() {
    Firm auckland = firm("Pacific/Auckland");
    Firm honolulu = firm("Pacific/Honolulu");
    for (Firm firm : List.of(auckland, honolulu)) {
      firm.plan(ReminderWorld.plan(List.of(1)));
      firm.invoice("A", "contoso", "2026-05-10", "1.00");
    }
    auckland.at("2026-05-11", "08:00");
    world.reminders.run();
    assertThat(auckland.history("A")).containsExactly("1 sent");
    assertThat(honolulu.history("A")).isEmpty();
  }

  @Test
  void onlyInWorkingTimeAndNoHoliday() {
    Firm firm = firm("Europe/Berlin");
    firm.plan(with(ReminderWorld.plan(List.of(1)), WorkingTime.USUAL));
    world
        .postroom
        .bean(Calendar.class)
        .save(
            firm.maria,
            new CalendarSettings(
                false,
                null,
                null,
                List.of(
                    new FreeDays(
                        LocalDate.of(2026, 5, 11), LocalDate.of(2026, 5, 11), false, "Trip")),
                List.of(),
                0),
            null);
    firm.invoice("A", "contoso", "2026-05-08", "1.00"); // a Friday; its step is on Saturday
    for (String moment : List.of("09T12:00", "10T12:00", "11T12:00", "12T07:59", "12T18:00")) {
      firm.at("2026-05-" + moment.substring(0, 2), moment.substring(3));
      if (moment.equals("12T18:00")) continue;
      assertThat(world.reminders.nextRun(firm.id).when())
          .isEqualTo(LocalDate.of(2026, 5, 12).atTime(8, 0).atZone(firm.zone).toInstant());
      assertThat(firm.dry()).containsExactly("A/1");
      assertThat(firm.runAndDeliver()).as(moment).isEmpty();
    }
    assertThat(firm.runAndDeliver()).isEmpty();
    firm.at("2026-05-13", "08:00");
    assertThat(firm.runAndDeliver()).containsExactly("A/1");
  }

  @Test
  void whatWaitsUntilTheEveningLeavesInTheMorning() {
    Firm firm = firm("Europe/Berlin");
    firm.plan(with(ReminderWorld.plan(List.of(1)), WorkingTime.USUAL));
    firm.invoice("A", "contoso", "2026-05-11", "1.00");
    firm.at("2026-05-12", "17:59");
    firm.run();
    firm.at("2026-05-12", "22:00");
    assertThat(firm.deliver()).isEmpty();
    Message waits = firm.waiting().getFirst();
    assertThat(waits.dueAt())
        .isEqualTo(LocalDate.of(2026, 5, 13).atTime(8, 0).atZone(firm.zone).toInstant());
    assertThat(waits.attempts()).isZero();
    firm.at("2026-05-13", "08:00");
    assertThat(firm.deliver()).hasSize(1);
  }

  @Test
  void aWeekWithoutServiceIsCaughtUpWithTheHighestStepAlone() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-02-01", "100.00");
    firm.at("2026-02-17", "09:00");
    assertThat(firm.dry()).containsExactly("A/3");
    assertThat(firm.runAndDeliver()).containsExactly("A/3");
    assertThat(firm.history("A"))
        .containsExactlyInAnyOrder("1 higher_step", "2 higher_step", "3 sent");
    firm.at("2026-02-28", "09:00");
    assertThat(firm.runAndDeliver()).isEmpty();
  }

  @Test
  void aDayHasItsMostAndTheRestFollowsOnTheNextOnes() {
    Firm firm = firm("Europe/Berlin");
    firm.plan(mostPerDay(ReminderWorld.plan(List.of(1)), 2));
    for (int i = 0; i < 5; i++) {
      firm.customer("c" + i);
      firm.invoice("I" + i, "c" + i, "2026-01-21", "10.00");
    }
    firm.at("2026-02-01", "09:00");
    assertThat(world.reminders.nextRun(firm.id).mails()).isEqualTo(2);
    assertThat(world.reminders.nextRun(firm.id).keptBack()).isEqualTo(3);
    List<String> first = firm.runAndDeliver();
    assertThat(first).hasSize(2);
    assertThat(firm.runAndDeliver()).isEmpty();
    assertThat(firm.history("I4")).containsExactly("1 most_per_day");
    firm.at("2026-02-02", "00:10");
    assertThat(firm.runAndDeliver()).hasSize(2).doesNotContainAnyElementsOf(first);
    firm.at("2026-02-03", "00:10");
    assertThat(firm.runAndDeliver()).hasSize(1);
  }

  @Test
  void paidBetweenDecisionAndSendingStopsTheWaitingMail() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-01-23", "100.00");
    firm.run();
    assertThat(firm.waiting()).hasSize(1);
    String message = firm.waiting().getFirst().id();
    firm.pay("A", "100.00");
    assertThat(firm.deliver()).isEmpty();
    Message stopped = world.outbox.find(firm.id, message).orElseThrow();
    assertThat(stopped.state()).isEqualTo(MessageState.CANCELLED);
    assertThat(world.outbox.timeline(firm.id, message).getLast().detail())
        .contains("Not sent after all", "A was paid meanwhile");
    assertThat(firm.history("A")).containsExactly("1 sent", "1 paid called off");
    firm.at("2026-03-23", "09:00");
    assertThat(firm.runAndDeliver()).isEmpty();
  }

  @Test
  void aPaymentStopsWhatWaitsBeforeItsTurnAndAReversalBringsItBack() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-01-23", "100.00");
    firm.run();
    firm.pay("A", "P1", "100.00", firm.today());
    firm.run();
    assertThat(firm.waiting()).isEmpty();
    assertThat(firm.history("A")).containsExactly("1 sent", "1 paid called off");
    firm.pay("A", "P2", "-100.00", firm.today());
    assertThat(firm.runAndDeliver()).containsExactly("A/1");
  }

  @Test
  void aPartPaymentMakesTheWaitingMailAnew() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-01-23", "100.00");
    firm.run();
    firm.pay("A", "40.00");
    firm.run();
    List<Message> waiting = firm.waiting();
    assertThat(waiting).hasSize(1);
    assertThat(new String(world.outbox.content(firm.id, waiting.getFirst().id()).orElseThrow()))
        .contains("60.00");
    assertThat(firm.deliver()).hasSize(1);
  }

  @Test
  void aDisputeHoldsUntilItIsEnded() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-01-23", "100.00");
    firm.invoice("B", "contoso", "2026-01-23", "50.00");
    Stop stop = firm.stop(Stop.Kind.DISPUTE, null, "A", null, null);
    assertThat(firm.dry()).containsExactly("A/1 disputed", "B/1");
    assertThat(firm.runAndDeliver()).containsExactly("B/1");
    firm.end(stop);
    firm.at("2026-01-23", "09:00");
    assertThat(firm.runAndDeliver()).containsExactly("A/1");
    assertThat(firm.history("A")).containsExactly("1 disputed", "1 sent");
  }

  @Test
  void aDisputeThatComesWhileTheMailWaitsStopsIt() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-01-23", "100.00");
    firm.run();
    firm.stop(Stop.Kind.DISPUTE, "contoso", null, null, null);
    assertThat(firm.deliver()).isEmpty();
    assertThat(firm.history("A")).containsExactly("1 sent", "1 disputed called off");
  }

  @Test
  void aPromiseIsWaitedForAndReminderGoesOnTheDayAfterItWasBroken() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-01-10", "100.00");
    firm.stop(Stop.Kind.PROMISE, null, "A", null, "2026-01-25");
    assertThat(firm.runAndDeliver()).isEmpty();
    firm.at("2026-01-25", "23:59");
    assertThat(firm.runAndDeliver()).isEmpty();
    firm.at("2026-01-26", "00:00");
    assertThat(firm.runAndDeliver()).containsExactly("A/3");
  }

  @Test
  void theErpTellsDisputesAndPromisesInItsOwnFields() {
    Firm firm = firm("Europe/Berlin");
    LocalDate due = LocalDate.of(2026, 1, 10);
    firm.put(DocumentKind.INVOICE, "A", "contoso", "EUR", due, "10.00", "{\"disputed\": true}");
    firm.put(
        DocumentKind.INVOICE,
        "B",
        "contoso",
        "EUR",
        due,
        "10.00",
        "{\"promised_until\": \"2026-01-22\"}");
    firm.put(
        DocumentKind.INVOICE,
        "C",
        "contoso",
        "EUR",
        due,
        "10.00",
        "{\"promised_until\": \"soon\", \"disputed\": \"no\"}");
    assertThat(firm.dry()).containsExactly("A/2 disputed", "B/2 promised", "C/2");
    firm.at("2026-01-23", "09:00");
    assertThat(firm.dry()).containsExactly("A/2 disputed", "B/2", "C/2");
  }

  @Test
  void oneStepIsLeftOutAndTheNextGoes() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-01-23", "100.00");
    firm.stop(Stop.Kind.SKIP, null, "A", 1, null);
    assertThat(firm.dry()).containsExactly("A/1 left_out");
    assertThat(firm.runAndDeliver()).isEmpty();
    firm.at("2026-01-30", "09:00");
    assertThat(firm.runAndDeliver()).containsExactly("A/2");
    assertThat(firm.history("A")).containsExactly("1 left_out", "2 sent");
  }

  @Test
  void aCustomerGetsOneMailAboutEverythingThatIsDue() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-01-10", "100.00");
    firm.invoice("B", "contoso", "2026-01-23", "50.00");
    firm.put(DocumentKind.INVOICE, "C", "contoso", "USD", LocalDate.of(2026, 1, 12), "70.00", "{}");
    firm.run();
    assertThat(firm.waiting()).hasSize(1);
    Message mail = firm.waiting().getFirst();
    assertThat(firm.steps(mail.id())).containsExactly("A/2", "B/1", "C/2");
    assertThat(mail.purpose()).isEqualTo("reminder");
    assertThat(mail.document().number()).isEqualTo("REM-contoso-2026-01-20");
    assertThat(mail.origin().name()).isEqualTo("the automatic mail “Overdue invoice reminder”");
    assertThat(world.outbox.further(firm.id, mail.id())).hasSize(3);
    String mime = new String(world.outbox.content(firm.id, mail.id()).orElseThrow());
    assertThat(mime).contains("Invoice A", "Invoice B", "70.00").contains("150.00");
  }

  @Test
  void orOneMailForEachInvoiceAndOnlySoManyOnOneDay() {
    Firm firm = firm("Europe/Berlin");
    firm.plan(mode(ReminderWorld.plan(List.of(-3, 7, 14)), Mode.PER_INVOICE));
    for (int i = 0; i < 5; i++) firm.invoice("I" + i, "contoso", "2026-01-1" + i, "10.00");
    assertThat(firm.dry())
        .containsExactly("I0/2", "I1/2", "I2/2", "I3/2 next_mail", "I4/1 next_mail");
    assertThat(firm.runAndDeliver()).containsExactly("I0/2", "I1/2", "I2/2");
    firm.at("2026-01-22", "09:00");
    assertThat(firm.runAndDeliver()).isEmpty();
    assertThat(firm.history("I3")).containsExactly("2 next_mail", "2 too_soon");
    firm.at("2026-01-23", "09:00");
    assertThat(firm.runAndDeliver()).containsExactly("I3/2", "I4/2");
  }

  @Test
  void notOnTheDaySomebodySentTheInvoiceByHand() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-01-23", "100.00");
    firm.byHand("A", Purpose.INVOICE);
    firm.deliver();
    assertThat(firm.dry()).containsExactly("A/1 sent_today");
    assertThat(firm.runAndDeliver()).isEmpty();
    firm.at("2026-01-21", "00:01");
    assertThat(firm.runAndDeliver()).containsExactly("A/1");
  }

  @Test
  void whatSomebodySendsWhileTheMailWaitsStopsItForTheDay() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-01-23", "100.00");
    firm.run();
    firm.byHand("A", Purpose.INVOICE);
    assertThat(firm.deliver()).hasSize(1);
    assertThat(firm.history("A")).containsExactly("1 sent", "1 sent_today called off");
    firm.at("2026-01-21", "09:00");
    assertThat(firm.runAndDeliver()).containsExactly("A/1");
  }

  @Test
  void aReminderByHandIsTheStep() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-01-23", "100.00");
    firm.byHand("A", Purpose.REMINDER);
    firm.deliver();
    firm.at("2026-01-25", "09:00");
    assertThat(firm.runAndDeliver()).isEmpty();
    assertThat(firm.history("A")).containsExactly("1 sent_by_hand");
  }

  @Test
  void creditCountsAndLittleIsNotRemindedOf() {
    Firm firm = firm("Europe/Berlin");
    firm.plan(minAmount(ReminderWorld.plan(List.of(1)), "10.00"));
    firm.invoice("A", "contoso", "2026-01-10", "30.00");
    firm.put(
        DocumentKind.CREDIT_MEMO, "K", "contoso", "EUR", LocalDate.of(2026, 1, 10), "25.00", "{}");
    assertThat(firm.dry()).containsExactly("A/1 below_minimum");
    firm.payOnAccount("contoso", "X", "5.00");
    assertThat(firm.dry()).containsExactly("A/1 covered_by_credit");
    firm.put(DocumentKind.INVOICE, "U", "contoso", "USD", LocalDate.of(2026, 1, 12), "70.00", "{}");
    assertThat(firm.dry()).containsExactly("A/1 covered_by_credit", "U/1");
    firm.invoice("B", "contoso", "2026-01-10", "10.00");
    assertThat(firm.runAndDeliver()).containsExactly("A/1", "B/1", "U/1");
  }

  @Test
  void whoWantsNoneGetsNoneAndWhoHasNoAddressIsWorkForSomebody() {
    Firm firm = firm("Europe/Berlin");
    firm.customer("quiet", false, true);
    firm.customer("mute", true, false);
    firm.customer("never");
    firm.plan(excluding(firm.plan(), "never"));
    for (String ref : List.of("quiet", "mute", "never", "gone"))
      firm.invoice("I-" + ref, ref, "2026-01-10", "30.00");
    assertThat(firm.dry())
        .containsExactly(
            "I-gone/2 unknown_partner",
            "I-mute/2 no_recipient",
            "I-never/2 excluded",
            "I-quiet/2 switched_off_for_partner");
    assertThat(firm.runAndDeliver()).isEmpty();
    assertThat(firm.runAndDeliver()).isEmpty();
    assertThat(firm.history("I-mute")).containsExactly("2 no_recipient");
    assertThat(world.postroom.bean(Unaddressed.class).open(firm.id)).hasSize(1);
    firm.customer("mute", true, true);
    assertThat(firm.runAndDeliver()).containsExactly("I-mute/2");
    assertThat(world.postroom.bean(Unaddressed.class).open(firm.id)).isEmpty();
  }

  @Test
  void whileTheErpIsSilentAboutPaymentsNothingGoes() {
    Firm firm = firm("Europe/Berlin");
    firm.plan(silent(ReminderWorld.plan(List.of(1)), 7));
    firm.invoice("A", "contoso", "2026-01-25", "30.00");
    firm.at("2026-01-29", "09:00");
    NextRun next = world.reminders.nextRun(firm.id);
    assertThat(next.pause())
        .isEqualTo("The ERP last told us about payments 9 days ago; reminders paused.");
    assertThat(firm.dry()).containsExactly("A/1 erp_silent");
    assertThat(firm.runAndDeliver()).isEmpty();
    firm.invoice("A", "contoso", "2026-01-25", "30.00"); // the same again
    assertThat(firm.runAndDeliver()).containsExactly("A/1");
  }

  @Test
  void switchedOffNothingGoesNotEvenWhatWaits() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-01-23", "100.00");
    firm.run();
    firm.on(false);
    firm.run();
    assertThat(firm.waiting()).isEmpty();
    assertThat(world.reminders.nextRun(firm.id).on()).isFalse();
    assertThat(firm.dry()).as("what would go if it were on").containsExactly("A/1");
    assertThat(firm.runAndDeliver()).isEmpty();
    firm.on(true);
    assertThat(firm.runAndDeliver()).containsExactly("A/1");
  }

  @Test
  void anotherLadderSendsNothingTwice() {
    Firm firm = firm("Europe/Berlin");
    firm.invoice("A", "contoso", "2026-01-10", "100.00");
    assertThat(firm.runAndDeliver()).containsExactly("A/2");
    firm.plan(ReminderWorld.plan(List.of(1, 8, 13)));
    firm.at("2026-01-22", "09:00");
    assertThat(firm.runAndDeliver()).isEmpty();
    firm.at("2026-01-23", "09:00");
    assertThat(firm.runAndDeliver()).containsExactly("A/3");
  }

  @Test
  void aPlanThatCannotBeIsRefused() {
    Firm firm = firm("Europe/Berlin");
    assertThatThrownBy(() -> firm.plan(ReminderWorld.plan(List.of(7, 7))))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> firm.plan(ReminderWorld.plan(List.of()))).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> firm.plan(ReminderWorld.plan(List.of(1, 2, 3, 4, 5, 6))))
        .isInstanceOf(Problem.class);
    long version = firm.plan().version();
    firm.plan(ReminderWorld.plan(List.of(1)));
    assertThatThrownBy(
            () -> world.reminders.change(firm.maria, ReminderWorld.plan(List.of(2)), version))
        .hasMessageContaining("changed");
  }

  private static ReminderPlan with(ReminderPlan p, WorkingTime time) {
    return new ReminderPlan(
        p.steps(),
        p.minAmount(),
        time,
        p.mode(),
        p.leastDaysBetween(),
        p.mostPerCustomer(),
        p.mostPerDay(),
        p.pausesWhenErpSilent(),
        p.silentDays(),
        p.excludedPartners(),
        0);
  }

  private static ReminderPlan mode(ReminderPlan p, Mode mode) {
    return new ReminderPlan(
        p.steps(),
        p.minAmount(),
        p.time(),
        mode,
        p.leastDaysBetween(),
        p.mostPerCustomer(),
        p.mostPerDay(),
        p.pausesWhenErpSilent(),
        p.silentDays(),
        p.excludedPartners(),
        0);
  }

  private static ReminderPlan mostPerDay(ReminderPlan p, int most) {
    return new ReminderPlan(
        p.steps(),
        p.minAmount(),
        p.time(),
        p.mode(),
        p.leastDaysBetween(),
        p.mostPerCustomer(),
        most,
        p.pausesWhenErpSilent(),
        p.silentDays(),
        p.excludedPartners(),
        0);
  }

  private static ReminderPlan minAmount(ReminderPlan p, String least) {
    return new ReminderPlan(
        p.steps(),
        new BigDecimal(least),
        p.time(),
        p.mode(),
        p.leastDaysBetween(),
        p.mostPerCustomer(),
        p.mostPerDay(),
        p.pausesWhenErpSilent(),
        p.silentDays(),
        p.excludedPartners(),
        0);
  }

  private static ReminderPlan silent(ReminderPlan p, int days) {
    return new ReminderPlan(
        p.steps(),
        p.minAmount(),
        p.time(),
        p.mode(),
        p.leastDaysBetween(),
        p.mostPerCustomer(),
        p.mostPerDay(),
        true,
        days,
        p.excludedPartners(),
        0);
  }

  private static ReminderPlan excluding(ReminderPlan p, String ref) {
    return new ReminderPlan(
        p.steps(),
        p.minAmount(),
        p.time(),
        p.mode(),
        p.leastDaysBetween(),
        p.mostPerCustomer(),
        p.mostPerDay(),
        p.pausesWhenErpSilent(),
        p.silentDays(),
        List.of(ref),
        0);
  }
}
