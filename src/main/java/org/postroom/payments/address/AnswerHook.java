package org.postroom.payments.address;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.postroom.db.Database;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.postroom.payments.Gateway;
import org.postroom.payments.GatewayKeys;
import org.postroom.payments.HookBody;
import org.postroom.payments.HookSignature;
import org.postroom.payments.OpenGateway;
import org.postroom.payments.Telling;
import org.postroom.payments.Tellings;
import org.postroom.payments.Told;
import org.postroom.payments.Way;
import org.postroom.secrets.CannotOpen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Where other gateways, or a program in front of them, say what became of a payment. */
@RestController
class AnswerHook {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerHook.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, String> STATES =
      Map.of("succeeded", "succeeded", "declined", "declined", "processing", "processing");

  private final Database database;
  private final GatewayKeys keys;
  private final Tellings tellings;

  AnswerHook(Database database, GatewayKeys keys, Tellings tellings) {
    this.database = database;
    this.keys = keys;
    this.tellings = tellings;
  }

  @PostMapping("/hooks/payments/{id}")
  ResponseEntity<Map<String, Object>> called(@PathVariable String id, HttpServletRequest request)
      throws IOException {
    Optional<byte[]> body = HookBody.of(request);
    if (body.isEmpty()) return HookBody.refused(413, "This is larger than an answer can be.");
    Optional<OpenGateway> open;
    try {
      open = keys.called(id).filter(it -> it.gateway().kind() == Way.Kind.URL);
    } catch (CannotOpen closed) {
      LOG.warn("Gateway {} was called: {}", id, closed.getMessage());
      return HookBody.refused(503, "The secret cannot be read.");
    }
    if (open.isEmpty()) return HookBody.refused(404, "There is no such gateway.");
    if (open.get().hooks().isEmpty())
      return HookBody.refused(400, "This gateway has no secret, so its answers prove nothing.");
    String trouble =
        HookSignature.trouble(
            request.getHeader("Postroom-Signature"),
            body.get(),
            open.get().hooks(),
            database.now());
    return trouble == null
        ? heard(open.get().gateway(), body.get())
        : HookBody.refused(400, trouble);
  }

  private ResponseEntity<Map<String, Object>> heard(Gateway gateway, byte[] body) {
    try {
      return HookBody.heard(tellings.hear(gateway, telling(body)));
    } catch (JacksonException garbage) {
      return HookBody.refused(400, "The body is not JSON.");
    } catch (Problem wrong) {
      String first = wrong.errors().isEmpty() ? "" : wrong.errors().getFirst().pointer() + ": ";
      return HookBody.refused(wrong.status(), first + wrong.detail());
    }
  }

  private Telling telling(byte[] body) {
    JsonFields fields = JsonFields.of(JSON.readTree(body));
    String link = fields.required("link", 100);
    String reference = fields.required("reference", 80);
    fields.required("state", 20);
    String state = Objects.requireNonNullElse(fields.choice("state", STATES), "");
    BigDecimal amount = fields.parsed("amount", 30, AnswerHook::amount);
    String currency = fields.parsed("currency", 3, AnswerHook::currency);
    String reason = fields.text("reason", 500);
    Instant told = fields.parsed("at", 40, AnswerHook::moment);
    boolean paid = state.equals("succeeded");
    if (paid && !fields.isWrong("/amount") && amount == null)
      fields.error("/amount", "required", "Say how much was paid.");
    if (paid && !fields.isWrong("/currency") && currency == null)
      fields.error("/currency", "required", "Say in which currency.");
    fields.check();
    Instant now = database.now();
    Instant at = told == null || told.isAfter(now) ? now : told;
    String why = Objects.requireNonNullElse(reason, "The payment did not succeed.");
    Told what =
        switch (state) {
          case "succeeded" ->
              new Told.Succeeded(
                  link,
                  reference,
                  Objects.requireNonNull(amount),
                  Objects.requireNonNull(currency));
          case "processing" -> new Told.Processing(link, reference);
          default -> new Told.Declined(link, reference, why, true);
        };
    return new Telling(reference + "/" + state, "payment." + state, at, what);
  }

  private static BigDecimal amount(String text) {
    if (!text.matches("[0-9]{1,15}(\\.[0-9]{1,4})?") || new BigDecimal(text).signum() == 0)
      throw new IllegalArgumentException("An amount is a text such as 119.00.");
    return new BigDecimal(text);
  }

  private static String currency(String text) {
    if (!text.matches("[A-Z]{3}"))
      throw new IllegalArgumentException("A currency has three letters, such as EUR.");
    return text;
  }

  private static Instant moment(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException("A moment looks like 2026-11-21T10:00:00Z.", wrong);
    }
  }
}
