package org.postroom.outbox;

import java.sql.Types;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Dialect;
import org.postroom.db.Sql;
import org.postroom.outbox.Message.Recipient;

/** The SQL of what came back. */
final class ReturnRows {
  private static final int MOST_ADDRESSES = 50;

  private ReturnRows() {}

  static Optional<String> byMessageId(Sql sql, Returns.Trace trace) {
    if (trace.messageId() == null || trace.messageId().isBlank()) return Optional.empty();
    String bare = trace.messageId().strip().replaceAll("^<|>$", "");
    return only(
        sql.sql(
                "SELECT id FROM messages WHERE company_id = :company AND message_id IN (:ids) LIMIT 2")
            .param("company", trace.company())
            .param("ids", List.of("<" + bare + ">", bare))
            .query((row, n) -> row.getString(1))
            .list());
  }

  static Optional<String> byEnvelopeId(Sql sql, Returns.Trace trace) {
    if (trace.envelopeId() == null) return Optional.empty();
    return sql.sql("SELECT id FROM messages WHERE company_id = :company AND id = :id")
        .param("company", trace.company())
        .param("id", trace.envelopeId().strip())
        .query(String.class)
        .optional();
  }

  /** Only where exactly one message was on its way to one of them. */
  static Optional<String> byRecipient(Sql sql, Returns.Trace trace, Instant since) {
    if (trace.addresses().isEmpty()) return Optional.empty();
    Set<String> spellings = new LinkedHashSet<>();
    trace.addresses().stream()
        .limit(MOST_ADDRESSES)
        .forEach(address -> {
          spellings.add(address);
          spellings.add(address.toLowerCase(Locale.ROOT));
        });
    String mailbox = trace.account() == null ? "" : " AND m.account_id = :account";
    var statement =
        sql.sql(
                """
                SELECT DISTINCT r.message_id FROM message_recipients r
                JOIN messages m ON m.company_id = r.company_id AND m.id = r.message_id
                WHERE r.company_id = :company AND r.address IN (:addresses)
                  AND m.state IN ('sent', 'unclear', 'delayed', 'sending') AND r.state IN ('accepted', 'delivered', 'bounced', 'pending')
                  AND m.created_at <= :at AND coalesce(m.settled_at, m.due_at) >= :since\
                """
                    + mailbox
                    + " LIMIT 2")
            .param("company", trace.company())
            .param("addresses", spellings)
            .param("at", trace.at().toEpochMilli())
            .param("since", since.toEpochMilli());
    if (trace.account() != null) statement = statement.param("account", trace.account());
    return only(statement.query((row, n) -> row.getString(1)).list());
  }

  private static Optional<String> only(List<String> ids) {
    return ids.size() == 1 ? Optional.of(ids.getFirst()) : Optional.empty();
  }

  /** The message as it stands; nobody settles it until this transaction ends. */
  static Optional<Message> locked(Sql sql, String company, String id) {
    if (sql.dialect() == Dialect.POSTGRESQL)
      sql.sql("SELECT id FROM messages WHERE company_id = :company AND id = :id FOR UPDATE")
          .param("company", company)
          .param("id", id)
          .query(String.class)
          .optional();
    return MessageRows.find(sql, company, id);
  }

  /** Whether the report says this for the first time. */
  static boolean first(Sql sql, Returns.Report report, String address, Instant now) {
    return sql.sql(
                """
                INSERT INTO message_returns (company_id, report, address, message_id, at)
                VALUES (:company, :report, :address, :message, :now) ON CONFLICT (company_id, report, address) DO NOTHING
                """)
            .param("company", report.company())
            .param("report", report.key())
            .param("address", address)
            .param("message", report.message())
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  /** An unclear message counts as sent, to everybody it was handed over for. */
  static boolean handedOver(Sql sql, Message message, Instant now) {
    int changed =
        sql.sql(
                """
                UPDATE messages SET state = 'sent', settled_at = :now, note = NULL, handed_over_at = NULL
                WHERE company_id = :company AND id = :id AND state = 'unclear'
                """)
            .param("now", now.toEpochMilli())
            .param("company", message.company())
            .param("id", message.id())
            .update();
    if (changed == 0) return false;
    sql.sql(
            """
            UPDATE message_recipients SET state = 'accepted', changed_at = :now
            WHERE company_id = :company AND message_id = :id AND state = 'pending'
            """)
        .param("now", now.toEpochMilli())
        .param("company", message.company())
        .param("id", message.id())
        .update();
    return true;
  }

  static boolean change(
      Sql sql,
      Message message,
      Recipient to,
      RecipientState state,
      @Nullable String reply,
      Instant now) {
    return sql.sql(
                """
                UPDATE message_recipients SET state = :state, reply = coalesce(:reply, reply), changed_at = :now
                WHERE company_id = :company AND message_id = :id AND address = :address
                  AND state IN ('pending', 'accepted', 'delivered') AND state <> :state
                """)
            .param("state", state.word())
            .param("reply", reply, Types.VARCHAR)
            .param("now", now.toEpochMilli())
            .param("company", message.company())
            .param("id", message.id())
            .param("address", to.address().spec())
            .update()
        > 0;
  }

  /** Who complains has it. */
  static boolean complained(Sql sql, Message message, Recipient to, boolean taken, Instant now) {
    return sql.sql(
                """
                UPDATE message_recipients SET complained = 1, changed_at = :now,
                  state = CASE WHEN :taken = 1 THEN 'delivered' ELSE state END
                WHERE company_id = :company AND message_id = :id AND address = :address AND complained = 0
                """)
            .param("now", now.toEpochMilli())
            .param("taken", Sql.bit(taken))
            .param("company", message.company())
            .param("id", message.id())
            .param("address", to.address().spec())
            .update()
        > 0;
  }
}
