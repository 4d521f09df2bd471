package org.postroom.testkit;

import com.stripe.net.Webhook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stripe as far as Checkout goes: sessions as its published description has them (unknown and
 * missing parameters refused in its words), idempotency keys, a page to pay on, and signed calls of
 * webhooks, which tests may also send twice, late or in another order. Signatures are made by
 * Stripe's own library.
 */
public final class StripeServer extends ApiServer {
  public static final String TEST_KEY = "sk_test_51Postroom0000000000000000";
  public static final String LIVE_KEY = "sk_live_51Postroom0000000000000000";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final InstantSource clock;
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final Map<String, StripeSession> sessions = new ConcurrentHashMap<>();
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<Endpoint> endpoints = new CopyOnWriteArrayList<>();
  private final List<String> deliveries = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();

  private StripeServer(InstantSource clock) {
    super(null);
    this.clock = clock;
    keys.addAll(List.of(TEST_KEY, LIVE_KEY));
  }

  public static StripeServer start() {
    return start(InstantSource.system());
  }

  public static StripeServer start(InstantSource clock) {
    return new StripeServer(clock);
  }

  /** Something that happened, as a webhook hears it. */
  public record Event(String id, String type, String json) {}

  /** Where events are sent by themselves from now on. */
  private record Endpoint(String url, String secret) {}

  /** What a key was used for, and the answer; none while the first request runs. */
  private record Kept(String form, @Nullable ApiAnswer answer) {}

  /** What POSTROOM_STRIPE_URL is set to. */
  public String url() {
    return service().toString();
  }

  public StripeServer webhook(String url, String secret) {
    endpoints.add(new Endpoint(url, secret));
    return this;
  }

  public void revoke(String key) {
    keys.remove(key);
  }

  /** All there are, in no order. */
  public List<StripeSession> sessions() {
    return List.copyOf(sessions.values());
  }

  /** The only one. */
  public StripeSession session() {
    if (sessions.size() != 1) throw new AssertionError(sessions.size() + " sessions");
    return sessions.values().iterator().next();
  }

  public StripeSession session(String id) {
    return sessions.get(id);
  }

  /** Oldest first. */
  public List<Event> events() {
    return List.copyOf(events);
  }

  /** What webhooks answered to what was sent by itself: {@code 200 checkout.session.completed}. */
  public List<String> deliveries() {
    return List.copyOf(deliveries);
  }

  /** A customer pays by card. */
  public void pay(StripeSession session) {
    session.pay();
    tell("payment_intent.succeeded", session.intentJson());
    tell("checkout.session.completed", session.json(false, clock.instant()));
  }

  /** A customer pays by a bank debit, which takes days. */
  public void payLater(StripeSession session) {
    session.payLater();
    tell("checkout.session.completed", session.json(false, clock.instant()));
  }

  /** The bank debit arrives. */
  public void arrive(StripeSession session) {
    session.arrive();
    tell("checkout.session.async_payment_succeeded", session.json(false, clock.instant()));
  }

  /** The bank debit comes back. */
  public void bounce(StripeSession session) {
    session.fail("The bank returned the debit.");
    tell("payment_intent.payment_failed", session.intentJson());
    tell("checkout.session.async_payment_failed", session.json(false, clock.instant()));
  }

  /** The card is declined; the customer may try another. */
  public void decline(StripeSession session) {
    session.fail("Your card was declined.");
    tell("payment_intent.payment_failed", session.intentJson());
  }

  public void expire(StripeSession session) {
    session.expire();
    tell("checkout.session.expired", session.json(false, clock.instant()));
  }

  /**
   * @param total of this and earlier refunds
   */
  public void refund(StripeSession session, long total) {
    tell("charge.refunded", session.chargeJson(total));
  }

  /** The customer's bank takes the money back. */
  public void dispute(StripeSession session) {
    Map<String, Object> dispute = new LinkedHashMap<>();
    dispute.put("id", "du_" + session.intent());
    dispute.put("object", "dispute");
    dispute.put("amount", session.amount());
    dispute.put("charge", "ch_" + session.intent());
    dispute.put("created", clock.instant().getEpochSecond());
    dispute.put("currency", session.currency());
    dispute.put("livemode", false);
    dispute.put("metadata", Map.of());
    dispute.put("payment_intent", session.intent());
    dispute.put("reason", "fraudulent");
    dispute.put("status", "needs_response");
    tell("charge.dispute.created", dispute);
  }

