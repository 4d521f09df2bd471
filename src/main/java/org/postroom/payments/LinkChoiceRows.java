package org.postroom.payments;

import org.postroom.db.Sql;

/** The table {@code payment_link_choices}. */
final class LinkChoiceRows {
  private LinkChoiceRows() {}

  static LinkChoices of(Sql sql, String company) {
    return sql.sql(
            "SELECT in_mails, days, combined FROM payment_link_choices WHERE company_id = :company")
        .param("company", company)
        .query((row, n) -> new LinkChoices(row.getLong(1) == 1, row.getInt(2), row.getLong(3) == 1))
        .optional()
        .orElse(LinkChoices.DEFAULT);
  }

  static void save(Sql sql, String company, LinkChoices choices) {
    sql.sql(
            """
            INSERT INTO payment_link_choices (company_id, in_mails, days, combined)
            VALUES (:company, :mails, :days, :combined)
            ON CONFLICT (company_id) DO UPDATE SET
              in_mails = excluded.in_mails, days = excluded.days, combined = excluded.combined
            """)
        .param("company", company)
        .param("mails", Sql.bit(choices.inMails()))
        .param("days", choices.days())
        .param("combined", Sql.bit(choices.combined()))
        .update();
  }
}
