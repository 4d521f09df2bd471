package org.postroom.diagnosis;

import org.postroom.db.Ages;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How long connection checks are kept. */
@Configuration(proxyBeanMethods = false)
class OldChecks {

  @Bean
  Ages oldAccountChecks() {
    return new Ages(
        "checks",
        "Connection checks",
        "What each check of an account said.",
        400,
        1,
        (sql, company, before, days) ->
            sql.sql(
                    """
                    DELETE FROM account_checks WHERE company_id = :company AND (account_id, id) IN (
                      SELECT account_id, id FROM account_checks WHERE company_id = :company AND checked_at < :before LIMIT %d)
                    """
                        .formatted(Ages.AT_ONCE))
                .param("company", company)
                .param("before", before.toEpochMilli())
                .update());
  }
}
