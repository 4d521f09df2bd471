package org.postroom.notices;

import java.util.Locale;
import java.util.Optional;
import org.postroom.documents.Document;
import org.postroom.documents.Documents;
import org.postroom.documents.Money;
import org.postroom.documents.StoredDocument;
import org.postroom.notifications.NewNotification;
import org.postroom.notifications.Notification.Kind;
import org.postroom.notifications.Notifications;
import org.postroom.payments.PaymentNews;
import org.springframework.stereotype.Component;

/** Tells the company's people what customers did with links, in the commit that notes it. */
@Component
class PaymentNotices implements PaymentNews {
  private final Notifications notifications;
  private final Documents documents;

  PaymentNotices(Notifications notifications, Documents documents) {
    this.notifications = notifications;
    this.documents = documents;
  }

  @Override
  public void heard(News heard) {
    String reason = heard.reason();
    notifications.publish(
        NewNotification.of(
                heard.company(),
                heard.id(),
                kind(heard.what()),
                title(heard),
                heard.kind().word(),
                heard.number())
            .text(reason == null ? "" : reason)
            .link("/payments/" + heard.link()));
  }

  private String title(News heard) {
    String who = customer(heard);
    String what = heard.kind().words().toLowerCase(Locale.ROOT) + " " + heard.number();
    return switch (heard.what()) {
      case PAYMENT_SUCCEEDED -> who + " paid " + amount(heard) + "for " + what;
      case PAYMENT_DECLINED -> who + " could not pay " + amount(heard) + "for " + what;
      case QUOTE_APPROVED -> who + " approved " + what;
      case QUOTE_DECLINED -> who + " declined " + what;
    };
  }

  private String customer(News heard) {
    return documents
        .find(heard.company(), heard.kind(), heard.number())
        .map(StoredDocument::document)
        .flatMap(document -> Optional.ofNullable(document.buyer()))
        .map(Document.Party::name)
        .filter(name -> !name.isBlank())
        .orElse("The customer");
  }

  /** "1,284.50 EUR " or nothing. */
  private static String amount(News heard) {
    if (heard.amount() == null || heard.currency() == null) return "";
    return new Money(heard.amount(), heard.currency()).words() + " ";
  }

  private static Kind kind(What what) {
    return switch (what) {
      case PAYMENT_SUCCEEDED -> Kind.PAYMENT_RECEIVED;
      case PAYMENT_DECLINED -> Kind.PAYMENT_DECLINED;
      case QUOTE_APPROVED -> Kind.QUOTE_APPROVED;
      case QUOTE_DECLINED -> Kind.QUOTE_DECLINED;
    };
  }
}
