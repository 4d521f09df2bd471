package org.postroom.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;

@ParameterizedClass
@EnumSource
class DayCountTests {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final LocalDate LAST = LocalDate.of(2026, 10, 26);

  @Parameter TestDatabase kind;
  private Database database;
  private Outbox outbox;

  @BeforeEach
  void open() {
    database = kind.open(new TestClock(Instant.parse("2026-10-26T12:00:00Z")));
    outbox = new Outbox(database, event -> {});
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void daysBeginAtMidnightOfTheZoneAlsoWhereTheClockIsPutBack() {
    accept("co_1", "maria", "2026-10-24T21:59:59.999Z"); // 23:59 on the 24th, summer time
    accept("co_1", "maria", "2026-10-24T22:00:00Z"); // 0:00 on the 25th
    accept("co_1", "maria", "2026-10-25T22:59:59.999Z"); // 23:59 on the 25th, winter time
    accept("co_1", "maria", "2026-10-25T23:00:00Z"); // 0:00 on the 26th
    accept("co_1", "maria", "2026-10-26T23:00:00Z"); // the day after
    assertThat(waiting(Caller.postroom("co_1"), 3)).containsExactly(1L, 2L, 1L);
    assertThat(waiting(Caller.postroom("co_1"), 1)).containsExactly(1L);
  }

  @Test
  void statesAreCountedEachByItself() {
    Message cancelled = accept("co_1", "maria", "2026-10-26T08:00:00Z");
    accept("co_1", "maria", "2026-10-26T09:00:00Z");
    outbox.cancel(Caller.postroom("co_1"), cancelled.id());
    DayCount today = new Counts(database).days(Caller.postroom("co_1"), LAST, 1, BERLIN).getFirst();
    assertThat(today.counts())
        .isEqualTo(Map.of(MessageState.CANCELLED, 1L, MessageState.QUEUED, 1L));
    assertThat(today.of(MessageState.CANCELLED, MessageState.QUEUED)).isEqualTo(2);
  }

  @Test
  void anotherCompanysMessagesAreNotCounted() {
    accept("co_2", "maria", "2026-10-26T08:00:00Z");
    assertThat(waiting(Caller.postroom("co_1"), 7)).containsOnly(0L);
  }

  @Test
  void whoMayNotSeeAllMailCountsTheirOwn() {
    accept("co_1", "maria", "2026-10-26T08:00:00Z");
    accept("co_1", "jan", "2026-10-26T08:00:00Z");
    var jan = new Caller("co_1", Caller.Kind.PERSON, "jan", "Jan", null, Set.of(Right.SEND), false);
    assertThat(waiting(jan, 1)).containsExactly(1L);
  }

  private List<Long> waiting(Caller caller, int days) {
    return new Counts(database)
        .days(caller, LAST, days, BERLIN).stream().map(day -> day.of(MessageState.QUEUED)).toList();
  }

  /** Its id says when it was made, as those of real messages do. */
  private Message accept(String company, String origin, String at) {
    String id = Ids.floor("msg", Instant.parse(at)) + Ids.next("x").substring(14);
    return outbox.accept(
        new Draft(
            company,
            id,
            "acc_1",
            Address.of("me@acme.example"),
            Address.of("me@acme.example"),
            "<" + id + "@acme.example>",
            "Hello",
            List.of(new Draft.To(Address.of("a@x.example"), RecipientRole.TO)),
            "Subject: Hello\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII),
            false,
            null,
            new Message.Origin("person", origin, origin),
            null,
            List.of(),
            null,
            null,
            null,
            null,
            Map.of(),
            null,
            null,
            null));
  }
}
