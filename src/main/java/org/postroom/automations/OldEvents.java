package org.postroom.automations;

import java.time.Instant;
import java.util.List;
import org.postroom.db.Ages;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How long business events are kept. Those that wait for something stay. */
@Configuration(proxyBeanMethods = false)
class OldEvents {

  /** What occasions were mailed about is not forgotten with them: told again, nothing is sent. */
  @Bean
  Ages oldBusinessEvents() {
    return new Ages(
        "events",
        "Business events",
        "What the ERP told and what became of it. That an occasion was mailed about stays known.",
        730,
        30,
        (sql, company, before, days) -> forget(sql, company, before));
  }

  private static int forget(Sql sql, String company, Instant before) {
    List<String> ids =
        sql.sql(
                """
                SELECT id FROM business_events WHERE company_id = :company AND id < :floor
                  AND state = 'handled' AND waits = 0 AND handled_at < :before ORDER BY id LIMIT %d
                """
                    .formatted(Ages.AT_ONCE))
            .param("company", company)
            .param("floor", Ids.floor("evt", before))
            .param("before", before.toEpochMilli())
            .query((row, n) -> row.getString(1))
            .list();
    if (ids.isEmpty()) return 0;
    delete(sql, "event_outcomes", "event_id", company, ids);
    delete(sql, "business_events", "id", company, ids);
    return ids.size();
  }

  private static void delete(
      Sql sql, String table, String column, String company, List<String> ids) {
    sql.sql("DELETE FROM " + table + " WHERE company_id = :company AND " + column + " IN (:ids)")
        .param("company", company)
        .param("ids", ids)
        .update();
  }
}
