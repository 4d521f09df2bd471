package org.postroom.testkit;

import com.stripe.param.checkout.SessionCreateParams;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Checkout Session at our Stripe: made only as Stripe would make it. */
public final class StripeSession {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Set<String> WHOLE =
      Set.of("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
  private static final Set<String> THOUSANDTHS = Set.of("bhd", "jod", "kwd", "omr", "tnd");
  private static final long MOST = 99_999_999;

  private final String id;
  private final StripeForm form;
  private final Instant created;
  private final boolean live;
  private final String page;
  private String status = "open";
  private String paymentStatus = "unpaid";
  private String intentStatus = "requires_payment_method";
  private @Nullable String intent;
  private @Nullable Map<String, Object> lastError;

  /** Refuses what Stripe refuses. */
  StripeSession(StripeForm form, Instant now, boolean live, URI service) {
    this.form = form;
    this.created = now;
    this.live = live;
    this.id = (live ? "cs_live_" : "cs_test_") + random(58);
    this.page = service + "/c/pay/" + id + "#fid" + random(20);
    check(now);
  }

  public String id() {
    return id;
  }

  /** The page a customer pays on. */
  public String page() {
    return page;
  }

  public String status() {
    return status;
  }

  /** Null until somebody tries to pay. */
  public @Nullable String intent() {
    return intent;
  }

  public long amount() {
    return Long.parseLong(form.get("line_items[0][price_data][unit_amount]", "0"))
        * Long.parseLong(form.get("line_items[0][quantity]", "1"));
  }

  public String currency() {
    return form.get("line_items[0][price_data][currency]", "").toLowerCase(Locale.ROOT);
  }

  public @Nullable String field(String name) {
    return form.get(name);
  }

  /** With the session or intent as it is at this moment. */
  Map<String, Object> json(boolean expanded, Instant now) {
    expireBy(now);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("object", "checkout.session");
    json.put("amount_subtotal", amount());
    json.put("amount_total", amount());
    json.put("cancel_url", form.get("cancel_url"));
    json.put("client_reference_id", form.get("client_reference_id"));
    json.put("created", created.getEpochSecond());
    json.put("currency", currency());
    json.put("customer_email", form.get("customer_email"));
    json.put("expires_at", expiresAt().getEpochSecond());
    json.put("livemode", live);
    json.put("locale", form.get("locale"));
    json.put("metadata", form.map("metadata"));
    json.put("mode", "payment");
    json.put("payment_intent", expanded && intent != null ? intentJson() : intent);
    json.put("payment_method_types", List.of("card"));
    json.put("payment_status", paymentStatus);
    json.put("status", status);
    json.put("success_url", form.get("success_url"));
    json.put("ui_mode", "hosted_page");
    json.put("url", status.equals("open") ? page : null);
    return json;
  }

  Map<String, Object> intentJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", intent);
    json.put("object", "payment_intent");
    json.put("amount", amount());
    json.put("amount_received", intentStatus.equals("succeeded") ? amount() : 0);
    json.put("created", created.getEpochSecond());
    json.put("currency", currency());
    json.put("last_payment_error", lastError);
    json.put("livemode", live);
    json.put("metadata", form.map("payment_intent_data[metadata]"));
    json.put("status", intentStatus);
    return json;
  }

