package org.postroom.documents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postroom.db.Sql;
import org.postroom.mail.Attachment;

/** The table {@code document_files}. */
final class AttachedRows {
  private final Sql sql;

  AttachedRows(Sql sql) {
    this.sql = sql;
  }

  List<DocumentFile> list(Key key) {
    return key.bind(
            sql.sql(
                "SELECT name, content_type, size, added_at FROM document_files WHERE"
                    + Key.MATCHES
                    + "ORDER BY added_at, name"))
        .query((row, n) -> file(row))
        .list();
  }

  Optional<Attachment> content(Key key, String name) {
    return key.bind(
            sql.sql(
                "SELECT name, content_type, body FROM document_files WHERE"
                    + Key.MATCHES
                    + "AND name = :name"))
        .param("name", name)
        .query((row, n) -> new Attachment(row.getString(1), row.getString(2), row.getBytes(3)))
        .optional();
  }

  DocumentFile save(Key key, AttachedFile file, Instant now) {
    return key.bind(
            sql.sql(
                """
                INSERT INTO document_files (company_id, kind, number, name, content_type, size, added_at, body)
                VALUES (:company, :kind, :number, :name, :type, :size, :now, :body)
                ON CONFLICT (company_id, kind, number, name) DO UPDATE SET
                  content_type = excluded.content_type, size = excluded.size,
                  added_at = excluded.added_at, body = excluded.body
                RETURNING name, content_type, size, added_at
                """))
        .param("name", file.name())
        .param("type", file.contentType())
        .param("size", file.content().length)
        .param("now", now.toEpochMilli())
        .param("body", file.content())
        .query((row, n) -> file(row))
        .single();
  }

  boolean delete(Key key, String name) {
    return key.bind(sql.sql("DELETE FROM document_files WHERE" + Key.MATCHES + "AND name = :name"))
            .param("name", name)
            .update()
        > 0;
  }

  private static DocumentFile file(ResultSet row) throws SQLException {
    return new DocumentFile(
        row.getString("name"),
        row.getString("content_type"),
        row.getLong("size"),
        Instant.ofEpochMilli(row.getLong("added_at")));
  }
}
