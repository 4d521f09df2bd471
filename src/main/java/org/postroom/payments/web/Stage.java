package org.postroom.payments.web;

import java.util.Locale;
import org.postroom.payments.OpenedLink;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentLink.Payment;
import org.postroom.payments.PaymentLink.State;

/** What the page for paying is about, one thing at a time. */
enum Stage {
  /** Something is due, and can be paid here. */
  OPEN,
  /** The customer comes back from a provider that has not told us anything yet. */
  WAITING,
  PROCESSING,
  PAID,
  /** Nothing is due, and not because of this link. */
  SETTLED,
  REFUNDED,
  EXPIRED,
  WITHDRAWN,
  /** A document the link is for is not there any more. */
  GONE;

  /** Money on its way or arrived counts before all that ends a link. */
  static Stage of(Visit visit) {
    PaymentLink link = visit.link();
    if (link.payment() == Payment.REFUNDED) return REFUNDED;
    if (link.payment() == Payment.PAID || link.state() == State.USED) return PAID;
    if (link.payment() == Payment.PROCESSING) return PROCESSING;
    if (link.state() == State.WITHDRAWN) return WITHDRAWN;
    if (link.state() == State.EXPIRED) return EXPIRED;
    if (visit.lacksDocuments()) return GONE;
    return isSettled(visit.opened()) ? SETTLED : OPEN;
  }

  private static boolean isSettled(OpenedLink opened) {
    return opened.due() == null || opened.due().signum() <= 0;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the documents may still be read here. */
  boolean showsDocuments() {
    return switch (this) {
      case EXPIRED, WITHDRAWN, GONE -> false;
      default -> true;
    };
  }

  /** 410 where there was something and is no more. */
  int status() {
    return showsDocuments() ? 200 : 410;
  }
}
