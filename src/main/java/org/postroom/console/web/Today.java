package org.postroom.console.web;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.outbox.DayCount;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Component;

/** Days as the company counts them. */
@Component
class Today {
  private final Outbox outbox;
  private final Access access;
  private final Database database;

  Today(Outbox outbox, Access access, Database database) {
    this.outbox = outbox;
    this.access = access;
    this.database = database;
  }

  /** The last days up to today in the company's time zone. */
  List<DayCount> days(Caller caller, int days) {
    ZoneId zone = access.company(caller.company()).timeZone();
    return outbox.days(caller, LocalDate.ofInstant(database.now(), zone), days, zone);
  }

  /** Messages that came back within so many days and were not sent once more. */
  long cameBack(Caller caller, int days) {
    return outbox.cameBack(caller, database.now().minus(Duration.ofDays(days)));
  }

  /** Messages that have not left, of whatever day. */
  long waiting(Caller caller) {
    Map<MessageState, Long> now = outbox.counts(caller);
    return Stream.of(
            MessageState.QUEUED, MessageState.SENDING, MessageState.DELAYED, MessageState.HELD)
        .mapToLong(state -> now.getOrDefault(state, 0L))
        .sum();
  }
}
