package org.postroom.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.http.Moments;
import org.springframework.stereotype.Service;

/**
 * Who may send what right now. A turn takes messages of one account within its limits, counted over
 * all nodes under the account's lock and by the database's clock alone: never above a limit in any
 * window, whoever restarts and whatever the nodes' own clocks say.
 */
@Service
public class Turns {
  private final Database database;

  public Turns(Database database) {
    this.database = database;
  }

  /**
   * @param most messages wanted
   * @param open connections of the account that this node may still have open
   * @param probe one message finds out whether the account works again, over all nodes
   */
  public record Ask(
      AccountKey account,
      int most,
      int open,
      boolean probe,
      Allowance allowance,
      String node,
      Duration lease) {}

  /**
   * @param width how many connections this node may use
   * @param byHandFrom before then nothing of the account can be taken; null where nothing is known
   * @param runsFrom before then no message of a run can be taken
   */
  public record Turn(
      List<Claim> claims, int width, @Nullable Instant byHandFrom, @Nullable Instant runsFrom) {
    static Turn none(int width, @Nullable Instant from) {
      return new Turn(List.of(), width, from, from);
    }
  }

  /**
   * An account that has messages waiting.
   *
   * @param byHand whether something that people sent is due
   * @param runs whether something of a run is due
   */
  public record Waiting(AccountKey account, boolean byHand, boolean runs) {}

  public List<Waiting> waiting() {
    return database.read(sql -> WaitingRows.accounts(sql, sql.now()));
  }

  /** Takes what is due: what people sent before runs, then by time. */
  public Turn take(Ask ask) {
    return database.write(sql -> {
      LimitRows.lock(sql, ask.account());
      Instant now = sql.now();
      Pace pace = PaceRows.of(sql, ask.account());
      int limit = pace.connections(ask.allowance().connections(), now);
      int width = LaneRows.width(sql, ask, limit, ask.open(), now);
      if (ask.probe() && LimitRows.underWay(sql, ask.account()) > 0) return Turn.none(1, null);
      if (width == 0) return Turn.none(0, null);
      Turn turn = within(sql, ask, pace, now);
      return new Turn(turn.claims(), ask.probe() ? 1 : width, turn.byHandFrom(), turn.runsFrom());
    });
  }

  private static Turn within(Sql sql, Ask ask, Pace pace, Instant now) {
    Allowance allowance = ask.allowance();
    AccountKey account = ask.account();
    if (allowance.perDay() > 0 && pace.resumes() != null && pace.resumes().isAfter(now))
      return Turn.none(0, pace.resumes());
    long perMinute = pace.perMinute(allowance.perMinute(), now);
    long room = ask.probe() ? 1 : ask.most();
    if (perMinute > 0) {
      long used = LimitRows.lastMinute(sql, account, now);
      if (used >= perMinute)
        return Turn.none(0, LimitRows.minuteHasRoom(sql, account, perMinute, used, now));
      room = Math.min(room, perMinute - used);
    }
    if (allowance.perDay() == 0)
      return taken(sql, ask, pace, perMinute, claim(sql, ask, pace, perMinute, room, now), 0, now);
    return withinDay(sql, ask, pace, perMinute, room, now);
  }

  private static Turn withinDay(
      Sql sql, Ask ask, Pace pace, long perMinute, long room, Instant now) {
    Allowance allowance = ask.allowance();
    long used = usedOfDay(sql, ask.account(), pace, allowance, now);
    long left = allowance.perDay() - used;
    if (left <= 0) return waitForRoom(sql, ask.account(), allowance, used, 1, now);
    List<Claim> claims = claim(sql, ask, pace, perMinute, Math.min(room, left), now);
    List<Claim> fitting = fitting(sql, allowance, claims, left, now);
    long units = fitting.stream().mapToLong(allowance::units).sum();
    if (fitting.isEmpty() && !claims.isEmpty()) {
      long needed = Math.min(allowance.perDay(), allowance.units(claims.getFirst()));
      return waitForRoom(sql, ask.account(), allowance, used, needed, now);
    }
    Turn turn = taken(sql, ask, pace, perMinute, fitting, used + units, now);
    return turn;
  }

