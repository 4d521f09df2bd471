package org.postroom.transport.local;

import java.time.Instant;
import java.util.List;
import org.postroom.db.Ages;
import org.postroom.db.Sql;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How long caught mail is kept. */
@Configuration(proxyBeanMethods = false)
class OldCaughtMail {

  @Bean
  Ages oldCaught() {
    return new Ages(
        "caught_mail",
        "Caught mail",
        "Mail of local accounts and of test mode.",
        90,
        1,
        (sql, company, before, days) -> forget(sql, company, before));
  }

  private static int forget(Sql sql, String company, Instant before) {
    List<String> ids =
        sql.sql(
                "SELECT id FROM local_messages WHERE company_id = :company AND received_at < :before ORDER BY id LIMIT "
                    + Ages.AT_ONCE)
            .param("company", company)
            .param("before", before.toEpochMilli())
            .query((row, n) -> row.getString(1))
            .list();
    if (ids.isEmpty()) return 0;
    for (String table : List.of("local_contents", "local_messages"))
      sql.sql("DELETE FROM " + table + " WHERE company_id = :company AND id IN (:ids)")
          .param("company", company)
          .param("ids", ids)
          .update();
    return ids.size();
  }
}
