package org.postroom.reminders;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postroom.db.Sql;

/** The tables {@code reminder_mails}, {@code reminder_customers} and {@code reminder_days}. */
final class MailRows {
  private MailRows() {}

  /**
   * A message of ours.
   *
   * @param day where the company is, when it was made or last let go
   */
  record Mail(String message, String partner, LocalDate day, State state) {}

  enum State {
    /** Made, and never let go. */
    WAITING,
    /** Let go; what became of it is not known yet. */
    LEAVING,
    /** Settled in the outbox. */
    GONE,
    CALLED_OFF;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Those that count, newest first. */
  static List<Mail> of(Sql sql, String company, String partner, LocalDate since) {
    return sql.sql(
            "SELECT * FROM reminder_mails WHERE company_id = :company AND partner = :partner AND"
                + " state <> 'called_off' AND (day >= :since OR state IN ('waiting', 'leaving')) ORDER BY day DESC")
        .param("company", company)
        .param("partner", partner)
        .param("since", since.toString())
        .query((row, n) -> mail(row))
        .list();
  }

  static Optional<Mail> find(Sql sql, String company, String message) {
    return sql.sql(
            "SELECT * FROM reminder_mails WHERE company_id = :company AND message_id = :message AND"
                + " state <> 'called_off'")
        .param("company", company)
        .param("message", message)
        .query((row, n) -> mail(row))
        .optional();
  }

  /** Those of which is not known what became of them. */
  static List<Mail> open(Sql sql, String company, String after, int most) {
    return sql.sql(
            "SELECT * FROM reminder_mails WHERE company_id = :company AND state IN ('waiting',"
                + " 'leaving') AND message_id > :after ORDER BY message_id LIMIT :most")
        .param("company", company)
        .param("after", after)
        .param("most", most)
        .query((row, n) -> mail(row))
        .list();
  }

  static void insert(
      Sql sql, String company, String message, String partner, LocalDate day, Instant now) {
    sql.sql(
            """
            INSERT INTO reminder_mails (company_id, message_id, partner, day, state, at)
            VALUES (:company, :message, :partner, :day, 'waiting', :now)
            """)
        .param("company", company)
        .param("message", message)
        .param("partner", partner)
        .param("day", day.toString())
        .param("now", now.toEpochMilli())
        .update();
  }

  static void become(Sql sql, String company, String message, State state) {
    sql.sql(
            "UPDATE reminder_mails SET state = :state WHERE company_id = :company AND message_id ="
                + " :message")
        .param("company", company)
        .param("message", message)
        .param("state", state.word())
        .update();
  }

  static void leaves(Sql sql, String company, String message, LocalDate day) {
    sql.sql(
            "UPDATE reminder_mails SET state = 'leaving', day = :day WHERE company_id = :company AND message_id ="
                + " :message")
        .param("company", company)
        .param("message", message)
        .param("day", day.toString())
        .update();
  }

  /**
   * Takes this day for the customer: true where the last one is far enough, or it is the same and
   * there is room. Of two callers at once one waits for the other here.
   */
  static boolean takeDay(
      Sql sql, String company, String partner, LocalDate today, int leastDays, int most) {
    return sql.sql(
                """
                INSERT INTO reminder_customers (company_id, partner, last_day, mails)
                VALUES (:company, :partner, :today, 1)
                ON CONFLICT (company_id, partner) DO UPDATE SET last_day = excluded.last_day,
                  mails = CASE WHEN reminder_customers.last_day = excluded.last_day
                    THEN reminder_customers.mails + 1 ELSE 1 END
                WHERE reminder_customers.last_day <= :latest
                  OR (reminder_customers.last_day = :today AND reminder_customers.mails < :most)
                """)
            .param("company", company)
            .param("partner", partner)
            .param("today", today.toString())
            .param("latest", today.minusDays(leastDays).toString())
            .param("most", most)
            .update()
        == 1;
  }

  /** After a mail was called off or let go on another day: what the mails that count say. */
  static void recount(Sql sql, String company, String partner) {
    sql.sql("DELETE FROM reminder_customers WHERE company_id = :company AND partner = :partner")
        .param("company", company)
        .param("partner", partner)
        .update();
    sql.sql(
            """
            INSERT INTO reminder_customers (company_id, partner, last_day, mails)
            SELECT company_id, partner, day, count(*) FROM reminder_mails
            WHERE company_id = :company AND partner = :partner AND state <> 'called_off'
            GROUP BY company_id, partner, day ORDER BY day DESC LIMIT 1
            ON CONFLICT (company_id, partner) DO NOTHING
            """)
        .param("company", company)
        .param("partner", partner)
        .update();
  }

  /** Keeps a customer's mails as they are until the transaction ends. */
  static void lock(Sql sql, String company, String partner) {
    sql.sql(
            "UPDATE reminder_customers SET mails = mails WHERE company_id = :company AND partner ="
                + " :partner")
        .param("company", company)
        .param("partner", partner)
        .update();
  }

  static int onDay(Sql sql, String company, LocalDate day) {
    return sql.sql("SELECT mails FROM reminder_days WHERE company_id = :company AND day = :day")
        .param("company", company)
        .param("day", day.toString())
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  /** One more of this day; false where it has its most. */
  static boolean count(Sql sql, String company, LocalDate day, int most) {
    return sql.sql(
                """
                INSERT INTO reminder_days (company_id, day, mails) VALUES (:company, :day, 1)
                ON CONFLICT (company_id, day) DO UPDATE SET mails = reminder_days.mails + 1
                WHERE reminder_days.mails < :most
                """)
            .param("company", company)
            .param("day", day.toString())
            .param("most", most)
            .update()
        == 1;
  }

  private static Mail mail(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Mail(
        row.getString("message_id"),
        row.getString("partner"),
        LocalDate.parse(row.getString("day")),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)));
  }
}
