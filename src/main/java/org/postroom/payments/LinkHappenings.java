package org.postroom.payments;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.happenings.HappeningType;
import org.postroom.happenings.Happenings;
import org.springframework.stereotype.Component;

/** Lets other systems hear what customers did with links. */
@Component
class LinkHappenings implements PaymentNews {
  private final Database database;

  LinkHappenings(Database database) {
    this.database = database;
  }

  @Override
  public void heard(News news) {
    Map<String, @Nullable Object> facts =
        facts(news.kind().word(), news.number(), news.amount(), news.currency());
    facts.put("reason", news.reason());
    database.run(sql ->
        Happenings.write(sql, news.company(), type(news.what()), news.link(), facts, news.at()));
  }

  /** Money went back. */
  static void refunded(Sql sql, PaymentLink link, Paid paid) {
    PaymentLink.Item first = link.items().getFirst();
    Map<String, @Nullable Object> facts =
        facts(first.kind().word(), first.number(), paid.amount().negate(), paid.currency());
    facts.put("reference", paid.reference());
    Instant at = paid.at();
    Happenings.write(sql, link.company(), HappeningType.PAYMENT_REFUNDED, link.id(), facts, at);
  }

  private static Map<String, @Nullable Object> facts(
      String kind, String number, @Nullable BigDecimal amount, @Nullable String currency) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("document", Map.of("kind", kind, "number", number));
    if (amount != null && currency != null)
      facts.put("amount", Map.of("amount", amount.toPlainString(), "currency", currency));
    return facts;
  }

  private static HappeningType type(What what) {
    return switch (what) {
      case PAYMENT_SUCCEEDED -> HappeningType.PAYMENT_SUCCEEDED;
      case PAYMENT_DECLINED -> HappeningType.PAYMENT_DECLINED;
      case QUOTE_APPROVED -> HappeningType.QUOTE_APPROVED;
      case QUOTE_DECLINED -> HappeningType.QUOTE_DECLINED;
    };
  }
}
