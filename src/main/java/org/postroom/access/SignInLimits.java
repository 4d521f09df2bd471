package org.postroom.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.postroom.db.Sql;

/**
 * Slows guessing down: after a few wrong passwords an account, and after more of them an address
 * they come from, must wait; longer each time, never for ever, so that a stranger cannot lock
 * people out for good. Kept in the database: all nodes count together, a restart forgets nothing.
 */
final class SignInLimits {
  private static final int FREE_PER_ACCOUNT = 5;
  private static final int FREE_PER_ADDRESS = 20;
  private static final int FREE_LETTERS = 3;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

  private SignInLimits() {}

  /**
   * Counts a try before its password is looked at, so that many at once do not slip through
   * together; empty where it may go on, otherwise until when to wait.
   */
  static Optional<Instant> tried(Sql sql, String email, String address) {
    forgetOld(sql);
    Optional<Instant> account = count(sql, account(email), FREE_PER_ACCOUNT);
    return account.isPresent() ? account : count(sql, source(address), FREE_PER_ADDRESS);
  }

  /** Until when whoever comes from there must wait with another key; empty where it may try. */
  static Optional<Instant> keyLocked(Sql sql, String address) {
    return until(sql, keys(address));
  }

  /** Counts a wrong key. Nobody guesses 256 bits: what this slows down is the asking. */
  static void keyFailed(Sql sql, String address) {
    forgetOld(sql);
    count(sql, keys(address), FREE_PER_ADDRESS);
  }

  /** The right password ends the account's count; of the address's only this try is taken back. */
  static void succeeded(Sql sql, String email, String address) {
    unlock(sql, email);
    sql.sql(
            """
            UPDATE sign_in_failures SET failures = failures - 1,
              locked_until = CASE WHEN failures - 1 < :free THEN 0 ELSE locked_until END
            WHERE subject = :subject AND failures > 0
            """)
        .param("free", FREE_PER_ADDRESS)
        .param("subject", source(address))
        .update();
  }

  /**
   * Whether another link may be mailed to this address, asked for from that one: nobody's mailbox
   * is filled by a stranger. Counts it.
   */
  static boolean mayMail(Sql sql, String email, String address) {
    forgetOld(sql);
    if (count(sql, "letters from " + address, FREE_PER_ADDRESS).isPresent()) return false;
    return count(sql, "letters to " + email, FREE_LETTERS).isEmpty();
  }

  /** Until when wrong passwords keep that account out. */
  static Optional<Instant> lockedUntil(Sql sql, String email) {
    return until(sql, account(email));
  }

  static void unlock(Sql sql, String email) {
    sql.sql("DELETE FROM sign_in_failures WHERE subject = :subject")
        .param("subject", account(email))
        .update();
  }

  private static Optional<Instant> until(Sql sql, String subject) {
    Instant now = sql.now();
    return sql.sql("SELECT locked_until FROM sign_in_failures WHERE subject = :subject")
        .param("subject", subject)
        .query(Long.class)
        .optional()
        .map(Instant::ofEpochMilli)
        .filter(now::isBefore);
  }

  /** One statement counts and tells of an earlier lock: the row is held until we commit. */
  private static Optional<Instant> count(Sql sql, String subject, int free) {
    Instant now = sql.now();
    Counted counted =
        sql.sql(
                """
                INSERT INTO sign_in_failures (subject, failures, last_at, locked_until)
                VALUES (:subject, 1, :now, 0)
                ON CONFLICT (subject) DO UPDATE
                  SET failures = CASE WHEN sign_in_failures.locked_until > :now
                        THEN sign_in_failures.failures ELSE sign_in_failures.failures + 1 END,
                      last_at = :now
                RETURNING failures, locked_until
                """)
            .param("subject", subject)
            .param("now", now.toEpochMilli())
            .query((row, number) ->
                new Counted(
                    row.getLong("failures"), Instant.ofEpochMilli(row.getLong("locked_until"))))
            .single();
    if (counted.lockedUntil().isAfter(now)) return Optional.of(counted.lockedUntil());
    if (counted.failures() >= free) lock(sql, subject, now.plus(pause(counted.failures() - free)));
    return Optional.empty();
  }

  private static void lock(Sql sql, String subject, Instant until) {
    sql.sql("UPDATE sign_in_failures SET locked_until = :until WHERE subject = :subject")
        .param("until", until.toEpochMilli())
        .param("subject", subject)
        .update();
  }

  /** One minute, then twice as long each time. */
  private static Duration pause(long more) {
    Duration pause = Duration.ofMinutes(1L << Math.min(more, 10));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }

  private static void forgetOld(Sql sql) {
    sql.sql("DELETE FROM sign_in_failures WHERE last_at < :before")
        .param("before", sql.now().minus(FORGOTTEN_AFTER).toEpochMilli())
        .update();
  }

  private static String account(String email) {
    return "account " + email;
  }

  private static String keys(String address) {
    return "keys from " + address;
  }

  private static String source(String address) {
    return "address " + address;
  }

  private record Counted(long failures, Instant lockedUntil) {}
}