  Map<String, Object> chargeJson(long refunded) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", "ch_" + intent);
    json.put("object", "charge");
    json.put("amount", amount());
    json.put("amount_refunded", refunded);
    json.put("created", created.getEpochSecond());
    json.put("currency", currency());
    json.put("livemode", live);
    json.put("metadata", form.map("payment_intent_data[metadata]"));
    json.put("payment_intent", intent);
    json.put("refunded", refunded == amount());
    json.put("status", "succeeded");
    return json;
  }

  void pay() {
    begin();
    paymentStatus = "paid";
    intentStatus = "succeeded";
    status = "complete";
  }

  void payLater() {
    begin();
    intentStatus = "processing";
    status = "complete";
  }

  void arrive() {
    paymentStatus = "paid";
    intentStatus = "succeeded";
  }

  void fail(String message) {
    begin();
    intentStatus = "requires_payment_method";
    lastError =
        Map.of(
            "type",
            "card_error",
            "code",
            "card_declined",
            "decline_code",
            "generic_decline",
            "message",
            message);
  }

  void expire() {
    if (!status.equals("open"))
      throw new StripeRefusal(
          400,
          "invalid_request_error",
          null,
          null,
          "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session"
              + " has a status of `"
              + status
              + "`.");
    status = "expired";
  }

  void expireBy(Instant now) {
    if (status.equals("open") && !now.isBefore(expiresAt())) status = "expired";
  }

  private void begin() {
    if (intent == null) intent = "pi_3" + random(23);
  }

  private Instant expiresAt() {
    String at = form.get("expires_at");
    return at == null
        ? created.plus(Duration.ofDays(1))
        : Instant.ofEpochSecond(Long.parseLong(at));
  }

  private void check(Instant now) {
    String unknown = form.unknown(SessionCreateParams.class);
    if (unknown != null)
      throw StripeRefusal.invalid(
          "parameter_unknown", unknown, "Received unknown parameter: " + unknown);
    word("mode", Stream.of(SessionCreateParams.Mode.values()).map(x -> x.getValue()).toList());
    if (form.get("locale") != null)
      word(
          "locale", Stream.of(SessionCreateParams.Locale.values()).map(x -> x.getValue()).toList());
    if (!form.has("line_items["))
      throw StripeRefusal.invalid(
          "parameter_missing",
          "line_items",
          "You must provide one of: `line_items`, `subscription_data`.");
    need("line_items[0][quantity]");
    need("line_items[0][price_data][currency]");
    need("line_items[0][price_data][product_data][name]");
    address("success_url", true);
    address("cancel_url", false);
    checkEnd(now);
    checkMetadata("metadata");
    checkMetadata("payment_intent_data[metadata]");
    String email = form.get("customer_email");
    if (email != null && !email.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+"))
      throw StripeRefusal.invalid(
          "email_invalid", "customer_email", "Invalid email address: " + email);
    if (form.get("client_reference_id", "").length() > 200)
      throw StripeRefusal.invalid(null, "client_reference_id", "It is too long.");
    checkAmount();
  }

  private void checkEnd(Instant now) {
    String at = form.get("expires_at");
    if (at == null) return;
    Duration left = Duration.between(now, Instant.ofEpochSecond(Long.parseLong(at)));
    if (left.compareTo(Duration.ofMinutes(30)) < 0)
      throw StripeRefusal.invalid(
          null,
          "expires_at",
          "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.");
    if (left.compareTo(Duration.ofHours(24)) > 0)
      throw StripeRefusal.invalid(
          null,
          "expires_at",
          "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.");
  }

  private void checkMetadata(String name) {
    Map<String, String> map = form.map(name);
    boolean fits =
        map.size() <= 50
            && map.entrySet().stream()
                .allMatch(it -> it.getKey().length() <= 40 && it.getValue().length() <= 500);
    if (!fits) throw StripeRefusal.invalid(null, name, "Metadata is too large.");
  }

  private void checkAmount() {
    String param = "line_items[0][price_data][unit_amount]";
    String text = form.get(param, "");
    if (!text.matches("[0-9]{1,18}"))
      throw StripeRefusal.invalid("parameter_invalid_integer", param, "Invalid integer: " + text);
    String currency = currency();
    if (!currency.matches("[a-z]{3}") || currency.equals("xxx") || currency.equals("cuc"))
      throw StripeRefusal.invalid(
          null, "line_items[0][price_data][currency]", "Invalid currency: " + currency + ".");
    if (THOUSANDTHS.contains(currency) && amount() % 10 != 0)
      throw StripeRefusal.invalid(
          null, param, "Amounts in " + currency + " must be evenly divisible by 10.");
    if ((currency.equals("isk") || currency.equals("ugx")) && amount() % 100 != 0)
      throw StripeRefusal.invalid(
          null, param, "Amounts in " + currency + " must be evenly divisible by 100.");
    long least = WHOLE.contains(currency) ? 50 : THOUSANDTHS.contains(currency) ? 500 : 50;
    if (amount() < least)
      throw StripeRefusal.invalid(
          "amount_too_small",
          param,
          "The Checkout Session's total amount due must add up to at least the minimum amount.");
    if (amount() > MOST)
      throw StripeRefusal.invalid(
          "amount_too_large",
          param,
          "The Checkout Session's total amount due must be no more than 99999999.");
  }

  private void need(String param) {
    if (form.get(param, "").isEmpty())
      throw StripeRefusal.invalid(
          "parameter_missing", param, "Missing required param: " + param + ".");
  }

  private void word(String param, List<String> words) {
    need(param);
    String word = form.get(param, "");
    if (!words.contains(word))
      throw StripeRefusal.invalid(
          null, param, "Invalid " + param + ": must be one of " + String.join(", ", words));
  }

  private void address(String param, boolean needed) {
    String url = form.get(param);
    if (url == null && !needed) return;
    need(param);
    if (!form.get(param, "").matches("https?://[^\\s/]+.*"))
      throw StripeRefusal.invalid(
          "url_invalid",
          param,
          "Not a valid URL: an explicit scheme (such as https) must be provided.");
  }

  static String random(int length) {
    String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) text.append(letters.charAt(RANDOM.nextInt(letters.length())));
    return text.toString();
  }
}
