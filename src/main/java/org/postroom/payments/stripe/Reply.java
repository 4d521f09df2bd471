package org.postroom.payments.stripe;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Stripe made of a request. */
sealed interface Reply {
  record Given(JsonNode body) implements Reply {}

  /**
   * Stripe answered, and not with what was asked for.
   *
   * @param type of the error, {@code code} too, as Stripe lists them; empty where it says none
   * @param retryAfter seconds, where Stripe says how long to wait
   */
  record Refused(int status, String type, String code, String message, Optional<Long> retryAfter)
      implements Reply {}

  /** No answer, or none that makes sense. */
  record Lost(String what, boolean maybeArrived) implements Reply {}

  default @Nullable JsonNode body() {
    return this instanceof Given given ? given.body() : null;
  }

  /** Why it is not as wanted, for the company's people. Holds no secrets. */
  default String trouble() {
    return switch (this) {
      case Given given -> "Stripe answered, but not as expected.";
      case Lost lost -> lost.what();
      case Refused refused -> refused(refused);
    };
  }

  private static String refused(Refused it) {
    String said = it.message().isBlank() ? "" : " Stripe says: " + it.message();
    if (it.status() == 401)
      return "Stripe does not accept the secret key. Enter one that is in use.";
    if (it.status() == 403)
      return "The key may not do this. A restricted key needs to write Checkout Sessions." + said;
    if (it.status() == 402) return "Stripe refused the payment." + said;
    if (it.status() == 429)
      return "Stripe takes no more requests at the moment."
          + it.retryAfter().map(seconds -> " Try again in " + seconds + " seconds.").orElse("");
    if (it.status() >= 500) return "Stripe has a trouble of its own (" + it.status() + ").";
    return "Stripe refused (" + it.status() + ")." + said;
  }
}
