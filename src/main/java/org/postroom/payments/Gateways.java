package org.postroom.payments;

import java.net.URI;
import java.util.List;
import org.springframework.stereotype.Service;

/** The ways to pay a company has set up. */
@Service
public class Gateways {

  /** What the public page offers for an amount in that currency, in the company's order. */
  public List<Way> ways(String company, String currency) {
    return List.of();
  }

  /**
   * Where the customer goes to pay. Talks to the provider: never inside a transaction.
   *
   * @throws org.postroom.http.Problem 404 where there is no such way, 503 where the provider cannot
   *     be reached or refuses, with a sentence for the company (the customer sees ours)
   */
  public URI begin(String way, Checkout checkout) {
    throw org.postroom.http.Problem.notFound("This way to pay");
  }
}
