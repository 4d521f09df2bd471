package org.postroom.payments.stripe;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;
import org.postroom.net.Answer;
import org.postroom.net.Call;
import org.postroom.net.Web;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to Stripe's API. Nothing Stripe does is an exception. */
@Component
class StripeApi {
  /** What answers look like; calls of webhooks have the version their address was made with. */
  static final String VERSION = "2026-07-29.dahlia";

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int MOST_BYTES = 1 << 20;
  private static final int LONGEST = 300;
  private static final Pattern KEY = Pattern.compile("\\b(?:sk|rk|pk|whsec)_[A-Za-z0-9_*]+");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Web web;
  private final String base;

  StripeApi(Web web, Settings settings) {
    this.web = web;
    String url = settings.get(Settings.Name.POSTROOM_STRIPE_URL).orElse("https://api.stripe.com");
    this.base = url.replaceAll("/+$", "");
  }

  Reply get(String key, String path) {
    return reply(web.send(common(Call.get(URI.create(base + path)), key)));
  }

  /** The same idempotency key with the same form has the same answer, for a day at least. */
  Reply post(String key, String path, Form form, @Nullable String idempotency) {
    Call call =
        Call.post(URI.create(base + path), "application/x-www-form-urlencoded", form.encoded());
    if (idempotency != null) call = call.header("Idempotency-Key", idempotency);
    return reply(web.send(common(call, key)));
  }

  private static Call common(Call call, String key) {
    return call.bearer(key)
        .header("Stripe-Version", VERSION)
        .header("User-Agent", "Postroom")
        .within(LIMIT)
        .atMost(MOST_BYTES);
  }

  private static Reply reply(Answer answer) {
    return switch (answer) {
      case Answer.Failed failed -> new Reply.Lost(failed.what(), failed.maybeArrived());
      case Answer.Given given -> given(given);
    };
  }

  private static Reply given(Answer.Given given) {
    JsonNode body = json(given);
    if (given.ok() && body != null) return new Reply.Given(body);
    if (given.status() < 400)
      return new Reply.Lost(
          "The answer to a request to Stripe makes no sense (" + given.status() + ").", true);
    JsonNode error = body == null ? JSON.createObjectNode() : body.path("error");
    return new Reply.Refused(
        given.status(),
        error.path("type").asString(""),
        error.path("code").asString(""),
        told(error.path("message").asString("")),
        seconds(given));
  }

  /** Stripe repeats a wrong key in part; not even that is kept. */
  private static String told(String message) {
    String clean = KEY.matcher(message).replaceAll("…").replaceAll("\\p{Cntrl}+", " ").strip();
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }

  private static Optional<Long> seconds(Answer.Given given) {
    return given
        .header("Retry-After")
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(Long::valueOf);
  }

  private static @Nullable JsonNode json(Answer.Given given) {
    boolean json =
        given
            .header("Content-Type")
            .orElse("")
            .toLowerCase(Locale.ROOT)
            .startsWith("application/json");
    if (!json) return null;
    try {
      JsonNode node = JSON.readTree(given.body());
      return node.isObject() ? node : null;
    } catch (JacksonException garbage) {
      return null;
    }
  }
}
