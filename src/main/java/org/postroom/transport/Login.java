package org.postroom.transport;

import org.jspecify.annotations.Nullable;

/**
 * How to reach a server and prove who we are. Holds secrets: never logged, {@code toString} masks.
 */
public sealed interface Login {

  /** Keeps mail inside: the local mailbox of a company, shown on a page. */
  record Local(String company, String account) implements Login {}

  /**
   * A submission server (RFC 6409).
   *
   * @param host name or address
   * @param port usually 587 (STARTTLS), 465 (TLS from the start) or 25
   * @param security never falls back to less
   * @param credentials null where the server wants no sign-in
   */
  record Smtp(String host, int port, Security security, @Nullable Credentials credentials)
      implements Login {}

  /** How the connection is made private. */
  enum Security {
    STARTTLS,
    TLS,
    NONE
  }

  sealed interface Credentials {
    /** PLAIN, LOGIN or CRAM-MD5, whichever the server offers. */
    record Password(String user, String password) implements Credentials {
      @Override
      public String toString() {
        return "Password[user=" + user + "]";
      }
    }

    /** XOAUTH2 with an access token that somebody else keeps fresh. */
    record Token(String user, String accessToken) implements Credentials {
      @Override
      public String toString() {
        return "Token[user=" + user + "]";
      }
    }
  }
}
