package org.postroom.transport;

import java.net.URI;
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

  /**
   * Microsoft Graph.
   *
   * @param service such as {@code https://graph.microsoft.com}
   * @param mailbox address of the mailbox to send from; null: the one that signed in ({@code /me})
   * @param accessToken fresh; for the service
   * @param drafts whether the token may write drafts (Mail.ReadWrite), which large messages need
   */
  record Graph(URI service, @Nullable String mailbox, String accessToken, boolean drafts)
      implements Login {
    @Override
    public String toString() {
      return "Graph[" + service + ", mailbox=" + mailbox + "]";
    }
  }

  /**
   * The Gmail API.
   *
   * @param service such as {@code https://gmail.googleapis.com}
   * @param accessToken fresh, with the scope gmail.send
   */
  record Gmail(URI service, String accessToken) implements Login {
    @Override
    public String toString() {
      return "Gmail[" + service + "]";
    }
  }

  /**
   * Exchange Web Services of a server of the company's own.
   *
   * @param uri such as {@code https://mail.acme.example/EWS/Exchange.asmx}
   * @param domain NetBIOS or DNS name of the user's domain; null where the user name has it
   * @param mailbox address of a shared mailbox to send from; null: the user's own
   */
  record Ews(
      URI uri, @Nullable String domain, String user, String password, @Nullable String mailbox)
      implements Login {
    @Override
    public String toString() {
      return "Ews[" + uri + ", domain=" + domain + ", user=" + user + "]";
    }
  }

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
