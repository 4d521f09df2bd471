package org.postroom.payments.stripe;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.http.Problem;
import org.postroom.payments.Checkout;
import org.postroom.payments.Gateway;
import org.postroom.payments.OpenGateway;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.Provider;
import org.postroom.payments.Way;
import org.postroom.payments.stripe.SessionRows.Session;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Sends customers to Stripe Checkout. A link has one open session at a time: who clicks twice, or
 * comes back, gets the same; when the amount changed, the old one is ended first. What was asked
 * for and never answered is asked for again as the same request.
 */
@Component
class StripeCheckout implements Provider {
  static final String SESSIONS = "/v1/checkout/sessions";

  /** Stripe allows half an hour to a day; clocks differ. */
  private static final Duration LONGEST = Duration.ofHours(23);

  private static final Duration SHORTEST = Duration.ofMinutes(35);

  /** Until when an unanswered request may be repeated: its end must stay far enough away. */
  private static final Duration REPEATABLE = Duration.ofMinutes(4);

  private static final Duration FIRST_LOOK = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int TRIES = 12;

  private final Database database;
  private final StripeApi api;
  private final SessionLooks looks;

  StripeCheckout(Database database, StripeApi api, SessionLooks looks) {
    this.database = database;
    this.api = api;
    this.looks = looks;
  }

  @Override
  public Way.Kind kind() {
    return Way.Kind.STRIPE;
  }

  @Override
  public boolean takes(String currency) {
    return StripeAmount.takes(currency);
  }

  @Override
  public URI begin(OpenGateway gateway, Checkout checkout) {
    PaymentLink link = checkout.opened().link();
    BigDecimal due = Objects.requireNonNull(checkout.opened().due());
    long amount = amount(due, link.currency());
    String key = key(gateway);
    for (int tries = 0; tries < TRIES; tries++) {
      Session session = session(gateway.gateway(), link, amount);
      boolean fits = session.amount() == amount && session.currency().equals(link.currency());
      Optional<URI> there =
          session.session() != null
              ? again(gateway, session, fits)
              : fits ? asked(key, session, checkout) : left(session);
      if (there.isPresent()) return there.get();
    }
    throw unavailable("Stripe is still busy with the same request. Try again in a minute.");
  }

  @Override
  public void look(OpenGateway gateway, String link) {
    Gateway it = gateway.gateway();
    database
        .read(sql -> SessionRows.underWay(sql, it.company(), it.id(), link))
        .forEach(session -> looks.look(gateway, session));
  }

  @Override
  public Tried tryIt(OpenGateway gateway) {
    Reply reply = api.get(key(gateway), "/v1/balance");
    JsonNode balance = reply.body();
    boolean restricted = reply instanceof Reply.Refused refused && refused.status() == 403;
    if (restricted)
      return new Tried(
          true,
          "The restricted key is known to Stripe; it may not read the balance, which is fine.");
    if (balance == null || !balance.path("object").asString("").equals("balance"))
      return new Tried(false, reply.trouble());
    return balance.path("livemode").asBoolean(false)
        ? new Tried(true, "The key works. It is live: customers pay real money.")
        : new Tried(true, "The key works. It is for tests: no money moves.");
  }

  private static long amount(BigDecimal due, String currency) {
    OptionalLong amount = StripeAmount.minor(due, currency);
    if (amount.isPresent()) return amount.getAsLong();
    String shown = due.toPlainString() + " " + currency;
    throw Problem.of(
        422,
        "amount_not_payable",
        StripeAmount.takes(currency)
            ? shown
                + " cannot be paid by Stripe, which takes "
                + currency
                + " in steps of "
                + StripeAmount.smallest(currency).toPlainString()
                + "."
            : shown + " cannot be paid by Stripe, which does not take this currency.");
  }

  /** The open one of the link, or a new one written down before Stripe hears of it. */
  private Session session(Gateway gateway, PaymentLink link, long amount) {
    String id = Ids.next("pcs");
    return database.write(sql -> {
      Instant now = sql.now();
      var fresh =
          new Session(
              link.company(),
              id,
              gateway.id(),
              link.id(),
              amount,
              link.currency(),
              null,
              "open",
              now,
              end(link, now));
      SessionRows.insert(sql, fresh, now.plus(FIRST_LOOK));
      return SessionRows.open(sql, link.company(), gateway.id(), link.id()).orElseThrow();
    });
  }

