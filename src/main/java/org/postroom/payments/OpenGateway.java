package org.postroom.payments;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gateway with its secrets in the clear, for as long as it is worked with.
 *
 * @param secret Stripe's API key; what addresses of kind URL are signed with; null: none
 * @param hooks what the provider may have signed with, the newest first
 */
public record OpenGateway(Gateway gateway, @Nullable String secret, List<String> hooks) {
  public OpenGateway {
    hooks = List.copyOf(hooks);
  }

  @Override
  public String toString() {
    return "OpenGateway[" + gateway.id() + "]";
  }
}
