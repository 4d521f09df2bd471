package org.postroom.ingress;

import java.time.Instant;
import org.postroom.db.Sql;

/** What was handed in a short while ago, by what it was. */
final class ArrivalRows {
  private ArrivalRows() {}

  /**
   * Notes a message, unless the same came within its time. One statement: of two at the same moment
   * the second waits until the first is committed, and sees it.
   *
   * @param until how long the same again is taken for this one
   * @return the id of the message it is: the given one, or that of the one that came before
   */
  static String note(
      Sql sql, Guest guest, String fingerprint, String message, Instant now, Instant until) {
    return sql.sql(
            """
            INSERT INTO ingress_arrivals (company_id, key_id, fingerprint, message_id, repeats_until)
            VALUES (:company, :key, :fingerprint, :message, :until)
            ON CONFLICT (company_id, key_id, fingerprint) DO UPDATE
              SET message_id = CASE WHEN ingress_arrivals.repeats_until > :now
                    THEN ingress_arrivals.message_id ELSE excluded.message_id END,
                  repeats_until = CASE WHEN ingress_arrivals.repeats_until > :now
                    THEN ingress_arrivals.repeats_until ELSE excluded.repeats_until END
            RETURNING message_id
            """)
        .param("company", guest.caller().company())
        .param("key", guest.caller().id())
        .param("fingerprint", fingerprint)
        .param("message", message)
        .param("now", now.toEpochMilli())
        .param("until", until.toEpochMilli())
        .query(String.class)
        .single();
  }

  static int forgetOld(Sql sql) {
    return sql.sql("DELETE FROM ingress_arrivals WHERE repeats_until < :now")
        .param("now", sql.now().toEpochMilli())
        .update();
  }
}
