package org.postroom.payments;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/** What customers did by a link, in the columns of its tables that public pages read. */
final class LinkAnswerRows {
  private static final Duration ASKED_FOR = Duration.ofDays(1);
  private final Sql sql;

  LinkAnswerRows(Sql sql) {
    this.sql = sql;
  }

  /** The word of a provider that is noted already, with how and when the money came. */
  void paid(PaymentLink link, Paid paid) {
    sql.sql(
            """
            UPDATE payment_link_news SET way = :way, paid_at = :at
            WHERE company_id = :company AND link_id = :link AND reference = :reference
              AND what = 'paid'
            """)
        .param("way", paid.way())
        .param("at", paid.at().toEpochMilli())
        .param("company", link.company())
        .param("link", link.id())
        .param("reference", paid.reference())
        .update();
  }

  /** In the link's own currency, oldest first. */
  List<Paid> payments(PaymentLink link) {
    return sql.sql(
            """
            SELECT reference, amount, currency, paid_at, way FROM payment_link_news
            WHERE company_id = :company AND link_id = :link AND what = 'paid'
              AND currency = :currency AND paid_at IS NOT NULL
            ORDER BY paid_at, reference
            """)
        .param("company", link.company())
        .param("link", link.id())
        .param("currency", link.currency())
        .query((row, n) ->
            new Paid(
                row.getString(1),
                new BigDecimal(row.getString(2)),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getString(5)))
        .list();
  }

  void decided(PaymentLink link, String name, @Nullable String comment) {
    sql.sql(
            """
            UPDATE payment_links SET decided_by = :name, decided_comment = :comment
            WHERE company_id = :company AND id = :id
            """)
        .param("name", name)
        .param("comment", comment, Types.VARCHAR)
        .param("company", link.company())
        .param("id", link.id())
        .update();
  }

  /** The name and the comment. */
  Optional<LinkAnswers.Decision> decision(PaymentLink link) {
    Instant at = link.usedAt();
    if (at == null) return Optional.empty();
    boolean approved = link.payment() == PaymentLink.Payment.APPROVED;
    return sql.sql(
            """
            SELECT decided_by, decided_comment FROM payment_links
            WHERE company_id = :company AND id = :id AND decided_by IS NOT NULL
            """)
        .param("company", link.company())
        .param("id", link.id())
        .query((row, n) ->
            new LinkAnswers.Decision(approved, row.getString(1), row.getString(2), at))
        .optional();
  }

  /** False where somebody asked within a day. */
  boolean ask(PaymentLink link) {
    Instant now = sql.now();
    return sql.sql(
                """
                UPDATE payment_links SET asked_at = :now
                WHERE company_id = :company AND id = :id
                  AND (asked_at IS NULL OR asked_at <= :before)
                """)
            .param("now", now.toEpochMilli())
            .param("before", now.minus(ASKED_FOR).toEpochMilli())
            .param("company", link.company())
            .param("id", link.id())
            .update()
        == 1;
  }

  boolean isAsked(PaymentLink link) {
    return sql.sql(
                """
                SELECT count(*) FROM payment_links
                WHERE company_id = :company AND id = :id AND asked_at > :before
                """)
            .param("company", link.company())
            .param("id", link.id())
            .param("before", sql.now().minus(ASKED_FOR).toEpochMilli())
            .query(Long.class)
            .single()
        == 1;
  }
}