  private static Instant end(PaymentLink link, Instant now) {
    Instant latest = now.plus(LONGEST);
    Instant wanted = link.expiresAt();
    Instant end = wanted == null || wanted.isAfter(latest) ? latest : wanted;
    Instant earliest = now.plus(SHORTEST);
    return end.isBefore(earliest) ? earliest : end;
  }

  /** Asks for a session; empty where it has to be tried once more. */
  private Optional<URI> asked(String key, Session session, Checkout checkout) {
    if (session.createdAt().plus(REPEATABLE).isBefore(database.now())) return left(session);
    Form form = SessionForm.of(session, checkout);
    String same = "postroom-" + session.id();
    Reply reply = api.post(key, SESSIONS, form, same);
    if (reply instanceof Reply.Lost lost && lost.maybeArrived())
      reply = api.post(key, SESSIONS, form, same);
    if (reply instanceof Reply.Refused busy && busy.status() == 409) {
      LockSupport.parkNanos(PAUSE.toNanos());
      return Optional.empty();
    }
    // The same request in another language: its first answer went to somebody, or to nobody.
    if (reply instanceof Reply.Refused other && other.type().equals("idempotency_error"))
      return known(session) ? Optional.empty() : left(session);
    Optional<URI> there = address(reply.body());
    if (there.isEmpty()) throw refused(session, reply);
    String id = Objects.requireNonNull(reply.body()).path("id").asString("");
    database.run(sql -> SessionRows.known(sql, session, id));
    return there;
  }

  private boolean known(Session session) {
    return database
        .read(sql -> SessionRows.open(sql, session.company(), session.gateway(), session.link()))
        .filter(now -> now.session() != null)
        .isPresent();
  }

  private Problem refused(Session session, Reply reply) {
    boolean lost = reply instanceof Reply.Lost;
    boolean later = reply instanceof Reply.Refused refused && refused.status() == 429;
    if (!lost && !later) left(session); // an answer kept for this request would come again
    return unavailable(reply.trouble());
  }

  /** A session that was given out: used again while it is open and the amount is the same. */
  private Optional<URI> again(OpenGateway gateway, Session session, boolean fits) {
    if (!fits)
      api.post(key(gateway), SESSIONS + "/" + session.session() + "/expire", new Form(), null);
    Reply reply = looks.look(gateway, session);
    JsonNode now = reply.body();
    if (now == null) {
      boolean gone = reply instanceof Reply.Refused refused && refused.status() == 404;
      if (gone) return left(session);
      throw unavailable(reply.trouble());
    }
    return switch (now.path("status").asString("")) {
      case "open" -> {
        if (!fits) throw unavailable("The old amount can still be paid at Stripe. Try again.");
        yield Optional.of(address(now).orElseThrow(() -> unavailable(reply.trouble())));
      }
      case "complete" ->
          throw Problem.conflict("being_paid", "This was paid at Stripe a moment ago.");
      default -> left(session);
    };
  }

  /** Whatever became of it, nobody has its address or can use it: the next one is fresh. */
  private Optional<URI> left(Session session) {
    database.run(sql -> SessionRows.state(sql, session, "left"));
    return Optional.empty();
  }

  private static Optional<URI> address(@Nullable JsonNode session) {
    if (session == null || !session.path("id").asString("").startsWith("cs_"))
      return Optional.empty();
    String url = session.path("url").asString("");
    try {
      URI uri = URI.create(url);
      boolean there = uri.getHost() != null && String.valueOf(uri.getScheme()).startsWith("http");
      return there ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException garbage) {
      return Optional.empty();
    }
  }

  static String key(OpenGateway gateway) {
    String key = gateway.secret();
    if (key == null) throw unavailable("There is no secret key for Stripe. Enter one.");
    return key;
  }

  private static Problem unavailable(String why) {
    return Problem.of(503, "payment_provider", why);
  }
}
