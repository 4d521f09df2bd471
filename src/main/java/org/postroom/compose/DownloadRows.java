package org.postroom.compose;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postroom.compose.Download.State;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.mail.Attachment;

/** The SQL of links and the files behind them. */
final class DownloadRows {
  private DownloadRows() {}

  static void insert(Sql sql, String company, String message, Linked linked, String hash) {
    String id = Ids.next("lnk");
    sql.sql(
            """
            INSERT INTO download_links
              (company_id, id, token_hash, message_id, language, created_at, expires_at, opened)
            VALUES (:company, :id, :hash, :message, :language, :now, :until, 0)\
            """)
        .param("company", company)
        .param("id", id)
        .param("hash", hash)
        .param("message", message)
        .param("language", linked.language().toLanguageTag())
        .param("now", sql.now().toEpochMilli())
        .param("until", linked.until().toEpochMilli())
        .update();
    int position = 0;
    for (Attachment file : linked.files())
      sql.sql(
              """
              INSERT INTO download_files
                (company_id, link_id, position, filename, content_type, size, content)
              VALUES (:company, :link, :position, :filename, :type, :size, :content)\
              """)
          .param("company", company)
          .param("link", id)
          .param("position", position++)
          .param("filename", file.filename())
          .param("type", file.contentType())
          .param("size", file.content().length)
          .param("content", file.content())
          .update();
  }

  static Optional<Download> byToken(Sql sql, String hash) {
    return sql.sql("SELECT * FROM download_links WHERE token_hash = :hash")
        .param("hash", hash)
        .query((row, n) -> download(sql, row))
        .optional();
  }

  static Optional<Download> ofMessage(Sql sql, String company, String message) {
    return sql.sql(
            "SELECT * FROM download_links WHERE company_id = :company AND message_id = :message")
        .param("company", company)
        .param("message", message)
        .query((row, n) -> download(sql, row))
        .optional();
  }

  static Optional<Attachment> content(Sql sql, Download download, int position) {
    return sql.sql(
            """
            SELECT filename, content_type, content FROM download_files
            WHERE company_id = :company AND link_id = :id AND position = :position\
            """)
        .param("company", download.company())
        .param("id", download.id())
        .param("position", position)
        .query((row, n) -> new Attachment(row.getString(1), row.getString(2), row.getBytes(3)))
        .optional();
  }

  static void opened(Sql sql, Download download) {
    sql.sql(
            "UPDATE download_links SET opened = opened + 1 WHERE company_id = :company AND id = :id")
        .param("company", download.company())
        .param("id", download.id())
        .update();
  }

  /** The files go at once. */
  static void withdraw(Sql sql, Download download) {
    sql.sql(
            """
            UPDATE download_links SET withdrawn_at = :now
            WHERE company_id = :company AND id = :id AND withdrawn_at IS NULL\
            """)
        .param("now", sql.now().toEpochMilli())
        .param("company", download.company())
        .param("id", download.id())
        .update();
    sql.sql("DELETE FROM download_files WHERE company_id = :company AND link_id = :id")
        .param("company", download.company())
        .param("id", download.id())
        .update();
  }

  /** Files whose link has ended; the link itself stays for a while to say so. */
  static void forget(Sql sql, Instant ended, Instant forgotten) {
    sql.sql(
            """
            DELETE FROM download_files WHERE EXISTS (SELECT 1 FROM download_links l
              WHERE l.company_id = download_files.company_id AND l.id = download_files.link_id
                AND l.expires_at < :ended)\
            """)
        .param("ended", ended.toEpochMilli())
        .update();
    sql.sql("DELETE FROM download_links WHERE expires_at < :forgotten")
        .param("forgotten", forgotten.toEpochMilli())
        .update();
  }

  private static Download download(Sql sql, ResultSet row) throws SQLException {
    String company = row.getString("company_id");
    String id = row.getString("id");
    Instant until = Instant.ofEpochMilli(row.getLong("expires_at"));
    row.getLong("withdrawn_at");
    boolean withdrawn = !row.wasNull();
    State state = !until.isAfter(sql.now()) ? State.EXPIRED : State.OPEN;
    return new Download(
        company,
        id,
        row.getString("message_id"),
        Locale.forLanguageTag(row.getString("language")),
        withdrawn ? State.WITHDRAWN : state,
        until,
        row.getLong("opened"),
        files(sql, company, id));
  }

  private static List<Download.File> files(Sql sql, String company, String id) {
    return sql.sql(
            """
            SELECT position, filename, size FROM download_files
            WHERE company_id = :company AND link_id = :id ORDER BY position\
            """)
        .param("company", company)
        .param("id", id)
        .query((row, n) -> new Download.File(row.getInt(1), row.getString(2), row.getLong(3)))
        .list();
  }
}
