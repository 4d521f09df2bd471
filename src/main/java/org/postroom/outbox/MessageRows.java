package org.postroom.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Letter;
import org.postroom.db.Sql;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.outbox.Message.Hold;
import org.postroom.outbox.Message.Origin;
import org.postroom.outbox.Message.Recipient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of messages, their contents and recipients. */
final class MessageRows {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private MessageRows() {}

  static void holdRestored(Sql sql, String company, String id, String why) {
    sql.sql(
            "UPDATE messages SET state = 'held', hold = 'RESTORED', note = :why WHERE company_id = :company AND id = :id")
        .param("why", why)
        .param("company", company)
        .param("id", id)
        .update();
  }

  static void insert(Sql sql, Draft draft, MessageState state, Instant now, Instant dueAt) {
    sql.sql(
            """
            INSERT INTO messages (company_id, id, state, account_id, subject, sender, return_path, message_id, size, bulk,
              document_kind, document_number, partner, purpose, origin_kind, origin_id, origin_name, template, layout, reasons,
              resend_of, created_at, due_at, attempts, tries, hold, note, fence)
            VALUES (:company, :id, :state, :account, :subject, :sender, :returnPath, :messageId, :size, :bulk,
              :kind, :number, :partner, :purpose, :originKind, :originId, :originName, :template, :layout, :reasons,
              :resendOf, :now, :due, 0, 0, :hold, :note, 0)
            """)
        .param("company", draft.company())
        .param("id", draft.id())
        .param("state", state.word())
        .param("account", draft.account())
        .param("subject", draft.subject())
        .param("sender", draft.sender().display())
        .param("returnPath", draft.returnPath().spec())
        .param("messageId", draft.messageId())
        .param("size", draft.mime().length)
        .param("bulk", Sql.bit(draft.bulk()))
        .param("kind", draft.document() == null ? null : draft.document().kind(), Types.VARCHAR)
        .param("number", draft.document() == null ? null : draft.document().number(), Types.VARCHAR)
        .param("partner", draft.partner(), Types.VARCHAR)
        .param("purpose", draft.purpose(), Types.VARCHAR)
        .param("originKind", draft.origin().kind())
        .param("originId", draft.origin().id())
        .param("originName", draft.origin().name())
        .param("template", draft.template(), Types.VARCHAR)
        .param("layout", draft.layout(), Types.VARCHAR)
        .param("reasons", JSON.writeValueAsString(draft.reasons()))
        .param("resendOf", draft.resendOf(), Types.VARCHAR)
        .param("now", now.toEpochMilli())
        .param("due", dueAt.toEpochMilli())
        .param("hold", draft.hold() == null ? null : draft.hold().name(), Types.VARCHAR)
        .param("note", draft.holdReason(), Types.VARCHAR)
        .update();
    sql.sql(
            "INSERT INTO message_contents (company_id, message_id, mime) VALUES (:company, :id, :mime)")
        .param("company", draft.company())
        .param("id", draft.id())
        .param("mime", draft.mime())
        .update();
    insertRecipients(sql, draft, now);
    for (DocumentRef document : draft.further()) insertFurther(sql, draft, document);
  }

  private static void insertFurther(Sql sql, Draft draft, DocumentRef document) {
    sql.sql(
            """
            INSERT INTO message_documents (company_id, document_kind, document_number, message_id)
            VALUES (:company, :kind, :number, :message) ON CONFLICT DO NOTHING
            """)
        .param("company", draft.company())
        .param("kind", document.kind())
        .param("number", document.number())
        .param("message", draft.id())
        .update();
  }

  /** The documents a message carries beside the one it is about. */
  static List<DocumentRef> further(Sql sql, String company, String id) {
    return sql.sql(
            """
            SELECT document_kind, document_number FROM message_documents
            WHERE company_id = :company AND message_id = :id ORDER BY document_kind, document_number
            """)
        .param("company", company)
        .param("id", id)
        .query((row, n) ->
            new DocumentRef(row.getString("document_kind"), row.getString("document_number")))
        .list();
  }

  private static void insertRecipients(Sql sql, Draft draft, Instant now) {
    int position = 0;
    for (Draft.To to : draft.recipients()) {
      sql.sql(
              """
              INSERT INTO message_recipients (company_id, message_id, position, address, name, role, state, changed_at)
              VALUES (:company, :message, :position, :address, :name, :role, 'pending', :now)
              """)
          .param("company", draft.company())
          .param("message", draft.id())
          .param("position", position++)
          .param("address", to.address().spec())
          .param("name", to.address().name(), Types.VARCHAR)
          .param("role", to.role().name())
          .param("now", now.toEpochMilli())
          .update();
    }
  }

