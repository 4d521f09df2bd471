package org.postroom.payments;

import java.math.BigDecimal;
import org.postroom.http.Problem;
import org.springframework.stereotype.Component;

/** What links consist of: asking, planning, money, decisions. */
@Component
record LinkParts(
    LinkDrafts drafts, LinkPlans plans, LinkDues dues, LinkMoney money, LinkDecisions decisions) {

  /** What a provider told, fit to be kept. */
  static Paid checked(Paid paid) {
    String reference = Cleaned.text(paid.reference(), 100);
    BigDecimal amount = paid.amount();
    if (reference.isEmpty())
      throw Problem.invalid("/reference", "required", "A payment has a reference.");
    if (amount.signum() == 0)
      throw Problem.invalid("/amount", "out_of_range", "A payment of nothing is no payment.");
    if (amount.precision() > 30 || Math.abs(amount.scale()) > 10)
      throw Problem.invalid("/amount", "out_of_range", "This amount cannot be paid.");
    return new Paid(reference, amount, paid.currency(), paid.at(), Cleaned.text(paid.way(), 100));
  }

  /** People mistype; providers do not. */
  static void checkByHand(Paid paid) {
    if (paid.reference().length() > 100)
      throw Problem.invalid("/reference", "too_long", "A reference has at most 100 characters.");
    if (!Asked.isPayable(paid.amount(), paid.currency()))
      throw Problem.invalid(
          "/amount",
          "out_of_range",
          "This is no amount that can be paid in " + paid.currency() + ".");
  }

  static void checkCurrency(PaymentLink link, Paid paid) {
    if (!link.currency().equals(paid.currency()))
      throw Problem.invalid(
          "/currency",
          "contradiction",
          "The link is in " + link.currency() + ", the payment in " + paid.currency() + ".");
  }
}
