package org.postroom.payments;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.db.Database;
import org.postroom.environment.Environment;
import org.postroom.http.Problem;
import org.postroom.notifications.NewNotification;
import org.postroom.notifications.Notification;
import org.postroom.notifications.Notifications;
import org.postroom.secrets.CannotOpen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** The ways to pay a company has set up, as its customers meet them. */
@Service
public class Gateways {
  private static final Logger LOG = LoggerFactory.getLogger(Gateways.class);

  private static final Duration KEPT = Duration.ofDays(180);

  private final Environment environment;
  private final Database database;
  private final Access access;
  private final GatewayKeys keys;
  private final Notifications notifications;
  private final Map<Way.Kind, Provider> providers;

  Gateways(
      Database database,
      Access access,
      GatewayKeys keys,
      List<Provider> providers,
      Notifications notifications,
      Environment environment) {
    this.environment = environment;
    this.notifications = notifications;
    this.database = database;
    this.access = access;
    this.keys = keys;
    this.providers =
        providers.stream().collect(Collectors.toMap(Provider::kind, Function.identity()));
  }

  /**
   * What the public page offers for an amount in that currency, in the company's order. A transfer
   * is offered where the company has an IBAN; also while it has set up nothing at all.
   */
  public List<Way> ways(String company, String currency) {
    List<Gateway> all = database.read(sql -> GatewayRows.list(sql, company));
    boolean iban = access.company(company).iban() != null;
    if (all.isEmpty())
      return iban ? List.of(new Way("bank", Way.Kind.BANK, "Bank transfer")) : List.of();
    return all.stream()
        .filter(gateway -> gateway.offers(currency) && can(gateway, currency, iban))
        .sorted(Comparator.comparingInt(Gateway::position))
        .map(gateway -> new Way(gateway.way(), gateway.kind(), gateway.title()))
        .toList();
  }

  /**
   * Where the customer goes to pay. Talks to the provider: never inside a transaction.
   *
   * @throws Problem 404 where there is no such way, 409 where nothing is due or it is being paid,
   *     422 where the provider does not take that amount, 503 where it cannot be reached or
   *     refuses, with a sentence for the company (the customer sees ours)
   */
  public URI begin(String way, Checkout checkout) {
    environment.requireOriginal("A payment");
    PaymentLink link = checkout.opened().link();
    OpenGateway gateway = open(link.company(), way).orElseThrow(Gateways::none);
    if (!gateway.gateway().offers(link.currency())) throw none();
    var due = checkout.opened().due();
    if (due == null || due.signum() <= 0)
      throw Problem.conflict("nothing_due", "Nothing is to be paid any more.");
    try {
      URI there = provider(gateway.gateway()).orElseThrow(Gateways::none).begin(gateway, checkout);
      note(gateway.gateway(), null);
      return there;
    } catch (Problem problem) {
      if (problem.status() != 409) note(gateway.gateway(), problem.detail());
      throw problem;
    }
  }

  /**
   * Looks what became of payments of the link that were begun, for a customer who has just come
   * back: the provider may not have told us yet. Talks to networks; failures change nothing.
   */
  public void look(PaymentLink link) {
    if (environment.foreign()) return;
    for (Gateway gateway : database.read(sql -> GatewayRows.list(sql, link.company())))
      open(gateway.company(), gateway.id())
          .ifPresent(
              open -> provider(gateway).ifPresent(provider -> provider.look(open, link.id())));
  }

  /**
   * Asks providers about payments that were begun and not heard of for a while, as what they told
   * may have been lost; forgets what they told long ago. May run twice at once.
   */
  public void askAgain() {
    database.run(sql -> GatewayEventRows.forget(sql, sql.now().minus(KEPT)));
    if (!environment.foreign()) providers.values().forEach(Provider::askAgain);
  }

  String publicUrl() {
    return keys.publicUrl();
  }

  Optional<Provider> provider(Gateway gateway) {
    return Optional.ofNullable(providers.get(gateway.kind()));
  }

  private boolean can(Gateway gateway, String currency, boolean iban) {
    if (gateway.kind() == Way.Kind.BANK) return iban;
    return provider(gateway).filter(provider -> provider.takes(currency)).isPresent();
  }

  private Optional<OpenGateway> open(String company, String way) {
    try {
      return keys.open(company, way);
    } catch (CannotOpen closed) {
      LOG.warn("The secrets of gateway {} cannot be read: {}", way, closed.getMessage());
      database.run(sql -> GatewayRows.trouble(sql, company, way, closed.getMessage()));
      throw Problem.of(503, "secret_closed", String.valueOf(closed.getMessage()));
    }
  }

  /** What stands there already is not written again. */
  private void note(Gateway gateway, @Nullable String trouble) {
    if (trouble == null && gateway.heard().trouble() == null) return;
    database.run(sql -> {
      GatewayRows.trouble(sql, gateway.company(), gateway.id(), trouble);
      if (trouble != null && gateway.heard().trouble() == null)
        notifications.publish(news(gateway, trouble, sql.now()));
    });
  }

  /** Once, when it begins to fail; customers cannot tell the company. */
  private static NewNotification news(Gateway gateway, String trouble, Instant at) {
    return new NewNotification(
        gateway.company(),
        gateway.id() + "/trouble/" + at.getEpochSecond(),
        Notification.Kind.GATEWAY_TROUBLE,
        "Customers cannot pay by “" + gateway.title() + "” at the moment",
        trouble,
        null,
        null,
        "/payments/ways/" + gateway.id());
  }

  private static Problem none() {
    return Problem.notFound("This way to pay");
  }
}
