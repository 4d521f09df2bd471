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
import org.postroom.outbox.Counts;
import org.postroom.outbox.DayCount;
import org.postroom.outbox.MessageState;
import org.springframework.stereotype.Component;

/** Days as the company counts them. */
@Component
class Today {
  private final Counts counts;
  private final Access access;
  private final Database database;

  Today(Counts counts, Access access, Database database) {
    this.counts = counts;
    this.access = access;
    this.database = database;
  }

  /** The last days up to today in the company's time zone. */
  List<DayCount> days(Caller caller, int days) {
    ZoneId zone = access.company(caller.company()).timeZone();
    return counts.days(caller, LocalDate.ofInstant(database.now(), zone), days, zone);
  }

  /** Messages that came back within so many days and were not sent once more. */
  long cameBack(Caller caller, int days) {
    return counts.cameBack(caller, database.now().minus(Duration.ofDays(days)));
  }

  /**
   * Messages that have not left, of whatever day; in words, since many are not counted to the end.
   */
  String waiting(Caller caller) {
    Map<MessageState, Long> now = counts.states(caller);
    return Counts.words(
        Stream.of(
                MessageState.QUEUED, MessageState.SENDING, MessageState.DELAYED, MessageState.HELD)
            .mapToLong(state -> now.getOrDefault(state, 0L))
            .sum());
  }
}
