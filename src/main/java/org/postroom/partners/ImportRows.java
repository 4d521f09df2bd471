package org.postroom.partners;

import java.time.Duration;
import java.util.Optional;
import org.postroom.access.Caller;
import org.postroom.db.Sql;

/** The SQL of files that wait for somebody's yes. */
final class ImportRows {
  private static final Duration KEPT = Duration.ofDays(1);

  private ImportRows() {}

  static void put(Sql sql, Caller caller, String id, String fileName, byte[] content) {
    long now = sql.now().toEpochMilli();
    sql.sql("DELETE FROM partner_imports WHERE company_id = :company AND created_at < :before")
        .param("company", caller.company())
        .param("before", now - KEPT.toMillis())
        .update();
    sql.sql(
            """
            INSERT INTO partner_imports (company_id, id, person_id, file_name, content, created_at)
            VALUES (:company, :id, :person, :file_name, :content, :now)\
            """)
        .param("company", caller.company())
        .param("id", id)
        .param("person", caller.id())
        .param("file_name", fileName)
        .param("content", content)
        .param("now", now)
        .update();
  }

  /** Only whoever handed it in. */
  static Optional<PartnerImports.Waiting> find(Sql sql, Caller caller, String id) {
    return sql.sql(
            "SELECT * FROM partner_imports"
                + " WHERE company_id = :company AND id = :id AND person_id = :person")
        .param("company", caller.company())
        .param("id", id)
        .param("person", caller.id())
        .query((row, number) ->
            new PartnerImports.Waiting(
                row.getString("id"), row.getString("file_name"), row.getBytes("content")))
        .optional();
  }

  static void delete(Sql sql, String company, String id) {
    sql.sql("DELETE FROM partner_imports WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .update();
  }
}
