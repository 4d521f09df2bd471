package org.postroom.payments;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Money;
import org.postroom.http.Chip;
import org.postroom.payments.PaymentLink.Item;
import org.postroom.payments.PaymentLink.Payment;

/** Links in words for the company's people. */
public final class LinkWords {
  private LinkWords() {}

  /** Whether it can still be used. */
  public static Chip state(PaymentLink link) {
    return switch (link.state()) {
      case USABLE -> new Chip("wait", "clock", "Open");
      case USED -> new Chip("ok", "tick", "Used");
      case EXPIRED -> new Chip("off", "dash", "Expired");
      case WITHDRAWN -> new Chip("off", "cross", "Withdrawn");
    };
  }

  /** How far paying or deciding has come. */
  public static Chip payment(PaymentLink link) {
    return switch (link.payment()) {
      case NOT_PAID -> nothingYet(link);
      case PROCESSING -> new Chip("wait", "clock", "Being processed");
      case PART_PAID -> new Chip("warn", "card", "Part paid");
      case PAID -> new Chip("ok", "tick", "Paid");
      case DECLINED -> new Chip("fail", "cross", "Payment declined");
      case REFUNDED -> new Chip("info", "retry", "Refunded");
      case APPROVED -> new Chip("ok", "tick", "Approved");
      case NOT_APPROVED -> new Chip("fail", "cross", "Quote declined");
    };
  }

  /** "Payment link", "Deposit link", "Approval link". */
  public static String kind(PaymentLink.Kind kind) {
    return switch (kind) {
      case INVOICE -> "Payment link";
      case DEPOSIT -> "Deposit link";
      case APPROVAL -> "Approval link";
    };
  }

  /** What it is about: "Invoice INV-1", "Sales order SO-1 and 2 more". */
  public static String about(PaymentLink link) {
    int more = link.items().size() - 1;
    return about(link.items().getFirst()) + (more == 0 ? "" : " and " + more + " more");
  }

  public static String about(Item item) {
    return item.kind().words() + " " + item.number();
  }

  /** An amount in the link's currency; a dash for none. */
  public static String money(PaymentLink link, @Nullable BigDecimal amount) {
    return amount == null ? "–" : new Money(amount, link.currency()).words();
  }

  private static Chip nothingYet(PaymentLink link) {
    if (link.openedAt() != null && link.payment() == Payment.NOT_PAID)
      return new Chip("info", "eye", "Page opened");
    boolean decides = link.kind() == PaymentLink.Kind.APPROVAL;
    return new Chip("off", "dash", decides ? "Not decided" : "Not paid");
  }
}
