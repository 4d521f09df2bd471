package org.postroom.payments.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.payments.Paid;
import org.postroom.payments.web.Papers.Fact;

/**
 * The money that came by a link.
 *
 * @param amount all of it, less what went back; null where nothing is known of it
 * @param payments one after the other: what, when, how
 */
record Receipt(@Nullable String amount, List<List<Fact>> payments) {

  static Receipt of(Visit visit, List<Paid> all) {
    PageWords say = visit.words();
    List<Paid> came = all.stream().filter(paid -> paid.amount().signum() > 0).toList();
    BigDecimal sum = all.stream().map(Paid::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Receipt(
        sum.signum() > 0 ? say.money(sum, visit.link().currency()) : null,
        came.stream().map(paid -> facts(visit, paid, came.size() > 1)).toList());
  }

  private static List<Fact> facts(Visit visit, Paid paid, boolean several) {
    PageWords say = visit.words();
    List<Fact> facts = new ArrayList<>();
    if (several)
      facts.add(new Fact(say.say("amount.paid"), say.money(paid.amount(), paid.currency())));
    facts.add(new Fact(say.say("receipt.at"), say.moment(paid.at(), visit.company().timeZone())));
    facts.add(new Fact(say.say("receipt.way"), way(paid, say)));
    return facts;
  }

  /** Who of the company noted a payment is not the customer's business. */
  private static String way(Paid paid, PageWords say) {
    return paid.way().startsWith("noted by ") ? say.say("receipt.noted") : paid.way();
  }
}
