package org.postroom.outbox;

import java.time.Instant;
import java.util.List;
import org.postroom.db.Ids;
import org.postroom.db.Sql;

/**
 * What a restored copy must not simply send: everything that was on its way when the backup was
 * taken may have left from the original since.
 */
public final class FromBackup {
  private FromBackup() {}

  /**
   * Stops everything that would leave by itself, before the copy starts for the first time. Waiting
   * messages are held, what was being handed over is unclear.
   *
   * @return what was stopped, in sentences for whoever restores
   */
  public static List<String> mark(Sql sql, String backup, Instant taken) {
    String since = "From a backup of " + taken + ". ";
    Instant now = sql.now();
    String handedOver = "state = 'sending' AND handed_over_at IS NOT NULL";
    String waits =
        "state IN ('queued', 'delayed', 'sending') OR (state = 'held' AND hold = 'ACCOUNT')";
    tell(sql, now, handedOver, "message.unclear", since + UNCLEAR);
    int unclear =
        sql.sql(
                "UPDATE messages SET state = 'unclear', settled_at = :now, lease_owner = NULL, lease_until = NULL, note = :note WHERE "
                    + handedOver)
            .param("now", now.toEpochMilli())
            .param("note", since + UNCLEAR)
            .update();
    tell(sql, now, waits, "message.held", since + HELD);
    int held =
        sql.sql(
                "UPDATE messages SET state = 'held', hold = 'RESTORED', lease_owner = NULL, lease_until = NULL, note = :note WHERE "
                    + waits)
            .param("note", since + HELD)
            .update();
    RestoredRows.begin(sql, backup, taken, now);
    return List.of(
        "Held, because they waited at that moment and may have left since: " + held + ".",
        "Unclear, because they were being handed over: " + unclear + ".");
  }

  private static final String HELD =
      "It may have left from the original since: release or cancel it.";
  private static final String UNCLEAR = "It was being handed over at that moment.";

  private static void tell(Sql sql, Instant now, String which, String type, String sentence) {
    sql.sql(
            "INSERT INTO message_events (company_id, message_id, id, at, type, detail) "
                + "SELECT company_id, id, :entry, :at, :type, :detail FROM messages WHERE "
                + which)
        .param("entry", Ids.next("mev"))
        .param("at", now.toEpochMilli())
        .param("type", type)
        .param("detail", sentence)
        .update();
  }
}
