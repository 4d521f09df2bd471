package org.postroom.transport;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/** The rows of the local mailbox. Recipients lie one a line: an address has no line break. */
final class LocalMailRows {
  private static final String COLUMNS =
      "id, account_id, sender, recipients, subject, message_id, size, received_at";
  private static final String AFTER_ALL_IDS = "z";

  private LocalMailRows() {}

  static void insert(Sql sql, String company, LocalMail mail, byte[] content) {
    sql.sql(
            "INSERT INTO local_messages (company_id, "
                + COLUMNS
                + ") VALUES (:company, :id,"
                + " :account, :sender, :recipients, :subject, :messageId, :size, :receivedAt)")
        .param("company", company)
        .param("id", mail.id())
        .param("account", mail.account())
        .param("sender", mail.sender())
        .param("recipients", String.join("\n", mail.recipients()))
        .param("subject", mail.subject(), Types.VARCHAR)
        .param("messageId", mail.messageId(), Types.VARCHAR)
        .param("size", mail.size())
        .param("receivedAt", mail.receivedAt().toEpochMilli())
        .update();
    sql.sql("INSERT INTO local_contents (company_id, id, content) VALUES (:company, :id, :content)")
        .param("company", company)
        .param("id", mail.id())
        .param("content", content)
        .update();
  }

  static List<LocalMail> newest(Sql sql, String company, int limit, @Nullable String before) {
    return sql.sql(
            "SELECT "
                + COLUMNS
                + " FROM local_messages WHERE company_id = :company"
                + " AND id < :before ORDER BY id DESC LIMIT :limit")
        .param("company", company)
        .param("before", before == null ? AFTER_ALL_IDS : before)
        .param("limit", limit)
        .query((row, number) -> mail(row))
        .list();
  }

  static Optional<LocalMail> find(Sql sql, String company, String id) {
    return sql.sql(
            "SELECT "
                + COLUMNS
                + " FROM local_messages"
                + " WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, number) -> mail(row))
        .optional();
  }

  static Optional<byte[]> content(Sql sql, String company, String id) {
    return sql.sql("SELECT content FROM local_contents WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, number) -> row.getBytes(1))
        .optional();
  }

  static int deleteAll(Sql sql, String company) {
    sql.sql("DELETE FROM local_contents WHERE company_id = :company")
        .param("company", company)
        .update();
    return sql.sql("DELETE FROM local_messages WHERE company_id = :company")
        .param("company", company)
        .update();
  }

  private static LocalMail mail(ResultSet row) throws SQLException {
    return new LocalMail(
        row.getString("id"),
        row.getString("account_id"),
        row.getString("sender"),
        row.getString("recipients").lines().toList(),
        row.getString("subject"),
        row.getString("message_id"),
        row.getLong("size"),
        Instant.ofEpochMilli(row.getLong("received_at")));
  }
}
