package org.postroom.domains;

import java.util.List;
import org.postroom.signing.SigningKey;

/** By whom a domain's mail leaves: what its records must allow. */
public sealed interface SendingRoute {

  /**
   * Microsoft's cloud.
   *
   * @param include what the SPF record names; national clouds have their own
   */
  record Microsoft(String include) implements SendingRoute {}

  /** Google's. */
  record Google() implements SendingRoute {}

  /**
   * A mail server.
   *
   * @param host where mail is handed in
   * @param keys our own for the domain, whether they sign, wait or retired
   * @param weSign whether messages keep a signature of ours on this way
   */
  record Server(String host, List<SigningKey> keys, boolean weSign) implements SendingRoute {
    public Server {
      keys = List.copyOf(keys);
    }
  }

  /** The local mailbox: nothing leaves. */
  record Nowhere() implements SendingRoute {}
}
