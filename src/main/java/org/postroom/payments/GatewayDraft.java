package org.postroom.payments;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gateway as somebody wants it. Secrets: null keeps what there is, empty takes it away.
 *
 * @param pattern only for kind URL
 * @param signature name of the parameter that carries our signature, only for kind URL
 * @param secret Stripe's API key, or what addresses and answers of kind URL are signed with
 * @param hookSecret what Stripe signs its calls with; the former one counts for a day beside it
 */
public record GatewayDraft(
    Way.Kind kind,
    String title,
    boolean enabled,
    List<String> currencies,
    @Nullable String pattern,
    @Nullable String signature,
    @Nullable String secret,
    @Nullable String hookSecret) {

  public GatewayDraft {
    currencies = List.copyOf(currencies);
  }

  /** A stored one, with nothing changed. */
  public static GatewayDraft of(Gateway gateway) {
    Gateway.Address address = gateway.address();
    return new GatewayDraft(
        gateway.kind(),
        gateway.title(),
        gateway.enabled(),
        gateway.currencies(),
        address == null ? null : address.pattern(),
        address == null ? null : address.signature(),
        null,
        null);
  }

  public GatewayDraft switched(boolean on) {
    return new GatewayDraft(kind, title, on, currencies, pattern, signature, secret, hookSecret);
  }

  @Override
  public String toString() {
    return "GatewayDraft[" + kind + ", " + title + "]";
  }
}
