package org.postroom.bounces;

import java.time.Instant;
import org.postroom.db.Ages;
import org.postroom.db.Sql;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How long reports are kept. What they said of a recipient stays with the message. */
@Configuration(proxyBeanMethods = false)
class OldReports {
  @Bean
  Ages oldReturnedMail() {
    return new Ages(
        "bounces",
        "Returned mail",
        "Reports that were read: address, reason and the server's words. What came back stays with its message.",
        400,
        30,
        (sql, company, before, days) -> forget(sql, company, before));
  }

  private static int forget(Sql sql, String company, Instant before) {
    return sql.sql(
            """
            DELETE FROM bounces WHERE company_id = :company AND id IN (
              SELECT id FROM bounces WHERE company_id = :company AND at < :before ORDER BY at LIMIT :most)
            """)
        .param("company", company)
        .param("before", before.toEpochMilli())
        .param("most", Ages.AT_ONCE)
        .update();
  }
}
