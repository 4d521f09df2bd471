package org.postroom.payments;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.payments.GatewayRows.Sealed;
import org.postroom.secrets.Secrets;
import org.springframework.stereotype.Component;

/** Opens and seals what gateways keep secret. */
@Component
public class GatewayKeys {
  /** How long a former webhook secret counts; Stripe itself uses it no longer than a day. */
  static final Duration OVERLAP = Duration.ofDays(1);

  private final Database database;
  private final Secrets secrets;

  GatewayKeys(Database database, Secrets secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /**
   * The gateway a provider calls, whosever it is.
   *
   * @throws org.postroom.secrets.CannotOpen where this installation cannot read its secrets
   */
  public Optional<OpenGateway> called(String id) {
    Instant now = database.now();
    return database.read(sql -> GatewayRows.called(sql, id)).map(sealed -> open(sealed, now));
  }

  Optional<OpenGateway> open(String company, String id) {
    Instant now = database.now();
    return database
        .read(sql -> GatewayRows.find(sql, company, id))
        .map(sealed -> open(sealed, now));
  }

  /** The gateway with the draft's secrets over those there are. */
  Sealed seal(Gateway gateway, GatewayDraft draft, @Nullable Sealed before, Instant now) {
    String secret =
        changed(gateway, "secret", draft.secret(), before == null ? null : before.secret());
    String had = before == null ? null : before.hook();
    String hook = changed(gateway, "hook", draft.hookSecret(), had);
    boolean rolled = had != null && hook != null && !hook.equals(had);
    String former = before == null || hook == null ? null : rolled ? had : before.before();
    Instant until =
        rolled ? now.plus(OVERLAP) : former == null ? null : gateway.keys().beforeUntil();
    Gateway.Mode mode = mode(draft, gateway.keys().mode(), secret != null);
    var keys = new Gateway.Keys(mode, secret != null, hook != null, until);
    return new Sealed(with(gateway, keys), secret, hook, former);
  }

  private @Nullable String changed(
      Gateway gateway, String field, @Nullable String wanted, @Nullable String before) {
    if (wanted == null) return before;
    return wanted.isEmpty() ? null : secrets.seal(place(gateway, field), wanted);
  }

  private static Gateway.@Nullable Mode mode(
      GatewayDraft draft, Gateway.@Nullable Mode before, boolean secret) {
    String wanted = draft.secret();
    if (draft.kind() != Way.Kind.STRIPE || !secret) return null;
    if (wanted == null) return before;
    return wanted.contains("_live_") ? Gateway.Mode.LIVE : Gateway.Mode.TEST;
  }

  private OpenGateway open(Sealed sealed, Instant now) {
    Gateway gateway = sealed.gateway();
    List<String> hooks = new ArrayList<>();
    if (sealed.hook() != null) hooks.add(open(gateway, "hook", sealed.hook()));
    Instant until = gateway.keys().beforeUntil();
    if (sealed.before() != null && until != null && until.isAfter(now))
      hooks.add(open(gateway, "hook", sealed.before()));
    String secret = sealed.secret() == null ? null : open(gateway, "secret", sealed.secret());
    return new OpenGateway(gateway, secret, hooks);
  }

  private String open(Gateway gateway, String field, String sealed) {
    return secrets.open(place(gateway, field), sealed);
  }

  private static String place(Gateway gateway, String field) {
    return Secrets.place("payment_gateways", gateway.company(), gateway.id(), field);
  }

  private static Gateway with(Gateway it, Gateway.Keys keys) {
    return new Gateway(
        it.company(),
        it.id(),
        it.kind(),
        it.title(),
        it.enabled(),
        it.position(),
        it.currencies(),
        it.address(),
        keys,
        it.heard(),
        it.createdAt(),
        it.version());
  }
}
