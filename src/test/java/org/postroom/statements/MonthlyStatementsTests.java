package org.postroom.statements;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Access;
import org.postroom.access.AccessForTests;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.calendar.Calendar;
import org.postroom.db.Database;
import org.postroom.documents.Ledger.Kind;
import org.postroom.receivables.Ageing;
import org.postroom.receivables.StatementScope;
import org.postroom.statements.BeginMonths.Due;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;

/** When the statements of a month are begun: on two nodes, with a clock that stands. */
@ParameterizedClass
@EnumSource
class MonthlyStatementsTests {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Duration LOOK = Duration.ofMinutes(1);

  @Parameter TestDatabase kind;

  private final TestClock clock = new TestClock(Instant.parse("2026-10-10T10:00:00Z"));
  private final List<Node> nodes = new ArrayList<>();
  private List<Database> databases;
  private String company;

  private record Node(BeginMonths begin, StatementRuns runs, Database database) {}

  @BeforeEach
  void open() {
    databases = kind.openTogether(2, clock);
    for (Database database : databases) {
      Access access = AccessForTests.on(database);
      var runs = new StatementRuns(database, event -> {});
      var calendar = new Calendar(database, access, new Audit(database));
      nodes.add(new Node(new BeginMonths(database, access, calendar, runs), runs, database));
    }
    company = company(BERLIN);
  }

  @AfterEach
  void close() {
    databases.forEach(Database::close);
  }

  @Test
  void theFirstWorkingDayAtEightUnlessSettledOtherwise() {
    watch(MonthlySchedule.INITIAL);
    // Sunday 1 November is a holiday besides in parts of Germany; Monday it is.
    assertThat(next()).isEqualTo("2026-11-02T07:00:00Z");
    at("2026-11-02T06:59:59Z");
    look();
    assertThat(runs()).isEmpty();
    at("2026-11-02T07:00:00Z");
    look();
    assertThat(runs()).hasSize(1);
    StatementRun run = runs().getFirst();
    assertThat(run.request().scope())
        .isEqualTo(StatementScope.openItems(LocalDate.of(2026, 11, 2)));
    assertThat(run.request().dryRun()).isFalse();
    assertThat(run.startedBy()).isEqualTo("Postroom");
    assertThat(next()).isEqualTo("2026-12-01T07:00:00Z");
  }

