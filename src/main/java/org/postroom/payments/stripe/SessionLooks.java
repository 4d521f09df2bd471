package org.postroom.payments.stripe;

import org.postroom.db.Database;
import org.postroom.payments.OpenGateway;
import org.postroom.payments.stripe.SessionRows.Session;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Asks Stripe what became of a session. */
@Component
class SessionLooks {
  private final Database database;
  private final StripeApi api;

  SessionLooks(Database database, StripeApi api) {
    this.database = database;
    this.api = api;
  }

  /** What Stripe says now, noted. */
  Reply look(OpenGateway gateway, Session session) {
    Reply reply =
        api.get(StripeCheckout.key(gateway), StripeCheckout.SESSIONS + "/" + session.session());
    JsonNode now = reply.body();
    if (now != null && now.path("status").asString("").equals("expired"))
      database.run(sql -> SessionRows.state(sql, session, "expired"));
    return reply;
  }
}
