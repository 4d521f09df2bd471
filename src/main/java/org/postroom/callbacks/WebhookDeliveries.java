package org.postroom.callbacks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.callbacks.WebhookDelivery.Attempt;
import org.postroom.callbacks.WebhookDelivery.State;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.environment.Environment;
import org.postroom.happenings.Happening;
import org.postroom.happenings.HappeningLog;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.springframework.stereotype.Service;

/** What was told to an endpoint, what is still to be told, and telling it again. */
@Service
public class WebhookDeliveries {
  /** The type of the event that says nothing but that calls arrive. */
  public static final String TEST = "webhook.test";

  private static final int AT_ONCE = 500;
  private final Database database;
  private final WebhookEndpoints endpoints;
  private final HappeningLog log;
  private final Environment environment;
  private final Audit audit;

  WebhookDeliveries(
      Database database,
      WebhookEndpoints endpoints,
      HappeningLog log,
      Environment environment,
      Audit audit) {
    this.database = database;
    this.endpoints = endpoints;
    this.log = log;
    this.environment = environment;
    this.audit = audit;
  }

  /** Newest first; null for every state. */
  public Slice<WebhookDelivery> list(
      Caller caller, String endpoint, @Nullable State state, int limit, @Nullable String cursor) {
    endpoints.get(caller, endpoint);
    String before = Optional.ofNullable(Slice.cursor(cursor, "whd")).orElse("whd_~");
    return Slice.of(
        database.read(
            sql -> DeliveryRows.list(sql, caller.company(), endpoint, state, limit + 1, before)),
        limit,
        WebhookDelivery::id);
  }

  /** 404 where the endpoint has no such delivery. */
  public WebhookDelivery get(Caller caller, String endpoint, String id) {
    endpoints.get(caller, endpoint);
    return database
        .read(sql -> DeliveryRows.find(sql, caller.company(), endpoint, id))
        .orElseThrow(() -> Problem.notFound("The delivery"));
  }

  /** Its tries, the first one first. */
  public List<Attempt> attempts(WebhookDelivery delivery) {
    return database.read(sql -> DeliveryRows.attempts(sql, delivery.company(), delivery.id()));
  }

  /** What is told, byte for byte; empty where it is too old to be kept. */
  public Optional<String> body(WebhookDelivery delivery) {
    return log.find(delivery.company(), delivery.event())
        .flatMap(happening -> Optional.ofNullable(happening.body()));
  }

  /** Tells an endpoint nothing but that calls arrive. 409 where it is off. */
  public WebhookDelivery test(Caller caller, String endpoint) {
    WebhookEndpoint to = callable(caller, endpoint);
    return database.write(sql -> {
      Instant now = sql.now();
      var blank =
          new Happening(caller.company(), Ids.next("hap"), now, TEST, to.id(), Map.of(), null);
      var data = Map.of("endpoint", to.id(), "sent_by", caller.name());
      var test =
          new Happening(
              caller.company(), blank.id(), now, TEST, to.id(), Map.of(), Spread.body(blank, data));
      log.keep(test, to.id());
      String id = DeliveryRows.insert(sql, test, to.id(), now);
      return DeliveryRows.find(sql, caller.company(), to.id(), id).orElseThrow();
    });
  }

  /**
   * Tells it once more, whether it arrived or not, under the same event id. 409 where the endpoint
   * is off.
   */
  public WebhookDelivery again(Caller caller, String endpoint, String id) {
    callable(caller, endpoint);
    return database.write(sql -> {
      get(caller, endpoint, id);
      DeliveryRows.again(sql, caller.company(), id, sql.now());
      audit.record(caller, "webhook_delivery.sent_again", id, null, endpoint);
      return get(caller, endpoint, id);
    });
  }

  /** The same for all that failed there; how many. */
  public int againFailed(Caller caller, String endpoint) {
    callable(caller, endpoint);
    int all = 0;
    int some;
    do {
      some =
          database.write(
              sql -> DeliveryRows.againFailed(sql, caller.company(), endpoint, AT_ONCE, sql.now()));
      all += some;
    } while (some == AT_ONCE);
    if (all > 0)
      audit.record(caller, "webhook_endpoint.failed_sent_again", endpoint, null, all + " of them");
    return all;
  }

  private WebhookEndpoint callable(Caller caller, String id) {
    caller.require(Right.MANAGE_WEBHOOKS);
    WebhookEndpoint endpoint = endpoints.get(caller, id);
    environment.requireOriginal("Calling a webhook");
    if (!endpoint.active())
      throw Problem.conflict("endpoint_off", "This endpoint is switched off. Switch it on first.");
    return endpoint;
  }

  /** Forgets what is older than thirty days, in every company; for recurring work. */
  public void forgetOld() {
    for (String company : database.read(DeliveryRows::companies))
      while (database.<Integer>write(
              sql -> DeliveryRows.forget(sql, company, sql.now().minus(HappeningLog.KEPT), AT_ONCE))
          == AT_ONCE) {}
    log.forgetOld();
  }
}
