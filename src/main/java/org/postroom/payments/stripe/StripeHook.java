package org.postroom.payments.stripe;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.payments.Gateway;
import org.postroom.payments.GatewayKeys;
import org.postroom.payments.HookBody;
import org.postroom.payments.HookSignature;
import org.postroom.payments.OpenGateway;
import org.postroom.payments.Telling;
import org.postroom.payments.Tellings;
import org.postroom.payments.Way;
import org.postroom.secrets.CannotOpen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where Stripe calls. Only what is signed is read; what is answered with 200 is durable. Unknown
 * types are accepted: who ticks too much at Stripe must not lose the address.
 */
@RestController
class StripeHook {
  private static final Logger LOG = LoggerFactory.getLogger(StripeHook.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Database database;
  private final GatewayKeys keys;
  private final Tellings tellings;

  StripeHook(Database database, GatewayKeys keys, Tellings tellings) {
    this.database = database;
    this.keys = keys;
    this.tellings = tellings;
  }

  @PostMapping("/hooks/stripe/{id}")
  ResponseEntity<Map<String, Object>> called(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    Optional<byte[]> body = HookBody.of(request);
    if (body.isEmpty()) return HookBody.refused(413, "This is larger than an event can be.");
    Optional<OpenGateway> open;
    try {
      open = keys.called(id).filter(it -> it.gateway().kind() == Way.Kind.STRIPE);
    } catch (CannotOpen closed) {
      LOG.warn("Stripe called gateway {}: {}", id, closed.getMessage());
      return HookBody.refused(503, "The signing secret cannot be read.");
    }
    if (open.isEmpty()) return HookBody.refused(404, "There is no such gateway.");
    if (open.get().hooks().isEmpty())
      return HookBody.refused(400, "The signing secret of this address is not entered.");
    String trouble =
        HookSignature.trouble(
            request.getHeader("Stripe-Signature"), body.get(), open.get().hooks(), database.now());
    if (trouble != null) return HookBody.refused(400, trouble);
    return heard(open.get().gateway(), body.get());
  }

  private ResponseEntity<Map<String, Object>> heard(Gateway gateway, byte[] body) {
    JsonNode event = json(body);
    String id = event == null ? "" : event.path("id").asString("");
    String type = event == null ? "" : event.path("type").asString("");
    if (event == null || !isName(id) || !isName(type))
      return HookBody.refused(400, "This is no event.");
    boolean live = event.path("livemode").asBoolean(false);
    if (gateway.keys().mode() != null && live != (gateway.keys().mode() == Gateway.Mode.LIVE))
      return HookBody.refused(
          400,
          live
              ? "This is a live event, and the gateway is for tests."
              : "This is a test event, and the gateway is live.");
    JsonNode object = event.path("data").path("object");
    Instant at = moment(event.path("created"));
    var telling = new Telling(id, type, at, StripeEvents.read(gateway, type, object));
    Tellings.Heard heard = tellings.hear(gateway, telling);
    keepUp(gateway, type, object);
    return HookBody.heard(heard);
  }

  /** So that nobody is sent to, or asks for, a session that is over. */
  private void keepUp(Gateway gateway, String type, JsonNode object) {
    String state =
        switch (type) {
          case "checkout.session.completed" -> SessionLooks.state(object);
          case "checkout.session.async_payment_succeeded",
              "checkout.session.async_payment_failed" ->
              "done";
          case "checkout.session.expired" -> "expired";
          default -> null;
        };
    String session = object.path("id").asString("");
    if (state != null && !session.isEmpty())
      database.run(sql -> SessionRows.told(sql, gateway.company(), gateway.id(), session, state));
  }

  private Instant moment(JsonNode seconds) {
    Instant now = database.now();
    if (!seconds.isIntegralNumber() || !seconds.canConvertToInt()) return now;
    Instant at = Instant.ofEpochSecond(seconds.longValue());
    return at.isAfter(now) ? now : at;
  }

  private static boolean isName(String text) {
    return text.matches("[A-Za-z0-9._-]{1,100}");
  }

  private static @Nullable JsonNode json(byte[] body) {
    try {
      JsonNode node = JSON.readTree(body);
      return Objects.requireNonNull(node).isObject() ? node : null;
    } catch (JacksonException garbage) {
      return null;
    }
  }
}
