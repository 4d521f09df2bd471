package org.postroom.accounts;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As which registered program an account signs in at its provider, and where.
 *
 * @param secret null for a public client
 * @param authorize the page where a person allows
 * @param tokens where tokens are given
 * @param mail what sending needs, one resource only (Microsoft: AADSTS70011 otherwise)
 * @param reading what reading the mailbox needs, where the company wants that; nobody has to grant it
 * @param app as the program itself: no person signs in
 */
record Client(
    Account.Kind provider,
    String id,
    @Nullable String secret,
    URI authorize,
    URI tokens,
    List<String> mail,
    boolean app,
    List<String> reading) {
  Client {
    mail = List.copyOf(mail);
    reading = List.copyOf(reading);
  }

  /** One that only sends. */
  Client(
      Account.Kind provider,
      String id,
      @Nullable String secret,
      URI authorize,
      URI tokens,
      List<String> mail,
      boolean app) {
    this(provider, id, secret, authorize, tokens, mail, app, List.of());
  }

  /** That asks for these permissions besides. */
  Client reading(List<String> scopes) {
    return new Client(provider, id, secret, authorize, tokens, mail, app, scopes);
  }

  boolean google() {
    return provider == Account.Kind.GOOGLE;
  }

  String providerName() {
    return google() ? "Google" : "Microsoft";
  }

  @Override
  public String toString() {
    return "Client[" + provider + " " + id + "]";
  }
}