  static Optional<Message> find(Sql sql, String company, String id) {
    return sql.sql("SELECT * FROM messages WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> message(row, recipients(sql, company, id)))
        .optional();
  }

  /** A few, the newest first, without recipients: {@link Outbox#about}. */
  static List<Message> about(
      Sql sql,
      String company,
      DocumentRef document,
      Set<String> purposes,
      @Nullable Instant since) {
    return sql.sql(
            """
            SELECT * FROM messages WHERE company_id = :company AND id IN (
                SELECT id FROM messages
                WHERE company_id = :company AND document_kind = :kind AND document_number = :number
                UNION ALL
                SELECT message_id FROM message_documents
                WHERE company_id = :company AND document_kind = :kind AND document_number = :number)
              AND purpose IN (:purposes) AND state NOT IN ('cancelled', 'not_sent')
              AND created_at >= :since AND (:any = 1 OR origin_kind <> 'event')
            ORDER BY id DESC LIMIT 20
            """)
        .param("company", company)
        .param("kind", document.kind())
        .param("number", document.number())
        .param("purposes", purposes)
        .param("since", since == null ? 0 : since.toEpochMilli())
        .param("any", Sql.bit(since == null))
        .query((row, n) -> message(row, List.of()))
        .list();
  }

  static List<Message> resendsOf(Sql sql, String company, String id) {
    List<Message> bare =
        sql.sql(
                "SELECT * FROM messages WHERE company_id = :company AND resend_of = :id ORDER BY id LIMIT 50")
            .param("company", company)
            .param("id", id)
            .query((row, n) -> message(row, List.of()))
            .list();
    return withRecipients(sql, company, bare);
  }

  static Optional<byte[]> content(Sql sql, String company, String id) {
    return sql.sql(
            "SELECT mime FROM message_contents WHERE company_id = :company AND message_id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> row.getBytes(1))
        .optional();
  }

  /** The same for people to look at: what holds a personal link is only for who gets it. */
  static Optional<byte[]> shown(Sql sql, String company, String id) {
    return isLetter(sql, company, id) ? Optional.empty() : content(sql, company, id);
  }

  static boolean isLetter(Sql sql, String company, String id) {
    return sql.sql("SELECT origin_kind FROM messages WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query(String.class)
        .optional()
        .filter(Letter.ORIGIN::equals)
        .isPresent();
  }

  static List<Recipient> recipients(Sql sql, String company, String id) {
    return sql.sql(
            "SELECT * FROM message_recipients WHERE company_id = :company AND message_id = :id ORDER BY position")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> recipient(row))
        .list();
  }

  static void change(Sql sql, String company, String id, Settlement.Change change, Instant now) {
    sql.sql(
            """
            UPDATE message_recipients SET state = :state, reply = :reply, changed_at = :now
            WHERE company_id = :company AND message_id = :id AND address = :address AND state = 'pending'
            """)
        .param("state", change.state().word())
        .param("reply", change.reply())
        .param("now", now.toEpochMilli())
        .param("company", company)
        .param("id", id)
        .param("address", change.address())
        .update();
  }

  /** The same with their recipients. */
  static List<Message> withRecipients(Sql sql, String company, List<Message> bare) {
    if (bare.isEmpty()) return bare;
    Map<String, List<Recipient>> byMessage = new HashMap<>();
    sql.sql(
            "SELECT * FROM message_recipients WHERE company_id = :company AND message_id IN (:ids) ORDER BY message_id, position")
        .param("company", company)
        .param("ids", bare.stream().map(Message::id).toList())
        .query(row -> {
          byMessage
              .computeIfAbsent(row.getString("message_id"), id -> new ArrayList<>())
              .add(recipient(row));
        });
    return bare.stream()
        .map(message -> with(message, byMessage.getOrDefault(message.id(), List.of())))
        .toList();
  }

  private static Message with(Message m, List<Recipient> recipients) {
    return new Message(
        m.company(),
        m.id(),
        m.state(),
        m.account(),
        m.subject(),
        m.sender(),
        m.messageId(),
        m.size(),
        m.bulk(),
        m.document(),
        m.partner(),
        m.purpose(),
        m.origin(),
        m.template(),
        m.layout(),
        m.reasons(),
        m.resendOf(),
        m.createdAt(),
        m.dueAt(),
        m.settledAt(),
        m.attempts(),
        m.hold(),
        m.note(),
        recipients);
  }

  private static Recipient recipient(ResultSet row) throws SQLException {
    return new Recipient(
        new Address(row.getString("name"), row.getString("address")),
        RecipientRole.valueOf(row.getString("role")),
        RecipientState.of(row.getString("state")),
        row.getString("reply"),
        row.getLong("complained") == 1);
  }

  static Message message(ResultSet row, List<Recipient> recipients) throws SQLException {
    String kind = row.getString("document_kind");
    String hold = row.getString("hold");
    long settled = row.getLong("settled_at");
    Instant settledAt = row.wasNull() ? null : Instant.ofEpochMilli(settled);
    return new Message(
        row.getString("company_id"),
        row.getString("id"),
        MessageState.of(row.getString("state")),
        row.getString("account_id"),
        row.getString("subject"),
        Address.parse(row.getString("sender")),
        row.getString("message_id"),
        row.getLong("size"),
        row.getLong("bulk") == 1,
        kind == null ? null : new DocumentRef(kind, row.getString("document_number")),
        row.getString("partner"),
        row.getString("purpose"),
        new Origin(
            row.getString("origin_kind"), row.getString("origin_id"), row.getString("origin_name")),
        row.getString("template"),
        row.getString("layout"),
        JSON.readValue(row.getString("reasons"), new TypeReference<Map<String, String>>() {}),
        row.getString("resend_of"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("due_at")),
        settledAt,
        (int) row.getLong("attempts"),
        hold == null ? null : Hold.valueOf(hold),
        row.getString("note"),
        recipients);
  }
}
