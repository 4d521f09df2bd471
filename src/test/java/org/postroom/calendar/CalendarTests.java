package org.postroom.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;

@ParameterizedClass
@EnumSource
class CalendarTests {
  @Parameter TestDatabase kind;

  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));
  private Database database;
  private Calendar calendar;

  @BeforeEach
  void open() {
    database = kind.open(clock);
    Access access = AccessForTests.on(database);
    calendar = new Calendar(database, access, new Audit(database));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void waitsForMondayMorning() {
    String company = company("Europe/Berlin", "DE");
    assertThat(next(company, "2026-11-21T12:00:00Z")).isEqualTo("2026-11-23T07:00:00Z");
    assertThat(next(company, "2026-11-23T06:59:59Z")).isEqualTo("2026-11-23T07:00:00Z");
    assertThat(next(company, "2026-11-23T12:00:00.123Z")).isEqualTo("2026-11-23T12:00:00.123Z");
    assertThat(next(company, "2026-11-23T17:00:00Z")).isEqualTo("2026-11-24T07:00:00Z");
  }

  @Test
  void knowsWhichDayItIsWhereTheCompanyIs() {
    clock.set(Instant.parse("2026-11-21T23:30:00Z"));
    assertThat(calendar.today(company("Europe/Berlin", "DE"))).isEqualTo("2026-11-22");
    assertThat(calendar.today(company("America/New_York", "US"))).isEqualTo("2026-11-21");
  }

  @Test
  void publicHolidaysOfTheCompanysCountryAreFree() {
    String company = company("Europe/Berlin", "DE");
    assertThat(next(company, "2026-12-25T09:00:00Z")).isEqualTo("2026-12-28T07:00:00Z");
    assertThat(works(company, "2026-12-24")).isTrue();
    assertThat(works(company, "2026-06-04")).isTrue();
  }

  @Test
  void aRegionHasItsOwn() {
    String company = company("Europe/Berlin", "DE");
    save(company, new CalendarSettings(true, null, "by", List.of(), List.of(), 0));
    assertThat(works(company, "2026-06-04")).isFalse();
    assertThat(calendar.holidays(company, LocalDate.parse("2026-01-01")))
        .containsEntry(LocalDate.parse("2026-06-04"), "Corpus Christi");
  }

  @Test
  void aHolidayThatIsMovedIsFreeOnTheDayItIsMovedTo() {
    assertThat(works(company("Europe/London", "GB"), "2026-12-28")).isFalse();
    // New Year 2028 is a Saturday and kept on the last day of 2027.
    assertThat(works(company("America/New_York", "US"), "2027-12-31")).isFalse();
  }

  @Test
  void holidaysCanBeThoseOfAnotherCountryOrNone() {
    String company = company("Europe/Berlin", "DE");
    save(company, new CalendarSettings(true, "US", null, List.of(), List.of(), 0));
    assertThat(works(company, "2026-11-26")).isFalse();
    save(company, new CalendarSettings(false, "US", null, List.of(), List.of(), 0));
    assertThat(works(company, "2026-11-26")).isTrue();
  }

  @Test
  void ownFreeDaysAndDaysWorkedAnyway() {
    String company = company("Europe/Berlin", "DE");
    var closed = free("2026-12-24", "2027-01-02", false);
    var working = new WorkingDay(LocalDate.parse("2026-12-28"), "Stocktaking");
    save(company, new CalendarSettings(true, null, null, List.of(closed), List.of(working), 0));
    assertThat(next(company, "2026-12-24T07:00:00Z")).isEqualTo("2026-12-28T07:00:00Z");
    assertThat(next(company, "2026-12-29T07:00:00Z")).isEqualTo("2027-01-04T07:00:00Z");
    assertThat(works(company, "2027-12-28")).isTrue();
  }

  @Test
  void freeDaysComeBackEveryYearAlsoOverNewYear() {
    String company = company("Europe/Berlin", "DE");
    var closed = free("2026-12-24", "2027-01-06", true);
    save(company, new CalendarSettings(false, null, null, List.of(closed), List.of(), 0));
    assertThat(works(company, "2028-12-27")).isFalse();
    assertThat(works(company, "2029-01-05")).isFalse();
    assertThat(works(company, "2026-01-05")).isTrue();
    assertThat(works(company, "2029-01-08")).isTrue();
  }

  @Test
  void whatCannotBeSettledIsToldAllAtOnce() {
    String company = company("Europe/Berlin", "DE");
    var settings =
        new CalendarSettings(
            true,
            null,
            "atlantis",
            List.of(
                free("2026-12-24", "2026-12-20", false), free("2026-01-01", "2026-12-31", true)),
            List.of(new WorkingDay(LocalDate.parse("0026-12-20"), null)),
            0);
    assertThat(problem(company, settings).errors())
        .extracting(Problem.FieldError::pointer)
        .containsExactly(
            "/region", "/free_days/0/last", "/free_days/1/last", "/working_days/0/day");
  }

  @Test
  void aCalendarThatLeavesNoDayIsRefused() {
    String company = company("Europe/Berlin", "DE");
    List<FreeDays> all = new ArrayList<>();
    for (int month = 1; month <= 12; month++) {
      LocalDate first = LocalDate.of(2026, month, 1);
      all.add(new FreeDays(first, first.plusMonths(1).minusDays(1), true, null));
    }
    var never = new CalendarSettings(false, null, null, all, List.of(), 0);
    assertThat(problem(company, never).errors())
        .extracting(Problem.FieldError::code)
        .containsExactly("never_works");
  }

  @Test
  void aWindowPastMidnightIsRefusedWithItsPointer() {
    assertThatThrownBy(() ->
            WorkingTime.of(
                "/working_time", Set.of(DayOfWeek.MONDAY), LocalTime.of(22, 0), LocalTime.of(6, 0)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.errors())
                    .extracting(Problem.FieldError::pointer)
                    .containsExactly("/working_time/until"));
  }

  private Instant next(String company, String from) {
    return calendar.next(company, WorkingTime.USUAL, Instant.parse(from));
  }

  private boolean works(String company, String day) {
    return calendar.works(company, WorkingTime.USUAL, LocalDate.parse(day));
  }

  private static FreeDays free(String first, String last, boolean yearly) {
    return new FreeDays(LocalDate.parse(first), LocalDate.parse(last), yearly, null);
  }

  private void save(String company, CalendarSettings settings) {
    calendar.save(Caller.postroom(company), settings, null);
  }

  private Problem problem(String company, CalendarSettings settings) {
    try {
      calendar.save(Caller.postroom(company), settings, null);
    } catch (Problem problem) {
      return problem;
    }
    throw new AssertionError("It was taken.");
  }

  private int companies;

  private String company(String zone, String country) {
    return AccessForTests.company(database, "company" + companies++, ZoneId.of(zone), country);
  }
}
