package org.postroom.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

  private SignInLimits() {}

  /**
   * Counts a try before its password is looked at, so that many at once do not slip through
   * together; empty where it may go on, otherwise until when to wait.
   */
  static Optional<Instant> tried(Sql sql, String email, String address) {
    Optional<Instant> locked = lockedUntil(sql, email, address);
    if (locked.isPresent()) return locked;
    forgetOld(sql);
    count(sql, account(email), FREE_PER_ACCOUNT);
    count(sql, source(address), FREE_PER_ADDRESS);
    return Optional.empty();
  }

  /** The right password ends the account's count; of the address's only this try is taken back. */
  static void succeeded(Sql sql, String email, String address) {
    sql.sql("DELETE FROM sign_in_failures WHERE subject = :subject")
        .param("subject", account(email))
        .update();
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

  private static Optional<Instant> lockedUntil(Sql sql, String email, String address) {
    return sql
        .sql(
            "SELECT locked_until FROM sign_in_failures WHERE subject IN (:subjects) AND locked_until > :now")
        .param("subjects", List.of(account(email), source(address)))
        .param("now", sql.now().toEpochMilli())
        .query((row, number) -> Instant.ofEpochMilli(row.getLong("locked_until")))
        .stream()
        .max(Instant::compareTo);
  }

  private static void count(Sql sql, String subject, int free) {
    Instant now = sql.now();
    long failures =
        sql.sql(
                """
                INSERT INTO sign_in_failures (subject, failures, last_at, locked_until)
                VALUES (:subject, 1, :now, 0)
                ON CONFLICT (subject) DO UPDATE
                  SET failures = sign_in_failures.failures + 1, last_at = :now
                RETURNING failures
                """)
            .param("subject", subject)
            .param("now", now.toEpochMilli())
            .query(Long.class)
            .single();
    if (failures < free) return;
    sql.sql("UPDATE sign_in_failures SET locked_until = :until WHERE subject = :subject")
        .param("until", now.plus(pause(failures - free)).toEpochMilli())
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

  private static String source(String address) {
    return "address " + address;
  }
}
