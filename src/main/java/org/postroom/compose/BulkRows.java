package org.postroom.compose;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postroom.compose.BulkDraft.Result;
import org.postroom.compose.BulkDraft.Wish;
import org.postroom.db.Sql;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of what is sent in bulk. */
final class BulkRows {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<List<Result>> RESULTS = new TypeReference<>() {};

  private BulkRows() {}

  static void insert(Sql sql, BulkDraft draft) {
    sql.sql(
            """
            INSERT INTO bulk_drafts (company_id, id, person_id, wish, updated_at)
            VALUES (:company, :id, :person, :wish, :now)\
            """)
        .param("company", draft.company())
        .param("id", draft.id())
        .param("person", draft.person())
        .param("wish", JSON.writeValueAsString(draft.wish()))
        .param("now", sql.now().toEpochMilli())
        .update();
  }

  static Optional<BulkDraft> find(Sql sql, String company, String id) {
    return sql.sql("SELECT * FROM bulk_drafts WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> {
          String results = row.getString("results");
          return new BulkDraft(
              company,
              id,
              row.getString("person_id"),
              JSON.readValue(row.getString("wish"), Wish.class),
              results == null ? null : JSON.readValue(results, RESULTS));
        })
        .optional();
  }

  /** Leaves what was sent meanwhile as it is. */
  static void change(Sql sql, String company, String id, Wish wish) {
    sql.sql(
            """
            UPDATE bulk_drafts SET wish = :wish, updated_at = :now
            WHERE company_id = :company AND id = :id AND results IS NULL\
            """)
        .param("wish", JSON.writeValueAsString(wish))
        .param("now", sql.now().toEpochMilli())
        .param("company", company)
        .param("id", id)
        .update();
  }

  /** True for one caller only, however many try at once. */
  static boolean become(Sql sql, BulkDraft draft, List<Result> results) {
    return sql.sql(
                """
                UPDATE bulk_drafts SET results = :results
                WHERE company_id = :company AND id = :id AND results IS NULL\
                """)
            .param("results", JSON.writeValueAsString(results))
            .param("company", draft.company())
            .param("id", draft.id())
            .update()
        == 1;
  }

  static void reopen(Sql sql, BulkDraft draft) {
    sql.sql("UPDATE bulk_drafts SET results = NULL WHERE company_id = :company AND id = :id")
        .param("company", draft.company())
        .param("id", draft.id())
        .update();
  }

  static void forget(Sql sql, String company, Instant before) {
    sql.sql("DELETE FROM bulk_drafts WHERE company_id = :company AND updated_at < :before")
        .param("company", company)
        .param("before", before.toEpochMilli())
        .update();
  }
}