  /**
   * Not counted at each turn: what was counted within the hour plus what was claimed since is never
   * too little.
   */
  static long usedOfDay(Sql sql, AccountKey account, Pace pace, Allowance allowance, Instant now) {
    boolean known =
        pace.dayCountedAt().isAfter(now.minus(Duration.ofHours(1)))
            && !pace.dayCountedAt().isAfter(now);
    if (known && pace.dayBound() < allowance.perDay()) return pace.dayBound();
    return LimitRows.lastDay(sql, account, allowance.ofRecipients(), now);
  }

  private static List<Claim> claim(
      Sql sql, Ask ask, Pace pace, long perMinute, long room, Instant now) {
    Instant until = now.plus(ask.lease());
    List<Claim> claims =
        new ArrayList<>(ClaimRows.claim(sql, ask.account(), 0, (int) room, ask.node(), now, until));
    long left = room - claims.size();
    long runs = perMinute == 0 ? left : Math.min(left, pace.roomForRuns(perMinute, now));
    if (runs > 0)
      claims.addAll(ClaimRows.claim(sql, ask.account(), 1, (int) runs, ask.node(), now, until));
    return claims;
  }

  /** What goes beyond the day's recipients is given back in the same commit. */
  private static List<Claim> fitting(
      Sql sql, Allowance allowance, List<Claim> claims, long left, Instant now) {
    if (!allowance.ofRecipients()) return claims;
    List<Claim> fitting = new ArrayList<>();
    for (Claim claim : claims) {
      left -= allowance.units(claim);
      if (left >= 0) fitting.add(claim);
      else if (allowance.units(claim) > allowance.perDay()) tooMany(sql, allowance, claim, now);
      else ClaimRows.release(sql, claim);
      if (left < 0 && allowance.units(claim) > allowance.perDay())
        left += allowance.units(claim); // it does not stand in the way of others
    }
    return fitting;
  }

  private static void tooMany(Sql sql, Allowance allowance, Claim claim, Instant now) {
    String why =
        "It goes to %,d people; the account takes %,d a day. Raise its limit or send it to fewer."
            .formatted(allowance.units(claim), allowance.perDay());
    ClaimRows.putBack(sql, claim, MessageState.QUEUED, now.plus(Duration.ofHours(1)), why);
  }

  private static Turn taken(
      Sql sql, Ask ask, Pace pace, long perMinute, List<Claim> claims, long dayBound, Instant now) {
    boolean limited = perMinute > 0 || ask.allowance().perDay() > 0;
    if (!limited) return new Turn(claims, 0, null, null);
    Instant runsFrom =
        perMinute == 0 ? Instant.EPOCH : pace.runsGoOn(perMinute, claims.size(), now);
    if (!claims.isEmpty())
      PaceRows.took(
          sql,
          ask.account(),
          runsFrom,
          dayBound,
          ask.allowance().perDay() > 0 ? now : Instant.EPOCH);
    boolean mustWait = runsFrom.isAfter(now);
    return new Turn(claims, 0, null, mustWait ? runsFrom : null);
  }

  /**
   * Waits until a twentieth of the day's messages may go again, a step at a time, and says so once
   * for all of them: not a row of those that wait is written.
   */
  private static Turn waitForRoom(
      Sql sql, AccountKey account, Allowance allowance, long used, long needed, Instant now) {
    long perDay = allowance.perDay();
    long step = Math.min(used, used - perDay + Math.max(needed, Math.max(1, perDay / 20)));
    Instant resumes =
        LimitRows.leaving(sql, account, allowance.ofRecipients(), step, now)
            .map(at -> at.plus(LimitRows.DAY))
            .orElse(now.plus(LimitRows.MINUTE));
    String note =
        "The daily limit of %,d %s in 24 hours is reached. It goes on about %s."
            .formatted(perDay, allowance.unit(), Moments.words(resumes, allowance.zone(), now));
    PaceRows.waits(sql, account, resumes, note);
    return Turn.none(0, resumes);
  }

  /** Keeps the connections of lanes that work. */
  public void renew(Collection<AccountKey> working, String node, Duration lease) {
    if (working.isEmpty()) return;
    database.run(sql -> LaneRows.renew(sql, working, node, sql.now().plus(lease)));
  }

  /** The node has no connections: it starts, or it has stopped. */
  public void leave(String node) {
    database.run(sql -> LaneRows.leave(sql, node));
  }
}
