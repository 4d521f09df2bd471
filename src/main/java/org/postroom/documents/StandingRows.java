package org.postroom.documents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postroom.db.Sql;
import org.postroom.mail.Attachment;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The table {@code standing_files}. Lists of words are kept apart by spaces. */
final class StandingRows {
  private static final String HEAD =
      "id, name, content_type, size, kinds, languages, added_at, changed_at";
  private final Sql sql;

  StandingRows(Sql sql) {
    this.sql = sql;
  }

  List<StandingFile> list(String company) {
    return sql.sql(
            "SELECT " + HEAD + " FROM standing_files WHERE company_id = :company ORDER BY id")
        .param("company", company)
        .query((row, n) -> file(row))
        .list();
  }

  Optional<StandingFile> find(String company, String id) {
    return sql.sql(
            "SELECT " + HEAD + " FROM standing_files WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> file(row))
        .optional();
  }

  Optional<Attachment> content(String company, String id) {
    return sql.sql(
            "SELECT name, content_type, body FROM standing_files"
                + " WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> new Attachment(row.getString(1), row.getString(2), row.getBytes(3)))
        .optional();
  }

  void insert(String company, StandingFile file, byte[] body) {
    bind(
            sql.sql(
                """
                INSERT INTO standing_files (company_id, id, name, content_type, size, kinds, languages,
                  added_at, changed_at, body)
                VALUES (:company, :id, :name, :type, :size, :kinds, :languages, :added, :changed, :body)
                """),
            company,
            file)
        .param("added", file.addedAt().toEpochMilli())
        .param("body", body)
        .update();
  }

  /** Everything but the content. */
  void update(String company, StandingFile file) {
    bind(
            sql.sql(
                """
                UPDATE standing_files SET name = :name, content_type = :type, size = :size,
                  kinds = :kinds, languages = :languages, changed_at = :changed
                WHERE company_id = :company AND id = :id
                """),
            company,
            file)
        .update();
  }

  void content(String company, String id, byte[] body) {
    sql.sql("UPDATE standing_files SET body = :body WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .param("body", body)
        .update();
  }

  void delete(String company, String id) {
    sql.sql("DELETE FROM standing_files WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .update();
  }

  private static StatementSpec bind(StatementSpec statement, String company, StandingFile file) {
    return statement
        .param("company", company)
        .param("id", file.id())
        .param("name", file.name())
        .param("type", file.contentType())
        .param("size", file.size())
        .param(
            "kinds", file.kinds().stream().map(DocumentKind::word).collect(Collectors.joining(" ")))
        .param("languages", String.join(" ", file.languages()))
        .param("changed", file.changedAt().toEpochMilli());
  }

  private static StandingFile file(ResultSet row) throws SQLException {
    return new StandingFile(
        row.getString("id"),
        row.getString("name"),
        row.getString("content_type"),
        row.getLong("size"),
        words(row.getString("kinds")).stream()
            .map(DocumentKind::of)
            .flatMap(Optional::stream)
            .toList(),
        words(row.getString("languages")),
        Instant.ofEpochMilli(row.getLong("added_at")),
        Instant.ofEpochMilli(row.getLong("changed_at")));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
