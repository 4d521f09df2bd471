package org.postroom.automations;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.payments.PaymentNews;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What customers do on their links is a business event like those the ERP tells. */
@Component
class PaymentEvents implements PaymentNews {
  static final String SOURCE = "postroom:payments";

  private final Database database;
  private final ApplicationEventPublisher events;

  PaymentEvents(Database database, ApplicationEventPublisher events) {
    this.database = database;
    this.events = events;
  }

  @Override
  public void heard(News news) {
    Caller postroom = Caller.postroom(news.company());
    database.run(sql -> {
      EventRows.insert(sql, postroom, told(news), sql.now());
      database.afterCommit(() -> events.publishEvent(new Automations.EventsTold()));
    });
  }

  private static Told told(News news) {
    EventType type =
        switch (news.what()) {
          case PAYMENT_SUCCEEDED -> EventType.PAYMENT_SUCCEEDED;
          case PAYMENT_DECLINED -> EventType.PAYMENT_DECLINED;
          case QUOTE_APPROVED -> EventType.QUOTE_APPROVED;
          case QUOTE_DECLINED -> EventType.QUOTE_DECLINED;
        };
    return new Told(
        SOURCE,
        news.id(),
        type,
        news.at(),
        news.kind().word(),
        news.number(),
        null,
        facts(news, type),
        null);
  }

  private static Map<String, String> facts(News news, EventType type) {
    Map<String, String> facts = new HashMap<>();
    BigDecimal amount = news.amount();
    put(facts, "amount", amount == null ? null : amount.toPlainString());
    put(facts, "currency", news.currency());
    put(facts, "reason", news.reason());
    if (type.payment()) put(facts, "reference", reference(news.id()));
    return facts;
  }

  /** The provider's own: the ERP that tells of the same payment names it too. */
  private static String reference(String id) {
    String[] parts = id.split("/", 3);
    return parts[parts.length - 1];
  }

  private static void put(Map<String, String> facts, String name, @Nullable String value) {
    if (value != null) facts.put(name, value);
  }
}
