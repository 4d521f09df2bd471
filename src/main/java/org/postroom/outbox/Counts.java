package org.postroom.outbox;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.springframework.stereotype.Service;

/**
 * How many messages there are of a kind. Who looks at a page with numbers shall not wait until a
 * million rows are counted: beyond {@link #MOST} a number only says "more", and is {@code MOST +
 * 1}. The days of {@link #days} go further, to {@link DayCount#MOST}.
 */
@Service
public class Counts {
  /** The highest number that is exact. */
  public static final int MOST = 10_000;

  private final Database database;

  public Counts(Database database) {
    this.database = database;
  }

  /** How many messages of the company wait for a person: on hold or unclear. */
  public long needAttention(String company) {
    return database.read(sql -> CountRows.needAttention(sql, company));
  }

  /** How many messages wait for somebody to agree, among those the caller may see. */
  public long forApproval(Caller caller) {
    return database.read(sql -> CountRows.forApproval(sql, caller.company(), origin(caller)));
  }

  /** How many messages came back from somebody, among those the caller may see. */
  public long bounced(Caller caller) {
    return database.read(sql -> CountRows.bounced(sql, caller.company(), origin(caller)));
  }

  /** {@link #bounced} since then, and not sent once more. */
  public long cameBack(Caller caller, Instant since) {
    return database.read(sql -> CountRows.cameBack(sql, caller.company(), origin(caller), since));
  }

  /** How many messages stand in each state; states without any are absent. */
  public Map<MessageState, Long> states(Caller caller) {
    return database.read(sql -> CountRows.states(sql, caller.company(), origin(caller)));
  }

  /**
   * How many messages were accepted on each day, by the state they stand in now; the oldest day
   * first, days without any included.
   *
   * @param days how many, the last one is {@code today}; 1 to 100
   * @param zone whose days
   */
  public List<DayCount> days(Caller caller, LocalDate today, int days, ZoneId zone) {
    if (days < 1 || days > 100) throw new IllegalArgumentException("1 to 100 days");
    List<LocalDate> dates = today.minusDays(days - 1L).datesUntil(today.plusDays(1)).toList();
    return database.read(sql -> DayRows.count(sql, caller.company(), origin(caller), dates, zone));
  }

  /** How many messages wait for the account: held, queued, delayed or leaving this moment. */
  public long waitingFor(AccountKey account) {
    return database.read(sql -> CountRows.waitingFor(sql, account));
  }

  /** A number as it is shown: what was not counted to the end has a plus. */
  public static String words(long count) {
    return count > MOST
        ? String.format(Locale.ENGLISH, "%,d+", MOST)
        : String.format(Locale.ENGLISH, "%,d", count);
  }

  private static @Nullable String origin(Caller caller) {
    return caller.may(Right.SEE_ALL_MAIL) ? null : caller.id();
  }
}