  /** Any event about anything. */
  public Event tell(String type, Map<String, Object> object) {
    Map<String, Object> json = new LinkedHashMap<>();
    String id = "evt_1" + StripeSession.random(23);
    json.put("id", id);
    json.put("object", "event");
    json.put("api_version", com.stripe.Stripe.API_VERSION);
    json.put("created", clock.instant().getEpochSecond());
    json.put("data", Map.of("object", object));
    json.put("livemode", object.getOrDefault("livemode", false));
    json.put("pending_webhooks", endpoints.size());
    json.put("type", type);
    var event = new Event(id, type, JSON.writeValueAsString(json));
    events.add(event);
    for (Endpoint endpoint : endpoints)
      deliveries.add(deliver(event, endpoint.url(), endpoint.secret()).statusCode() + " " + type);
    return event;
  }

  /** Sends an event once more, or late, or with another secret. */
  public HttpResponse<String> deliver(Event event, String url, String secret) {
    return deliver(event.json(), url, signature(event.json(), secret));
  }

  public HttpResponse<String> deliver(String body, String url, String signature) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(url))
              .header("Content-Type", "application/json; charset=utf-8")
              .header("Stripe-Signature", signature)
              .header("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
              .POST(BodyPublishers.ofString(body));
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }

  /** By Stripe's own library. */
  public String signature(String body, String secret) {
    try {
      return Webhook.Signature.generateSignatureHeader(
          body, secret, clock.instant().getEpochSecond());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  protected ApiAnswer serve(ApiRequest request) {
    try {
      if (request.path().startsWith("/c/pay/")) return page(request);
      String key = authenticated(request);
      return request.method().equals("POST") ? idempotent(request, key) : read(request, key);
    } catch (StripeRefusal refusal) {
      if (refusal.answer().status() == 400) violated(refusal.getMessage());
      return refusal.answer();
    }
  }

  private String authenticated(ApiRequest request) {
    String given = request.header("Authorization");
    if (given == null || !given.startsWith("Bearer "))
      throw refused(401, "You did not provide an API key.");
    String key = given.substring("Bearer ".length());
    if (!keys.contains(key))
      throw refused(
          401,
          "Invalid API Key provided: "
              + key.substring(0, 8)
              + "***"
              + key.substring(key.length() - 4));
    String version = request.header("Stripe-Version");
    if (version != null && !version.matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}(\\.[a-z]+)?"))
      throw refused(400, "Invalid Stripe API version: " + version);
    return key;
  }

  private ApiAnswer idempotent(ApiRequest request, String key) {
    String given = request.header("Idempotency-Key");
    if (given == null) return write(request, key);
    if (given.length() > 255) throw refused(400, "Idempotency keys have at most 255 characters.");
    String name = key + " " + given;
    String form = request.line() + " " + request.text();
    Kept before = kept.putIfAbsent(name, new Kept(form, null));
    if (before != null && !before.form().equals(form))
      throw new StripeRefusal(
          400,
          "idempotency_error",
          null,
          null,
          "Keys for idempotent requests can only be used with the same parameters they were first"
              + " used with. Try using a key other than '"
              + given
              + "' if you meant to execute a different request.");
    if (before != null && before.answer() != null)
      return before.answer().header("Idempotent-Replayed", "true");
    if (before != null)
      throw new StripeRefusal(
          409,
          "idempotency_error",
          "idempotency_key_in_use",
          null,
          "There is currently another in-progress request using this Idempotent Key.");
    try {
      ApiAnswer answer = write(request, key);
      kept.put(name, new Kept(form, answer));
      return answer;
    } catch (StripeRefusal notBegun) {
      kept.remove(name); // what fails validation is not kept
      throw notBegun;
    }
  }

  private ApiAnswer write(ApiRequest request, String key) {
    if (!String.valueOf(request.header("Content-Type")).startsWith("application/x-www-form"))
      throw refused(400, "Invalid request: only application/x-www-form-urlencoded is taken.");
    if (request.path().equals("/v1/checkout/sessions")) return create(request, key);
    if (request.path().matches("/v1/checkout/sessions/[^/]+/expire")) {
      StripeSession session = found(request.path().split("/")[4], key);
      session.expireBy(clock.instant());
      session.expire();
      return answer(session.json(false, clock.instant()));
    }
    throw unrecognized(request);
  }

  private ApiAnswer create(ApiRequest request, String key) {
    var session =
        new StripeSession(
            StripeForm.of(request.text()), clock.instant(), key.contains("_live_"), service());
    sessions.put(session.id(), session);
    return answer(session.json(false, clock.instant()));
  }

  private ApiAnswer read(ApiRequest request, String key) {
    boolean live = key.contains("_live_");
    if (request.path().equals("/v1/balance"))
      return answer(
          Map.of(
              "object", "balance", "available", List.of(), "pending", List.of(), "livemode", live));
    if (!request.path().matches("/v1/checkout/sessions/[^/]+")) throw unrecognized(request);
    boolean expanded =
        "payment_intent".equals(StripeForm.of(request.query()).get("expand[]"))
            || "payment_intent".equals(StripeForm.of(request.query()).get("expand[0]"));
    StripeSession session = found(request.path().split("/")[4], key);
    return answer(session.json(expanded, clock.instant()));
  }

  private StripeSession found(String id, String key) {
    StripeSession session = sessions.get(id);
    boolean seen = session != null && id.startsWith("cs_live_") == key.contains("_live_");
    if (seen) return session;
    throw new StripeRefusal(
        404,
        "invalid_request_error",
        "resource_missing",
        "id",
        "No such checkout.session: '" + id + "'");
  }

  /** What a customer sees and does. */
  private ApiAnswer page(ApiRequest request) {
    String[] path = request.path().split("/");
    StripeSession session = sessions.get(path[3]);
    if (session == null) return new ApiAnswer(404, "{}");
    session.expireBy(clock.instant());
    if (request.method().equals("GET") || path.length < 5) return html(session);
    if (!session.status().equals("open")) return html(session);
    switch (path[4]) {
      case "pay" -> pay(session);
      case "later" -> payLater(session);
      case "decline" -> decline(session);
      default -> throw unrecognized(request);
    }
    return path[4].equals("decline")
        ? html(session)
        : new ApiAnswer(303, "").header("Location", String.valueOf(session.field("success_url")));
  }

  private static ApiAnswer html(StripeSession session) {
    boolean open = session.status().equals("open");
    var html = new StringBuilder("<!doctype html><html lang=\"en\"><title>Checkout</title><h1>");
    html.append(escaped(session.field("line_items[0][price_data][product_data][name]")));
    html.append("</h1><p id=\"amount\">").append(session.amount()).append(' ');
    html.append(session.currency()).append("</p>");
    if (!open) html.append("<p>This page is ").append(session.status()).append(".</p>");
    for (String what : open ? List.of("pay", "later", "decline") : List.<String>of())
      html.append("<form method=\"post\" action=\"/c/pay/" + session.id() + "/" + what + "\">")
          .append("<button id=\"" + what + "\">" + what + "</button></form>");
    html.append("<a id=\"cancel\" href=\"" + escaped(session.field("cancel_url")) + "\">Back</a>");
    return new ApiAnswer(200, html.toString()).header("Content-Type", "text/html; charset=utf-8");
  }

  private static String escaped(@Nullable String text) {
    return String.valueOf(text).replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static ApiAnswer answer(Map<String, Object> json) {
    return new ApiAnswer(200, JSON.writeValueAsString(json))
        .header("Request-Id", "req_" + StripeSession.random(14));
  }

  private static StripeRefusal refused(int status, String message) {
    return new StripeRefusal(status, "invalid_request_error", null, null, message);
  }

  private static StripeRefusal unrecognized(ApiRequest request) {
    return new StripeRefusal(
        404,
        "invalid_request_error",
        null,
        null,
        "Unrecognized request URL (" + request.method() + ": " + request.path() + ").");
  }
}
