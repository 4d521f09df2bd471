package org.postroom.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.postroom.db.Database;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Messages of which nobody knows whether they arrived. Never sent again by themselves; but where
 * the provider's own mailbox shows a copy, the question has an answer and nobody need be asked.
 */
@Service
public class Unclear {
  private static final int MOST = 500;

  private final Database database;
  private final ApplicationEventPublisher events;

  public Unclear(Database database, ApplicationEventPublisher events) {
    this.database = database;
    this.events = events;
  }

  /**
   * @param messageId with angle brackets
   * @param since how long it has been unclear
   */
  public record Lost(
      String company, String message, String account, String messageId, Duration since) {}

  /** What has been unclear for at most so long, the newest first; at most a few hundred. */
  public List<Lost> lately(String company, Duration longest) {
    return database.read(sql -> {
      Instant now = sql.now();
      return sql.sql(
              """
              SELECT id, account_id, message_id, settled_at FROM messages
              WHERE company_id = :company AND state = 'unclear' AND settled_at >= :since
              ORDER BY id DESC LIMIT :most
              """)
          .param("company", company)
          .param("since", now.minus(longest).toEpochMilli())
          .param("most", MOST)
          .query((row, n) ->
              new Lost(
                  company,
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  Duration.between(Instant.ofEpochMilli(row.getLong(4)), now)))
          .list();
    });
  }

  /**
   * A copy was seen where only what was sent can lie.
   *
   * @return false where somebody has decided meanwhile
   */
  public boolean found(Lost lost, String where) {
    return database.write(sql -> {
      Instant now = sql.now();
      int changed =
          sql.sql(
                  """
                  UPDATE messages SET state = 'sent', settled_at = :now, note = NULL, lease_owner = NULL, handed_over_at = NULL
                  WHERE company_id = :company AND id = :id AND state = 'unclear'
                  """)
              .param("now", now.toEpochMilli())
              .param("company", lost.company())
              .param("id", lost.message())
              .update();
      if (changed == 0) return false;
      sql.sql(
              "UPDATE message_recipients SET state = 'accepted', changed_at = :now"
                  + " WHERE company_id = :company AND message_id = :id AND state = 'pending'")
          .param("now", now.toEpochMilli())
          .param("company", lost.company())
          .param("id", lost.message())
          .update();
      HistoryRows.tell(sql, lost.company(), lost.message(), now, "message.sent", where, null);
      database.afterCommit(() ->
          events.publishEvent(
              new MessageSettled(lost.company(), lost.message(), MessageState.SENT)));
      return true;
    });
  }
}
