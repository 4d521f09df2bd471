package org.postroom.callbacks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.callbacks.DeliveryRows.Taken;
import org.postroom.callbacks.WebhookDelivery.Attempt;
import org.postroom.callbacks.WebhookDelivery.State;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.happenings.Happening;
import org.postroom.happenings.HappeningLog;
import org.postroom.net.Answer;
import org.postroom.net.Call;
import org.postroom.net.GuardedWeb;
import org.postroom.notifications.NewNotification;
import org.postroom.notifications.Notification;
import org.postroom.notifications.Notifications;
import org.springframework.stereotype.Component;

/** Calls an endpoint about one event, and writes down what came of it. */
@Component
class CallEndpoint {
  /** An answer within this counts. */
  static final Duration LIMIT = Duration.ofSeconds(15);

  /** Off after failing for so long, and so often. */
  static final Duration PATIENCE = Duration.ofDays(5);

  static final int FAILURES = 10;
  private static final int REPLY_BYTES = 2000;
  private static final int GONE = 410;

  private final Database database;
  private final WebhookEndpoints endpoints;
  private final HappeningLog log;
  private final GuardedWeb web;
  private final Notifications notifications;
  private final MeterRegistry meters;

  CallEndpoint(
      Database database,
      WebhookEndpoints endpoints,
      HappeningLog log,
      GuardedWeb web,
      Notifications notifications,
      MeterRegistry meters) {
    this.database = database;
    this.endpoints = endpoints;
    this.log = log;
    this.web = web;
    this.notifications = notifications;
    this.meters = meters;
  }

  void call(Taken taken) {
    Optional<WebhookEndpoints.Signing> signing =
        endpoints.signing(taken.company(), taken.endpoint());
    if (signing.isEmpty()) return; // deleted meanwhile, and its deliveries with it
    Happening event = log.find(taken.company(), taken.happening()).orElse(null);
    String body = event == null ? null : event.body();
    if (body == null) {
      database.run(sql ->
          DeliveryRows.settle(
              sql, taken, State.FAILED, null, "What happened is too old to be kept.", sql.now()));
      return;
    }
    Instant at = database.now();
    String signature = Signature.of(signing.get().secrets(), taken.happening(), at, body);
    String url = signing.get().endpoint().url();
    Answer answer = web.send(request(url, taken.happening(), at, signature, body));
    settle(taken, url, at, answer);
  }

  private static Call request(String url, String id, Instant at, String signature, String body) {
    return Call.post(URI.create(url), "application/json", body.getBytes(StandardCharsets.UTF_8))
        .header("User-Agent", "Postroom-Webhooks/1")
        .header("Accept", "*/*")
        .header("webhook-id", id)
        .header("webhook-timestamp", String.valueOf(at.getEpochSecond()))
        .header("webhook-signature", signature)
        .within(LIMIT)
        .atMost(REPLY_BYTES);
  }

  void settle(Taken taken, String url, Instant at, Answer answer) {
    Attempt attempt = attempt(url, at, answer);
    boolean kept =
        database.write(sql -> {
          Instant now = sql.now();
          boolean done = attempt.trouble() == null;
          Optional<Instant> next = done ? Optional.empty() : next(sql, taken, answer, now);
          State state = done ? State.DELIVERED : next.isPresent() ? State.PENDING : State.FAILED;
          Instant due = next.orElse(null);
          if (DeliveryRows.settle(sql, taken, state, due, attempt.trouble(), now).isEmpty())
            return false;
          DeliveryRows.attempt(sql, taken, attempt);
          health(sql, taken, attempt, now);
          return true;
        });
    if (kept) count(attempt);
  }

  private static Optional<Instant> next(Sql sql, Taken taken, Answer answer, Instant now) {
    if (answer instanceof Answer.Given given && given.status() == GONE) return Optional.empty();
    Optional<Duration> asked =
        answer instanceof Answer.Given given && (given.status() == 429 || given.status() == 503)
            ? Retries.asked(given.header("Retry-After"), now)
            : Optional.empty();
    return Retries.next(DeliveryRows.tries(sql, taken) + 1, now, asked);
  }

  private static Attempt attempt(String url, Instant at, Answer answer) {
    return switch (answer) {
      case Answer.Given given ->
          new Attempt(
              0,
              at,
              given.took().toMillis(),
              url,
              given.status(),
              printable(given),
              trouble(given));
      case Answer.Failed failed ->
          new Attempt(0, at, failed.took().toMillis(), url, null, null, failed.what());
    };
  }

  private static @Nullable String trouble(Answer.Given given) {
    int status = given.status();
    if (given.ok()) return null;
    if (status == GONE) return "It answered 410: it wants no calls any more.";
    if (status >= 300 && status < 400)
      return "It answered " + status + ", which leads elsewhere. Enter the final address.";
    return "It answered " + status + ".";
  }

  /** PostgreSQL keeps no NUL, and nobody wants to see the others. */
  private static String printable(Answer.Given given) {
    return given.text().replaceAll("[\\p{Cc}&&[^\\n\\t]]", "").strip();
  }

  private void health(Sql sql, Taken taken, Attempt attempt, Instant now) {
    String company = taken.company();
    String trouble = attempt.trouble();
    if (trouble == null) {
      EndpointRows.succeeded(sql, company, taken.endpoint(), now);
      return;
    }
    EndpointRows.failed(sql, company, taken.endpoint(), trouble, now);
    boolean gone = attempt.status() != null && attempt.status() == GONE;
    EndpointRows.find(sql, company, taken.endpoint())
        .map(EndpointRows.Sealed::endpoint)
        .filter(endpoint -> gone || isDead(endpoint, now))
        .ifPresent(endpoint -> switchOff(sql, endpoint, trouble, gone, now));
  }

  private static boolean isDead(WebhookEndpoint endpoint, Instant now) {
    Instant since = endpoint.failingSince();
    return since != null && endpoint.failures() >= FAILURES && !now.isBefore(since.plus(PATIENCE));
  }

  private void switchOff(
      Sql sql, WebhookEndpoint endpoint, String trouble, boolean gone, Instant now) {
    String reason =
        gone ? trouble : "Every call has failed for five days. The last one: " + trouble;
    if (!EndpointRows.switchOff(sql, endpoint.company(), endpoint.id(), reason, now)) return;
    notifications.publish(
        new NewNotification(
            endpoint.company(),
            endpoint.id() + "/off/" + now.toEpochMilli(),
            Notification.Kind.OTHER,
            "A webhook was switched off: " + endpoint.url(),
            reason,
            null,
            null,
            "/webhooks/" + endpoint.id()));
  }

  /** See docs/metrics.md. */
  private void count(Attempt attempt) {
    Counter.builder("postroom.webhook.calls")
        .description("Calls of webhook endpoints.")
        .tag("outcome", attempt.trouble() == null ? "delivered" : "failed")
        .register(meters)
        .increment();
  }
}
