package org.postroom.automations;

import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** What was made once and is not made again, whatever tells of it again. The key is the promise. */
final class OccasionRows {
  private static final String KEY =
      """
       WHERE company_id = :company AND document_kind = :kind AND document_number = :number
         AND automation = :automation AND occasion = :occasion\
      """;

  private OccasionRows() {}

  /** When, and the message; null where people were told inside Postroom. */
  record Made(Instant at, @Nullable String message) {}

  static Optional<Made> find(Sql sql, Matter matter, Automation automation) {
    return bind(sql, "SELECT at, message_id FROM automation_occasions" + KEY, matter, automation)
        .query((row, n) ->
            new Made(Instant.ofEpochMilli(row.getLong("at")), row.getString("message_id")))
        .optional();
  }

  /** True for exactly one caller ever. On PostgreSQL others wait for its commit. */
  static boolean claim(
      Sql sql, Matter matter, Automation automation, @Nullable String message, Instant now) {
    return bind(
                sql,
                """
                INSERT INTO automation_occasions (company_id, document_kind, document_number, automation, occasion,
                  event_id, message_id, at)
                VALUES (:company, :kind, :number, :automation, :occasion, :event, :message, :now)
                ON CONFLICT DO NOTHING
                """,
                matter,
                automation)
            .param("event", matter.event().id())
            .param("message", message, Types.VARCHAR)
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  private static StatementSpec bind(
      Sql sql, String statement, Matter matter, Automation automation) {
    return sql.sql(statement)
        .param("company", matter.event().company())
        .param("kind", matter.event().documentKind())
        .param("number", matter.event().documentNumber())
        .param("automation", automation.word())
        .param("occasion", matter.occasion(automation));
  }
}
