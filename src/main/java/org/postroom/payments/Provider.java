package org.postroom.payments;

import java.net.URI;

/** How one kind of gateway is worked with. Talks to networks: never inside a transaction. */
public interface Provider {
  Way.Kind kind();

  /** Whether it takes that currency at all. */
  boolean takes(String currency);

  /**
   * Where the customer goes.
   *
   * @throws org.postroom.http.Problem 409 where it is being paid, 422 where it does not take the
   *     amount, 503 where it cannot be reached or refuses
   */
  URI begin(OpenGateway gateway, Checkout checkout);

  /** Whether it would work, in a sentence. */
  Tried tryIt(OpenGateway gateway);

  /** Looks what became of payments of a link that were begun, where that can be asked. */
  default void look(OpenGateway gateway, String link) {}

  record Tried(boolean works, String words) {}
}