  @Test
  void overAYearEachMonthOnceHoweverManyNodesLook() throws Exception {
    watch(MonthlySchedule.INITIAL);
    Instant end = Instant.parse("2027-10-10T10:00:00Z");
    try (var pool = Executors.newFixedThreadPool(4)) {
      while (clock.instant().isBefore(end)) {
        clock.advance(Duration.ofHours(31));
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          Node node = nodes.get(i % 2);
          all.add(pool.submit(() -> node.begin().look(company, true)));
        }
        for (Future<?> one : all) one.get();
      }
    }
    assertThat(months()).hasSize(12).allMatch(month -> month.run() != null);
    assertThat(months().getFirst().month()).isEqualTo(YearMonth.of(2027, 10));
    assertThat(runs()).hasSize(12);
    assertThat(months().stream().map(MonthlyMonth::run).distinct()).hasSize(12);
  }

  @Test
  void theDayAndTheHourAreTheCompanysHoweverItsClocksGo() {
    assertThat(moment("15", 8, "2026-07", BERLIN)).isEqualTo("2026-07-15T06:00:00Z");
    assertThat(moment("15", 8, "2026-11", BERLIN)).isEqualTo("2026-11-15T07:00:00Z");
    assertThat(moment("last", 23, "2026-11", ZoneId.of("Pacific/Auckland")))
        .isEqualTo("2026-11-30T10:00:00Z");
    // The hour that summer time leaves out, and the one that comes twice.
    assertThat(moment("last", 2, "2026-02", BERLIN)).isEqualTo("2026-02-28T01:00:00Z");
    assertThat(moment("28", 2, "2027-03", BERLIN)).isEqualTo("2027-03-28T01:00:00Z");
    assertThat(moment("25", 2, "2026-10", BERLIN)).isEqualTo("2026-10-25T00:00:00Z");
  }

  @Test
  void everyMonthHasALastDay() {
    assertThat(moment("last", 0, "2028-02", ZoneId.of("UTC"))).isEqualTo("2028-02-29T00:00:00Z");
    assertThat(moment("last", 0, "2026-02", ZoneId.of("UTC"))).isEqualTo("2026-02-28T00:00:00Z");
    assertThat(moment("last", 0, "2026-12", ZoneId.of("UTC"))).isEqualTo("2026-12-31T00:00:00Z");
  }

  @Test
  void theFirstWorkingDayIsAfterTheHolidays() {
    watch(MonthlySchedule.INITIAL);
    at("2026-12-15T10:00:00Z");
    look();
    // New Year's Day is a Friday.
    assertThat(next()).isEqualTo("2027-01-04T07:00:00Z");
  }

  @Test
  void whatWasDueWhileNobodyWasThereIsCaughtUpOnceWithTheDaysBalances() {
    watch(MonthlySchedule.INITIAL);
    at("2026-11-06T15:00:00Z");
    look();
    look();
    assertThat(runs()).hasSize(1);
    assertThat(runs().getFirst().request().scope().asOf()).isEqualTo("2026-11-06");
    assertThat(months().getFirst().dueAt()).isEqualTo("2026-11-02T07:00:00Z");
  }

  @Test
  void monthsMissedForTooLongAreNotedAndNotSent() {
    watch(MonthlySchedule.INITIAL);
    at("2027-02-03T10:00:00Z");
    look();
    assertThat(months()).hasSize(4);
    assertThat(months().getFirst().month()).isEqualTo(YearMonth.of(2027, 2));
    assertThat(months().getFirst().run()).isNotNull();
    assertThat(months().subList(1, 4)).allMatch(month -> month.run() == null);
    assertThat(months().get(1).missed())
        .isEqualTo(
            "Postroom was not running on 4 Jan, 08:00, and it was more than 7 days late when it was"
                + " again.");
    assertThat(runs()).hasSize(1);
  }

  @Test
  void switchingOnSendsNothingThatIsPast() {
    look(company, false);
    at("2026-11-02T09:00:00Z");
    look(company, true);
    at("2026-11-02T09:05:00Z");
    look(company, true);
    assertThat(runs()).isEmpty();
    assertThat(next()).isEqualTo("2026-12-01T07:00:00Z");
  }

  @Test
  void switchedOffNothingGoesAndNothingIsCaughtUpLater() {
    watch(MonthlySchedule.INITIAL);
    look(company, false);
    at("2026-11-02T08:00:00Z");
    look(company, false);
    at("2026-11-03T08:00:00Z");
    look(company, true);
    look(company, true);
    assertThat(runs()).isEmpty();
    assertThat(months()).isEmpty();
  }

  @Test
  void aMonthThatWasSentIsNotSentAgainBecauseTheDayWasMovedBack() {
    watch(on("5"));
    at("2026-11-05T07:00:00Z");
    look();
    assertThat(runs()).hasSize(1);
    watch(on("20"));
    at("2026-11-20T12:00:00Z");
    look();
    assertThat(runs()).hasSize(1);
    assertThat(next()).isEqualTo("2026-12-20T07:00:00Z");
  }

  @Test
  void aDayThatIsPastWhenItIsSettledCountsFromTheNextMonth() {
    at("2026-11-07T10:00:00Z");
    watch(on("5"));
    clock.advance(LOOK);
    look();
    assertThat(runs()).isEmpty();
    assertThat(next()).isEqualTo("2026-12-05T07:00:00Z");
  }

  @Test
  void activityIsThatOfTheMonthBeforeOrOfTheMonthThatEnds() {
    assertThat(schedule("1", Kind.ACTIVITY).request(month("2026-11"), LocalDate.EPOCH).scope())
        .isEqualTo(StatementScope.activity(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 31)));
    assertThat(schedule("last", Kind.ACTIVITY).request(month("2026-11"), LocalDate.EPOCH).scope())
        .isEqualTo(StatementScope.activity(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30)));
  }

  @Test
  void whoGetsOneAndWhetherSomebodyStartsItIsAsSettled() {
    var who =
        new MonthlySchedule.Chosen(
            Kind.OPEN_ITEMS,
            Ageing.of("10, 20"),
            List.of("contoso", "fabrikam"),
            null,
            List.of("gone"),
            false,
            new BigDecimal("5.00"));
    watch(new MonthlySchedule(new MonthlyDay("12"), 9, who, true, 3, 0));
    at("2026-10-12T07:00:00Z");
    look();
    RunRequest request = runs().getFirst().request();
    assertThat(request.dryRun()).isTrue();
    assertThat(request.partners()).containsExactly("contoso", "fabrikam");
    assertThat(request.exclude()).containsExactly("gone");
    assertThat(request.minAmount()).isEqualByComparingTo("5");
    assertThat(request.skipZero()).isFalse();
    assertThat(request.scope().ageing().words()).isEqualTo("10, 20");
  }

  @Test
  void companiesInOtherZonesHaveTheirOwnEight() {
    watch(on("15"));
    String elsewhere = company(ZoneId.of("America/New_York"));
    watch(elsewhere, on("15"));
    at("2026-10-15T06:00:00Z");
    look(company, true);
    look(elsewhere, true);
    assertThat(runs(company)).hasSize(1);
    assertThat(runs(elsewhere)).isEmpty();
    at("2026-10-15T12:00:00Z");
    look(elsewhere, true);
    assertThat(runs(elsewhere)).hasSize(1);
  }

  private static YearMonth month(String month) {
    return YearMonth.parse(month);
  }

  private static Instant moment(String day, int hour, String month, ZoneId zone) {
    return new MonthlySchedule(
            new MonthlyDay(day), hour, MonthlySchedule.INITIAL.who(), false, 7, 0)
        .moment(month(month), zone, any -> true);
  }

  private static MonthlySchedule on(String day) {
    return schedule(day, Kind.OPEN_ITEMS);
  }

  private static MonthlySchedule schedule(String day, Kind kind) {
    var who =
        new MonthlySchedule.Chosen(kind, Ageing.USUAL, List.of(), null, List.of(), true, null);
    return new MonthlySchedule(new MonthlyDay(day), 8, who, false, 7, 0);
  }

  /** Settles and switches on. */
  private void watch(MonthlySchedule schedule) {
    watch(company, schedule);
  }

  private void watch(String firm, MonthlySchedule schedule) {
    databases
        .getFirst()
        .run(sql -> {
          long version = MonthlyRows.find(sql, firm).schedule().version();
          assertThat(MonthlyRows.save(sql, firm, schedule.at(version), sql.now())).isTrue();
        });
  }

  private void at(String moment) {
    clock.set(Instant.parse(moment));
  }

  private void look() {
    look(company, true);
  }

  private void look(String firm, boolean enabled) {
    nodes.forEach(node -> node.begin().look(firm, enabled));
  }

  private Instant next() {
    Due due = nodes.getLast().begin().next(company);
    assertThat(due).isNotNull();
    return due.at();
  }

  private List<StatementRun> runs() {
    return runs(company);
  }

  private List<StatementRun> runs(String firm) {
    return nodes.getFirst().runs().list(Caller.postroom(firm), 100, null).data();
  }

  private List<MonthlyMonth> months() {
    return databases.getFirst().read(sql -> MonthlyRows.months(sql, company, 100));
  }

  private String company(ZoneId zone) {
    return AccessForTests.company(databases.getFirst(), "Acme " + zone.getId(), zone, "DE");
  }
}
