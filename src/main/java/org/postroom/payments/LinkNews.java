package org.postroom.payments;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells whoever keeps what happened to links. */
@Component
class LinkNews {
  private final ObjectProvider<PaymentNews> listeners;

  LinkNews(ObjectProvider<PaymentNews> listeners) {
    this.listeners = listeners;
  }

  /** Inside the transaction that notes it. */
  void tell(
      PaymentLink link,
      PaymentNews.What what,
      String reference,
      @Nullable BigDecimal amount,
      @Nullable String reason,
      Instant at) {
    PaymentLink.Item first = link.items().getFirst();
    String word = what.name().toLowerCase(Locale.ROOT);
    String id = link.id() + "/" + word.substring(word.indexOf('_') + 1) + "/" + reference;
    var news =
        new PaymentNews.News(
            link.company(),
            id,
            what,
            link.id(),
            first.kind(),
            first.number(),
            amount,
            amount == null ? null : link.currency(),
            reason,
            at);
    listeners.orderedStream().forEach(listener -> listener.heard(news));
  }
}
