package org.postroom.access;

import org.postroom.db.Ages;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How long the audit trail is kept. */
@Configuration(proxyBeanMethods = false)
class OldAudit {

  @Bean
  Ages oldAuditEntries() {
    return new Ages(
        "audit",
        "Audit trail",
        "Who changed what.",
        0,
        180,
        (sql, company, before, days) ->
            sql.sql(
                    """
                    DELETE FROM audit WHERE company_id = :company AND id IN (
                      SELECT id FROM audit WHERE company_id = :company AND at < :before ORDER BY id LIMIT %d)
                    """
                        .formatted(Ages.AT_ONCE))
                .param("company", company)
                .param("before", before.toEpochMilli())
                .update());
  }
}
