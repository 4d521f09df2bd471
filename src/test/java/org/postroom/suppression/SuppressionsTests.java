package org.postroom.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.suppression.AddressFailure.Kind;
import org.postroom.suppression.Suppression.Cause;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;

@ParameterizedClass
@EnumSource
class SuppressionsTests {
  private static final String ANNA = "anna@contoso.example";
  private static final Caller MARIA =
      new Caller(
          "co_1", Caller.Kind.PERSON, "usr_1", "Maria Lund", null, Set.of(Right.values()), false);

  @Parameter TestDatabase kind;

  private final TestClock clock = new TestClock(Instant.parse("2026-11-03T12:00:00Z"));
  private final List<Object> published = new ArrayList<>();
  private Database database;
  private Suppressions suppressions;

  @BeforeEach
  void open() {
    database = kind.open(clock);
    suppressions = new Suppressions(database, new Audit(database), published::add);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aHardBounceBlocksAtOnce() {
    fail(Kind.HARD_BOUNCE, "5.1.1");
    Suppression blocked = suppressions.find("co_1", ANNA).orElseThrow();
    assertThat(blocked.cause()).isEqualTo(Cause.HARD_BOUNCE);
    assertThat(blocked.since()).isEqualTo(clock.instant());
    assertThat(blocked.message()).isEqualTo("msg_1");
    assertThat(blocked.reply()).isEqualTo("550 5.1.1 said the server");
    assertThat(published).containsExactly(new AddressBlocked("co_1", ANNA, Cause.HARD_BOUNCE));
  }

  @Test
  void aComplaintBlocksAtOnce() {
    fail(Kind.COMPLAINT, null);
    assertThat(suppressions.find("co_1", ANNA).orElseThrow().cause()).isEqualTo(Cause.COMPLAINT);
  }

  @Test
  void anotherCompanyMayWriteThere() {
    fail(Kind.HARD_BOUNCE, "5.1.1");
    assertThat(suppressions.find("co_2", ANNA)).isEmpty();
  }

  @Test
  void addressesAreTheSameHoweverTheyAreWritten() {
    suppressions.block(MARIA, "Jörg@Müller.example", null);
    List<String> same =
        List.of("jörg@MÜLLER.example", "JÖRG@xn--mller-kva.example", "jo\u0308rg@müller.example");
    assertThat(suppressions.among("co_1", same)).containsOnlyKeys(same);
    assertThat(suppressions.among("co_1", List.of("jorg@müller.example", "not an address", "")))
        .isEmpty();
  }

  @Test
  void theFirstReasonStays() {
    fail(Kind.COMPLAINT, null);
    fail(Kind.HARD_BOUNCE, "5.1.1");
    suppressions.block(MARIA, ANNA, "again");
    assertThat(suppressions.find("co_1", ANNA).orElseThrow().cause()).isEqualTo(Cause.COMPLAINT);
    assertThat(published).hasSize(1);
  }

  @Test
  void staysUnblockedUntilMailFailsAnew() {
    fail(Kind.HARD_BOUNCE, "5.1.1");
    Instant before = clock.instant();
    clock.advance(Duration.ofHours(1));
    suppressions.unblock(MARIA, ANNA, "They repaired it");
    assertThat(suppressions.among("co_1", List.of(ANNA))).isEmpty();

    clock.advance(Duration.ofHours(1));
    fail(Kind.HARD_BOUNCE, "5.1.1", "msg_2", before);
    assertThat(suppressions.find("co_1", ANNA)).isEmpty();

    fail(Kind.HARD_BOUNCE, "5.1.1", "msg_3", clock.instant());
    assertThat(suppressions.find("co_1", ANNA).orElseThrow().message()).isEqualTo("msg_3");
  }

  @Test
  void aReportFromTheFutureIsFromNow() {
    suppressions.block(MARIA, ANNA, null);
    suppressions.unblock(MARIA, ANNA, null);
    fail(Kind.HARD_BOUNCE, "5.1.1", "msg_2", clock.instant().plus(Duration.ofDays(400)));
    assertThat(suppressions.find("co_1", ANNA)).isEmpty();
  }

  @Test
  void joinsTheTransactionOfTheCaller() {
    assertThatThrownBy(() ->
            database.run(sql -> {
              fail(Kind.HARD_BOUNCE, "5.1.1");
              throw new IllegalStateException("undone");
            }))
        .hasMessage("undone");
    assertThat(suppressions.find("co_1", ANNA)).isEmpty();
    assertThat(published).isEmpty();
  }

  @Test
  void aFullMailboxBlocksAfterFiveMessagesInTwoWeeks() {
    for (int message = 1; message <= 4; message++) soft("msg_" + message, Duration.ofDays(4));
    assertThat(suppressions.find("co_1", ANNA)).isEmpty();
    soft("msg_5", Duration.ZERO);
    assertThat(suppressions.find("co_1", ANNA).orElseThrow().cause()).isEqualTo(Cause.SOFT_BOUNCES);
  }

  @Test
  void manyInFewDaysDoNot() {
    for (int message = 1; message <= 18; message++) soft("msg_" + message, Duration.ofHours(18));
    assertThat(suppressions.find("co_1", ANNA)).isEmpty();
  }

  @Test
  void theSameMessageCountsOnce() {
    for (int time = 1; time <= 9; time++) soft("msg_1", Duration.ofDays(4));
    assertThat(suppressions.find("co_1", ANNA)).isEmpty();
  }

  @Test
  void mailThatArrivesBeginsAnew() {
    for (int message = 1; message <= 4; message++) soft("msg_" + message, Duration.ofDays(4));
    suppressions.delivered("co_1", ANNA, clock.instant());
    for (int message = 5; message <= 8; message++) soft("msg_" + message, Duration.ofDays(4));
    assertThat(suppressions.find("co_1", ANNA)).isEmpty();
  }

  @Test
  void whatLiesTwoMonthsBackCountsNoMore() {
    for (int message = 1; message <= 4; message++) soft("msg_" + message, Duration.ofDays(4));
    clock.advance(Duration.ofDays(70));
    soft("msg_5", Duration.ZERO);
    assertThat(suppressions.find("co_1", ANNA)).isEmpty();
  }

  @Test
  void ourOwnFaultsNeverBlock() {
    var random = new Random(19);
    List<@Nullable String> ours = new ArrayList<>();
    ours.add(null);
    for (String first : List.of("4", "5")) {
      for (int subject : List.of(3, 5, 6, 7))
        for (int detail = 1; detail < 32; detail++) ours.add(first + "." + subject + "." + detail);
      ours.add(first + ".1.7");
      ours.add(first + ".1.8");
      ours.add(first + ".4.7");
    }
    for (int failure = 0; failure < 1000; failure++) {
      String status = ours.get(random.nextInt(ours.size()));
      boolean saidToBeHard =
          status != null && status.matches("4.*|5\\.[1567].*") && random.nextBoolean();
      fail(
          saidToBeHard ? Kind.HARD_BOUNCE : Kind.SOFT_BOUNCE,
          status,
          "msg_" + failure,
          clock.instant());
      clock.advance(Duration.ofHours(random.nextInt(72)));
    }
    assertThat(suppressions.find("co_1", ANNA)).isEmpty();
    assertThat(published).isEmpty();
  }

  @Test
  void whatIsNoAddressIsNobodysFailure() {
    suppressions.failed(
        new AddressFailure("co_1", "<>", Kind.HARD_BOUNCE, null, null, "", clock.instant()));
    assertThat(suppressions.list(MARIA, SuppressionFilter.ALL, 10, null).data()).isEmpty();
  }

  @Test
  void theListIsNewestFirstAndGoesOn() {
    for (int i = 0; i < 5; i++) suppressions.block(MARIA, "p" + i + "@contoso.example", null);
    var first = suppressions.list(MARIA, SuppressionFilter.ALL, 3, null);
    var rest = suppressions.list(MARIA, SuppressionFilter.ALL, 3, first.nextCursor());
    assertThat(first.data())
        .extracting(Suppression::address)
        .first()
        .isEqualTo("p4@contoso.example");
    assertThat(rest.data())
        .extracting(Suppression::address)
        .containsExactly("p1@contoso.example", "p0@contoso.example");
    var found = suppressions.list(MARIA, new SuppressionFilter("P2@", Cause.BY_HAND), 3, null);
    assertThat(found.data()).extracting(Suppression::address).containsExactly("p2@contoso.example");
    assertThat(suppressions.list(MARIA, new SuppressionFilter("%", null), 3, null).data())
        .isEmpty();
  }

  @Test
  void onlyWithTheRightToDoSo() {
    var clerk =
        new Caller("co_1", Caller.Kind.PERSON, "usr_2", "Sam", null, Set.of(Right.SEND), false);
    assertThatThrownBy(() -> suppressions.block(clerk, ANNA, null)).isInstanceOf(Problem.class);
    suppressions.block(MARIA, ANNA, null);
    assertThatThrownBy(() -> suppressions.unblock(clerk, ANNA, null)).isInstanceOf(Problem.class);
    assertThat(suppressions.get(clerk, ANNA).byName()).isEqualTo("Maria Lund");
  }

  @Test
  void whoBlockedAndUnblockedIsKept() {
    suppressions.block(MARIA, ANNA, "asked us to");
    suppressions.unblock(MARIA, ANNA, "asked us to write again");
    assertThat(new Audit(database).list(MARIA, 10, null).data())
        .extracting(Audit.Entry::what)
        .containsExactly("suppression.deleted", "suppression.created");
    assertThatThrownBy(() -> suppressions.unblock(MARIA, ANNA, null))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("is not blocked");
  }

  @Test
  void manyAreLookedUpAtOnce() {
    Map<String, Suppression> none =
        suppressions.among(
            "co_1",
            java.util.stream.IntStream.range(0, 1200)
                .mapToObj(i -> i + "@contoso.example")
                .toList());
    assertThat(none).isEmpty();
  }

  private void soft(String message, Duration then) {
    fail(Kind.SOFT_BOUNCE, "5.2.2", message, clock.instant());
    clock.advance(then);
  }

  private void fail(Kind kind, @Nullable String status) {
    fail(kind, status, "msg_1", clock.instant());
  }

  private void fail(Kind kind, @Nullable String status, String message, Instant at) {
    String reply = "550 " + (status == null ? "" : status + " ") + "said the server";
    suppressions.failed(new AddressFailure("co_1", ANNA, kind, message, status, reply, at));
  }
}
