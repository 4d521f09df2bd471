package org.postroom.compose;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postroom.compose.MessageDraft.File;
import org.postroom.compose.MessageDraft.Preset;
import org.postroom.compose.MessageDraft.Typed;
import org.postroom.db.Sql;
import org.postroom.mail.Attachment;
import org.postroom.outbox.Message.DocumentRef;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of drafts and their files. */
final class MessageDraftRows {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private MessageDraftRows() {}

  static void insert(Sql sql, MessageDraft draft, Instant now) {
    DocumentRef document = draft.document();
    sql.sql(
            """
            INSERT INTO message_drafts
              (company_id, id, person_id, document_kind, document_number, preset, typed, updated_at)
            VALUES (:company, :id, :person, :kind, :number, :preset, :typed, :now)\
            """)
        .param("company", draft.company())
        .param("id", draft.id())
        .param("person", draft.person())
        .param("kind", document == null ? null : document.kind(), Types.VARCHAR)
        .param("number", document == null ? null : document.number(), Types.VARCHAR)
        .param("preset", JSON.writeValueAsString(draft.preset()))
        .param("typed", JSON.writeValueAsString(draft.typed()))
        .param("now", now.toEpochMilli())
        .update();
  }

  static Optional<MessageDraft> find(Sql sql, String company, String id) {
    return sql.sql("SELECT * FROM message_drafts WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> draft(row, files(sql, company, id)))
        .optional();
  }

  /** Leaves a draft that was sent meanwhile as it is. */
  static void type(Sql sql, String company, String id, Typed typed) {
    sql.sql(
            """
            UPDATE message_drafts SET typed = :typed, updated_at = :now
            WHERE company_id = :company AND id = :id AND message_id IS NULL\
            """)
        .param("typed", JSON.writeValueAsString(typed))
        .param("now", sql.now().toEpochMilli())
        .param("company", company)
        .param("id", id)
        .update();
  }

  /** True for one caller only, however many try at once. */
  static boolean become(Sql sql, String company, String id, String message) {
    return sql.sql(
                """
                UPDATE message_drafts SET message_id = :message
                WHERE company_id = :company AND id = :id AND message_id IS NULL\
                """)
            .param("message", message)
            .param("company", company)
            .param("id", id)
            .update()
        == 1;
  }

  /** The person's draft that became this message. */
  static Optional<MessageDraft> ofMessage(Sql sql, String company, String person, String message) {
    return sql.sql(
            "SELECT id FROM message_drafts"
                + " WHERE company_id = :company AND message_id = :message AND person_id = :person")
        .param("company", company)
        .param("message", message)
        .param("person", person)
        .query(String.class)
        .optional()
        .flatMap(id -> find(sql, company, id));
  }

  /** Drafts of a person that are not sent, the last one touched first. */
  static List<MessageDraft> open(Sql sql, String company, String person, int most) {
    return sql.sql(
            """
            SELECT * FROM message_drafts
            WHERE company_id = :company AND person_id = :person AND message_id IS NULL
            ORDER BY updated_at DESC, id DESC LIMIT :most\
            """)
        .param("company", company)
        .param("person", person)
        .param("most", most)
        .query((row, n) -> draft(row, files(sql, company, row.getString("id"))))
        .list();
  }

  /** Its message was taken back: it can be written on. */
  static void reopen(Sql sql, MessageDraft draft) {
    sql.sql(
            """
            UPDATE message_drafts SET message_id = NULL, updated_at = :now
            WHERE company_id = :company AND id = :id\
            """)
        .param("now", sql.now().toEpochMilli())
        .param("company", draft.company())
        .param("id", draft.id())
        .update();
  }

  /** Drafts that became a message and still keep their files, oldest first. */
  record Kept(String company, String draft, String message) {}

  static List<Kept> sentWithFiles(Sql sql, String after, int most) {
    return sql.sql(
            """
            SELECT company_id, id, message_id FROM message_drafts d
            WHERE message_id IS NOT NULL AND id > :after AND EXISTS
              (SELECT 1 FROM message_draft_files f WHERE f.company_id = d.company_id AND f.draft_id = d.id)
            ORDER BY id LIMIT :most\
            """)
        .param("after", after)
        .param("most", most)
        .query((row, n) -> new Kept(row.getString(1), row.getString(2), row.getString(3)))
        .list();
  }

  static void add(Sql sql, String company, String draft, File file, byte[] content) {
    sql.sql(
            """
            INSERT INTO message_draft_files
              (company_id, draft_id, id, filename, content_type, size, content)
            VALUES (:company, :draft, :id, :filename, :type, :size, :content)\
            """)
        .param("company", company)
        .param("draft", draft)
        .param("id", file.id())
        .param("filename", file.filename())
        .param("type", file.contentType())
        .param("size", file.size())
        .param("content", content)
        .update();
  }

  static void remove(Sql sql, String company, String draft, String file) {
    sql.sql(
            "DELETE FROM message_draft_files"
                + " WHERE company_id = :company AND draft_id = :draft AND id = :id")
        .param("company", company)
        .param("draft", draft)
        .param("id", file)
        .update();
  }

  static void removeFiles(Sql sql, String company, String draft) {
    sql.sql("DELETE FROM message_draft_files WHERE company_id = :company AND draft_id = :draft")
        .param("company", company)
        .param("draft", draft)
        .update();
  }

  static void drop(Sql sql, String company, String draft) {
    removeFiles(sql, company, draft);
    sql.sql(
            "DELETE FROM message_drafts"
                + " WHERE company_id = :company AND id = :id AND message_id IS NULL")
        .param("company", company)
        .param("id", draft)
        .update();
  }

  static List<Attachment> attachments(Sql sql, String company, String draft) {
    return sql.sql(
            "SELECT filename, content_type, content FROM message_draft_files"
                + " WHERE company_id = :company AND draft_id = :draft ORDER BY id")
        .param("company", company)
        .param("draft", draft)
        .query((row, n) -> new Attachment(row.getString(1), row.getString(2), row.getBytes(3)))
        .list();
  }

  /**
   * Drafts nobody touched since, with their files.
   *
   * @param sentBefore those that became a message are kept until then: it may wait for its time
   */
  static void forget(Sql sql, String company, Instant before, Instant sentBefore) {
    String old =
        """
         WHERE company_id = :company AND (updated_at < :sentBefore
          OR (updated_at < :before AND message_id IS NULL))\
        """;
    for (String statement :
        List.of(
            "DELETE FROM message_draft_files WHERE company_id = :company AND draft_id IN"
                + " (SELECT id FROM message_drafts"
                + old
                + ")",
            "DELETE FROM message_drafts" + old))
      sql.sql(statement)
          .param("company", company)
          .param("before", before.toEpochMilli())
          .param("sentBefore", sentBefore.toEpochMilli())
          .update();
  }

  private static List<File> files(Sql sql, String company, String draft) {
    return sql.sql(
            "SELECT id, filename, content_type, size FROM message_draft_files"
                + " WHERE company_id = :company AND draft_id = :draft ORDER BY id")
        .param("company", company)
        .param("draft", draft)
        .query((row, n) ->
            new File(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)))
        .list();
  }

  private static MessageDraft draft(ResultSet row, List<File> files) throws SQLException {
    String kind = row.getString("document_kind");
    return new MessageDraft(
        row.getString("company_id"),
        row.getString("id"),
        row.getString("person_id"),
        kind == null ? null : new DocumentRef(kind, row.getString("document_number")),
        JSON.readValue(row.getString("preset"), Preset.class),
        JSON.readValue(row.getString("typed"), Typed.class),
        files,
        row.getString("message_id"));
  }
}
