package org.postroom.payments.stripe;

import java.time.Duration;
import java.time.Instant;
import org.postroom.db.Database;
import org.postroom.payments.Gateway;
import org.postroom.payments.OpenGateway;
import org.postroom.payments.Telling;
import org.postroom.payments.Tellings;
import org.postroom.payments.Told;
import org.postroom.payments.stripe.SessionRows.Session;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Asks Stripe what became of a session, as a webhook may have been lost. */
@Component
class SessionLooks {
  /** Between two questions: while a customer may be paying, and while a bank takes its days. */
  static final Duration OPEN = Duration.ofMinutes(30);

  static final Duration PROCESSING = Duration.ofHours(3);

  private final Database database;
  private final StripeApi api;
  private final Tellings tellings;

  SessionLooks(Database database, StripeApi api, Tellings tellings) {
    this.database = database;
    this.api = api;
    this.tellings = tellings;
  }

  /** What Stripe says now, noted. */
  Reply look(OpenGateway gateway, Session session) {
    later(session, session.state().equals("open") ? OPEN : PROCESSING);
    Reply reply =
        api.get(
            StripeCheckout.key(gateway),
            StripeCheckout.SESSIONS + "/" + session.session() + "?expand[0]=payment_intent");
    JsonNode now = reply.body();
    if (now != null) note(gateway.gateway(), session, now);
    boolean gone = reply instanceof Reply.Refused refused && refused.status() == 404;
    if (gone) database.run(sql -> SessionRows.state(sql, session, "left"));
    return reply;
  }

  private void note(Gateway gateway, Session session, JsonNode now) {
    String status = now.path("status").asString("");
    if (status.equals("expired")) database.run(sql -> SessionRows.state(sql, session, "expired"));
    if (!status.equals("complete")) return;
    String state = state(now);
    Told told = StripeEvents.session(gateway, now, state.equals("failed"));
    String id = session.session() + "/" + state;
    Instant at = database.now();
    tellings.hear(gateway, new Telling(id, "asked: " + state, at, told));
    database.run(
        sql -> SessionRows.state(sql, session, state.equals("processing") ? "processing" : "done"));
  }

  /** How a complete session stands: {@code done}, {@code processing} or {@code failed}. */
  static String state(JsonNode session) {
    if (!session.path("payment_status").asString("").equals("unpaid")) return "done";
    JsonNode intent = session.path("payment_intent");
    boolean failed =
        intent.isObject()
            && (intent.path("status").asString("").equals("requires_payment_method")
                || intent.path("status").asString("").equals("canceled"));
    return failed ? "failed" : "processing";
  }

  private void later(Session session, Duration pause) {
    database.run(sql -> SessionRows.lookAt(sql, session, sql.now().plus(pause)));
  }
}
