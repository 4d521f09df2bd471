package org.postroom.outbox;

import java.time.Instant;
import java.util.List;
import org.postroom.db.Ages;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How long mail is kept: its content first, its row later. What still waits is never old. */
@Configuration(proxyBeanMethods = false)
class OldMail {
  private static final List<String> OF_A_MESSAGE =
      List.of(
          "message_contents",
          "message_recipients",
          "message_attempts",
          "message_events",
          "message_returns",
          "message_documents");

  @Bean
  Ages oldContents() {
    return new Ages(
        "message_contents",
        "Content of messages",
        "Text, PDF and attachments as they left. The message itself stays in the log.",
        730,
        1,
        OldMail::contents);
  }

  @Bean
  Ages oldMessages() {
    return new Ages(
        "messages",
        "Messages in the log",
        "Who got what and when, every try and the timeline. Messages that wait or need a decision stay.",
        1100,
        7,
        (sql, company, before, days) -> messages(sql, company, before));
  }

  private static int contents(Sql sql, String company, Instant before, int days) {
    List<String> ids = settled(sql, company, before, "message_contents", "message_id");
    if (ids.isEmpty()) return 0;
    Instant now = sql.now();
    for (String id : ids)
      HistoryRows.tell(
          sql,
          company,
          id,
          now,
          "message.content_removed",
          "The content was removed after " + days + (days == 1 ? " day." : " days."),
          null);
    delete(sql, "message_contents", "message_id", company, ids);
    return ids.size();
  }

  private static int messages(Sql sql, String company, Instant before) {
    List<String> ids = settled(sql, company, before, "messages", "id");
    if (ids.isEmpty()) return 0;
    for (String table : OF_A_MESSAGE) delete(sql, table, "message_id", company, ids);
    delete(sql, "messages", "id", company, ids);
    return ids.size();
  }

  /** Ids sort by time, so the oldest are found at the beginning of the key. */
  private static List<String> settled(
      Sql sql, String company, Instant before, String table, String column) {
    return sql.sql(
            """
            SELECT m.id FROM %s t JOIN messages m ON m.company_id = t.company_id AND m.id = t.%s
            WHERE t.company_id = :company AND t.%s < :floor
              AND m.state IN ('sent', 'not_sent', 'cancelled') AND m.settled_at < :before
            ORDER BY t.%s LIMIT %d
            """
                .formatted(table, column, column, column, Ages.AT_ONCE))
        .param("company", company)
        .param("floor", Ids.floor("msg", before))
        .param("before", before.toEpochMilli())
        .query((row, n) -> row.getString(1))
        .list();
  }

  private static void delete(
      Sql sql, String table, String column, String company, List<String> ids) {
    sql.sql("DELETE FROM " + table + " WHERE company_id = :company AND " + column + " IN (:ids)")
        .param("company", company)
        .param("ids", ids)
        .update();
  }
}
