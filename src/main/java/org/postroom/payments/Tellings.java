package org.postroom.payments;

import java.math.BigDecimal;
import java.time.Instant;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.postroom.payments.GatewayEvent.Outcome;
import org.postroom.payments.GatewayPaymentRows.Row;
import org.postroom.payments.GatewayPaymentRows.State;
import org.springframework.stereotype.Service;

/**
 * Hears what providers tell, in whatever order and how often they tell it: money is noted once, and
 * nothing that is further is taken back by what is told late. A telling and what it changes are
 * kept in one transaction.
 */
@Service
public class Tellings {
  private final Database database;
  private final PaymentLinks links;

  Tellings(Database database, PaymentLinks links) {
    this.database = database;
    this.links = links;
  }

  /**
   * What became of it.
   *
   * @param known it was told before, and nothing was done this time
   */
  public record Heard(Outcome outcome, String words, boolean known) {}

  /** Durable when it returns. What cannot be noted is kept with the reason. */
  public Heard hear(Gateway gateway, Telling telling) {
    try {
      return database.write(sql -> heard(sql, gateway, telling));
    } catch (Problem refused) {
      // All that was begun is undone; only that it was told is kept.
      return database.write(sql -> kept(sql, gateway, telling, refused.detail()));
    }
  }

  private Heard heard(Sql sql, Gateway gateway, Telling telling) {
    if (!GatewayEventRows.insert(sql, gateway, telling)) return known();
    GatewayRows.heard(sql, gateway.company(), gateway.id(), sql.now());
    Heard heard = done(sql, gateway, telling);
    GatewayEventRows.outcome(sql, gateway, telling.id(), heard.outcome(), heard.words());
    return heard;
  }

  private static Heard kept(Sql sql, Gateway gateway, Telling telling, String why) {
    if (!GatewayEventRows.insert(sql, gateway, telling)) return known();
    GatewayRows.heard(sql, gateway.company(), gateway.id(), sql.now());
    String words = "Not noted: " + why;
    GatewayEventRows.outcome(sql, gateway, telling.id(), Outcome.ODD, words);
    return new Heard(Outcome.ODD, words, false);
  }

  private Heard done(Sql sql, Gateway gateway, Telling telling) {
    return switch (telling.told()) {
      case Told.Nothing nothing ->
          new Heard(nothing.odd() ? Outcome.ODD : Outcome.IGNORED, nothing.why(), false);
      case Told.Succeeded paid -> succeeded(sql, gateway, paid, telling.at());
      case Told.Processing processing -> processing(sql, gateway, processing);
      case Told.Declined declined -> declined(sql, gateway, declined);
      case Told.Refunded refunded -> refunded(sql, gateway, refunded, telling.at());
      case Told.Reversed reversed -> reversed(sql, gateway, reversed, telling.at());
    };
  }

  private Heard succeeded(Sql sql, Gateway gateway, Told.Succeeded told, Instant at) {
    PaymentLink link = link(gateway, told.link());
    Row before = GatewayPaymentRows.locked(sql, gateway, told.reference());
    if (before.state() == State.PAID) return ignored("This payment was noted before.");
    GatewayPaymentRows.reached(sql, gateway, told.reference(), link.id(), State.PAID);
    GatewayPaymentRows.paid(sql, gateway, told.reference(), told.amount(), told.currency());
    pay(gateway, link.id(), told.reference(), told.amount(), told.currency(), at);
    if (before.refunded().signum() > 0)
      back(
          gateway,
          link.id(),
          told.reference(),
          before.refunded(),
          before.refunded(),
          told.currency(),
          at);
    return noted("Paid: " + money(told.amount(), told.currency()) + ".");
  }

  private Heard processing(Sql sql, Gateway gateway, Told.Processing told) {
    PaymentLink link = link(gateway, told.link());
    if (!reaches(sql, gateway, told.reference(), link, State.PROCESSING)) return late();
    links.processing(link.company(), link.id(), told.reference());
    return noted("The payment is on its way.");
  }

  private Heard declined(Sql sql, Gateway gateway, Told.Declined told) {
    PaymentLink link = link(gateway, told.link());
    State state = told.last() ? State.FAILED : State.TRIED;
    if (!reaches(sql, gateway, told.reference(), link, state)) return late();
    links.declined(link.company(), link.id(), told.reference(), told.reason());
    return noted("Did not succeed: " + told.reason());
  }

  private boolean reaches(
      Sql sql, Gateway gateway, String reference, PaymentLink link, State state) {
    Row before = GatewayPaymentRows.locked(sql, gateway, reference);
    if (before.state().compareTo(state) >= 0) return false;
    GatewayPaymentRows.reached(sql, gateway, reference, link.id(), state);
    return true;
  }

  /** What is told before the payment itself waits for it. */
  private Heard refunded(Sql sql, Gateway gateway, Told.Refunded told, Instant at) {
    Row before = GatewayPaymentRows.locked(sql, gateway, told.reference());
    String link = before.link() == null ? told.link() : before.link();
    if (link == null) throw foreign();
    link(gateway, link);
    BigDecimal more = told.total().subtract(before.refunded());
    if (more.signum() <= 0) return late();
    GatewayPaymentRows.refunded(sql, gateway, told.reference(), told.total());
    if (before.state() != State.PAID) return noted("Noted as soon as the payment is told.");
    back(gateway, link, told.reference(), more, told.total(), told.currency(), at);
    return noted("Went back: " + money(more, told.currency()) + ".");
  }

  private Heard reversed(Sql sql, Gateway gateway, Told.Reversed told, Instant at) {
    Row before = GatewayPaymentRows.locked(sql, gateway, told.reference());
    String link = before.link();
    if (link == null || before.state() != State.PAID) throw foreign();
    pay(gateway, link, told.by(), told.amount(), told.currency(), at);
    String words =
        told.amount().signum() < 0
            ? "The customer's bank took it back: "
            : "The customer's bank gave it again: ";
    return new Heard(Outcome.ODD, words + money(told.amount().abs(), told.currency()) + ".", false);
  }

  private void pay(
      Gateway gateway,
      String link,
      String reference,
      BigDecimal amount,
      String currency,
      Instant at) {
    String way = gateway.kind() == Way.Kind.STRIPE ? "Stripe" : gateway.title();
    links.paid(gateway.company(), link, new Paid(reference, amount, currency, at, way));
  }

  /** Each refund has a name of its own: the payment's and what went back in all. */
  private void back(
      Gateway gateway,
      String link,
      String reference,
      BigDecimal more,
      BigDecimal total,
      String currency,
      Instant at) {
    String name = reference + "/refunded/" + total.toPlainString();
    pay(gateway, link, name, more.negate(), currency, at);
  }

  private PaymentLink link(Gateway gateway, String id) {
    return links.get(Caller.postroom(gateway.company()), id);
  }

  private static Problem foreign() {
    return Problem.notFound("A payment of that reference by one of our links");
  }

  private static String money(BigDecimal amount, String currency) {
    return amount.toPlainString() + " " + currency;
  }

  private static Heard noted(String words) {
    return new Heard(Outcome.NOTED, words, false);
  }

  private static Heard ignored(String words) {
    return new Heard(Outcome.IGNORED, words, false);
  }

  private static Heard late() {
    return ignored("What was told before is newer.");
  }

  private static Heard known() {
    return new Heard(Outcome.IGNORED, "This was told before.", true);
  }
}
