package org.postroom.ingress;

import java.time.Instant;
import org.postroom.db.Sql;

/** What was handed in a short while ago, by what it was. */
final class ArrivalRows {
  private ArrivalRows() {}

  /**
   * Notes a message, unless the same came since then. One statement: of two at the same moment the
   * second waits until the first is committed, and sees it.
   *
   * @return the id of the message it is: the given one, or that of the one that came before
   */
  static String note(
      Sql sql, Guest guest, String fingerprint, String message, Instant now, Instant since) {
    return sql.sql(
            """
            INSERT INTO ingress_arrivals (company_id, key_id, fingerprint, message_id, arrived_at)
            VALUES (:company, :key, :fingerprint, :message, :now)
            ON CONFLICT (company_id, key_id, fingerprint) DO UPDATE
              SET message_id = CASE WHEN ingress_arrivals.arrived_at > :since
                    THEN ingress_arrivals.message_id ELSE excluded.message_id END,
                  arrived_at = CASE WHEN ingress_arrivals.arrived_at > :since
                    THEN ingress_arrivals.arrived_at ELSE excluded.arrived_at END
            RETURNING message_id
            """)
        .param("company", guest.caller().company())
        .param("key", guest.caller().id())
        .param("fingerprint", fingerprint)
        .param("message", message)
        .param("now", now.toEpochMilli())
        .param("since", since.toEpochMilli())
        .query(String.class)
        .single();
  }

  static int forget(Sql sql, Instant before) {
    return sql.sql("DELETE FROM ingress_arrivals WHERE arrived_at < :before")
        .param("before", before.toEpochMilli())
        .update();
  }
}
