package org.postroom.payments.stripe;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.payments.Gateway;
import org.postroom.payments.Told;
import tools.jackson.databind.JsonNode;

/** What Stripe's events and sessions say about payments of ours. */
final class StripeEvents {
  private static final int LONGEST = 300;

  private StripeEvents() {}

  /**
   * @param object the event's {@code data.object}
   */
  static Told read(Gateway gateway, String type, JsonNode object) {
    return switch (type) {
      case "checkout.session.completed" -> session(gateway, object, false);
      case "checkout.session.async_payment_succeeded" -> session(gateway, object, false);
      case "checkout.session.async_payment_failed" -> session(gateway, object, true);
      case "checkout.session.expired" -> expired(gateway, object);
      case "payment_intent.payment_failed" -> failed(gateway, object);
      case "charge.refunded" -> refunded(gateway, object);
      case "charge.dispute.funds_withdrawn" -> reversed(object, true);
      case "charge.dispute.funds_reinstated" -> reversed(object, false);
      case "charge.dispute.created" ->
          new Told.Nothing("The customer disputes the payment. Answer at Stripe.", true);
      default -> new Told.Nothing("Nothing to do for this type.", false);
    };
  }

  /** What a session says as it is now, however we came by it. */
  static Told session(Gateway gateway, JsonNode session, boolean failed) {
    Told foreign = foreign(gateway, session);
    if (foreign != null) return foreign;
    String link = link(session);
    String intent = intent(session);
    String status = text(session, "payment_status");
    if (intent.isEmpty()) return new Told.Nothing("There is no payment in it.", false);
    if (failed) return new Told.Declined(link, intent, reason(session), true);
    if (!status.equals("paid")) return new Told.Processing(link, intent);
    JsonNode amount = session.path("amount_total");
    String currency = currency(session);
    if (!amount.isIntegralNumber() || !amount.canConvertToLong() || amount.longValue() <= 0)
      return new Told.Nothing("The amount cannot be read.", true);
    return currency.isEmpty()
        ? new Told.Nothing("The currency cannot be read.", true)
        : new Told.Succeeded(
            link, intent, StripeAmount.amount(amount.longValue(), currency), currency);
  }

  private static Told expired(Gateway gateway, JsonNode session) {
    Told foreign = foreign(gateway, session);
    return foreign == null ? new Told.Nothing("The customer did not pay.", false) : foreign;
  }

  private static Told failed(Gateway gateway, JsonNode intent) {
    Told foreign = foreign(gateway, intent);
    if (foreign != null) return foreign;
    return new Told.Declined(link(intent), text(intent, "id"), because(intent), false);
  }

  private static Told refunded(Gateway gateway, JsonNode charge) {
    String intent = intent(charge);
    Told foreign =
        intent.isEmpty() ? new Told.Nothing("Not of Postroom.", false) : foreign(gateway, charge);
    if (foreign != null) return foreign;
    BigDecimal total = money(charge, "amount_refunded");
    return total == null
        ? new Told.Nothing("The amount cannot be read.", true)
        : new Told.Refunded(link(charge), intent, total, currency(charge));
  }

  /** Disputes carry no metadata: only the payment tells whose they are. */
  private static Told reversed(JsonNode dispute, boolean taken) {
    BigDecimal amount = money(dispute, "amount");
    String intent = intent(dispute);
    String id = text(dispute, "id");
    if (amount == null || intent.isEmpty() || id.isEmpty())
      return new Told.Nothing("The dispute cannot be read.", true);
    return new Told.Reversed(
        intent,
        id + (taken ? "/taken" : "/given"),
        taken ? amount.negate() : amount,
        currency(dispute));
  }

  /** Other programs may use the same account, and other companies of ours. */
  private static @Nullable Told foreign(Gateway gateway, JsonNode object) {
    String company = text(object.path("metadata"), SessionForm.COMPANY);
    if (company.isEmpty() || link(object).isEmpty())
      return new Told.Nothing("Not of Postroom.", false);
    return company.equals(gateway.company())
        ? null
        : new Told.Nothing("Of another company's link; its own gateway hears it.", false);
  }

  private static String link(JsonNode object) {
    String link = text(object.path("metadata"), SessionForm.LINK);
    return link.length() <= 100 ? link : "";
  }

  /** Its id, or itself where it was asked for along. */
  private static String intent(JsonNode object) {
    JsonNode intent = object.path("payment_intent");
    return intent.isObject() ? text(intent, "id") : text(object, "payment_intent");
  }

  private static String reason(JsonNode session) {
    JsonNode intent = session.path("payment_intent");
    return intent.isObject() ? because(intent) : "The payment did not arrive.";
  }

  private static String because(JsonNode intent) {
    String message = text(intent.path("last_payment_error"), "message");
    return message.isEmpty() ? "The payment did not succeed." : message;
  }

  private static @Nullable BigDecimal money(JsonNode object, String field) {
    JsonNode amount = object.path(field);
    String currency = currency(object);
    boolean sound = amount.isIntegralNumber() && amount.canConvertToLong() && !currency.isEmpty();
    return sound && amount.longValue() > 0
        ? StripeAmount.amount(amount.longValue(), currency)
        : null;
  }

  private static String currency(JsonNode object) {
    String currency = text(object, "currency").toUpperCase(Locale.ROOT);
    return currency.matches("[A-Z]{3}") ? currency : "";
  }

  /** One line that both databases can keep. */
  private static String text(JsonNode object, String field) {
    String text = object.path(field).asString("").replaceAll("\\p{Cntrl}", " ").strip();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
