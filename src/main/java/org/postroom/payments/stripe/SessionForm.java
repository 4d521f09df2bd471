package org.postroom.payments.stripe;

import java.net.URI;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import org.postroom.payments.Checkout;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.stripe.SessionRows.Session;

/** What Stripe is asked for: one line, this amount, and the way back. */
final class SessionForm {
  /** In the session's metadata: whose payment it is. */
  static final String COMPANY = "postroom_company";

  static final String LINK = "postroom_link";

  private static final Set<String> LANGUAGES = Set.of("en", "de", "fr", "es", "it", "nl", "pt");
  private static final int LONGEST_NAME = 250;
  private static final ResourceBundle.Control ENGLISH_ELSE =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private SessionForm() {}

  static Form of(Session session, Checkout checkout) {
    PaymentLink link = checkout.opened().link();
    Form form =
        new Form()
            .put("mode", "payment")
            .put("client_reference_id", link.id())
            .put("line_items[0][quantity]", 1)
            .put("line_items[0][price_data][currency]", session.currency().toLowerCase(Locale.ROOT))
            .put("line_items[0][price_data][unit_amount]", session.amount())
            .put("line_items[0][price_data][product_data][name]", name(link, checkout.language()))
            // What is noted is what was asked for: Stripe must not offer another currency.
            .put("adaptive_pricing[enabled]", false)
            .put("customer_email", checkout.email())
            .put("locale", locale(checkout.language()))
            .put("success_url", with(checkout.back(), "came=paid"))
            .put("cancel_url", with(checkout.back(), "came=back"))
            .put("expires_at", session.expiresAt().getEpochSecond());
    return about(about(form, "metadata", link), "payment_intent_data[metadata]", link);
  }

  private static Form about(Form form, String field, PaymentLink link) {
    return form.put(field + "[" + COMPANY + "]", link.company())
        .put(field + "[" + LINK + "]", link.id());
  }

  /** What the customer reads on Stripe's page. */
  static String name(PaymentLink link, Locale language) {
    String numbers =
        link.items().stream().map(PaymentLink.Item::number).collect(Collectors.joining(", "));
    String key =
        link.items().size() > 1
            ? "several"
            : link.kind() == PaymentLink.Kind.DEPOSIT ? "deposit" : "invoice";
    ResourceBundle words = ResourceBundle.getBundle("messages/checkout", language, ENGLISH_ELSE);
    String name = new MessageFormat(words.getString(key), language).format(new Object[] {numbers});
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
  }

  private static String locale(Locale language) {
    return LANGUAGES.contains(language.getLanguage()) ? language.getLanguage() : "auto";
  }

  private static String with(URI back, String parameter) {
    return back + (back.getRawQuery() == null ? "?" : "&") + parameter;
  }
}
