package org.postroom.accounts;

import java.net.URI;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Login;

/** How an account reaches its provider: what depends on the kind. Never holds a secret. */
public sealed interface Connection {

  Account.Kind kind();

  /** Whether it cannot send without a password or client secret of its own. */
  boolean needsSecret();

  /**
   * Where the secret is sent, as a person would name it. A stored secret never goes to another
   * place than it was given for.
   */
  String secretGoesTo();

  /** Whether the secret may travel unencrypted. */
  default boolean open() {
    return false;
  }

  /** Whether somebody has to sign in at the provider before it can send. */
  default boolean needsSignIn() {
    return false;
  }

  /** Pointer of the secret in the API's body. */
  String secretPointer();

  /** Nothing leaves: the mailbox inside the product. */
  record Local() implements Connection {
    @Override
    public Account.Kind kind() {
      return Account.Kind.LOCAL;
    }

    @Override
    public boolean needsSecret() {
      return false;
    }

    @Override
    public String secretGoesTo() {
      return "nowhere";
    }

    @Override
    public String secretPointer() {
      return "/local";
    }
  }

  /** A submission server, signed in to with a password or not at all. */
  record Smtp(
      String host, int port, Login.Security security, boolean auth, @Nullable String username)
      implements Connection {
    @Override
    public Account.Kind kind() {
      return Account.Kind.SMTP;
    }

    @Override
    public boolean needsSecret() {
      return auth;
    }

    @Override
    public String secretGoesTo() {
      return host;
    }

    @Override
    public boolean open() {
      return security == Login.Security.NONE;
    }

    @Override
    public String secretPointer() {
      return "/smtp/password";
    }
  }

  /**
   * Microsoft 365 and Outlook.com.
   *
   * @param tenant {@code organizations}, {@code common}, {@code consumers}, a tenant id or a
   *     verified domain
   * @param clientId of the organisation's app registration; null: the installation's
   * @param route by Graph, or by SMTP with XOAUTH2
   * @param flow signed in by a person, or as the app itself (client credentials)
   * @param cloud national clouds have hosts of their own
   * @param mailbox address of a shared mailbox to send from; null: the one that signs in
   * @param secretExpires when the client secret ends, as noted by somebody
   */
  record Microsoft(
      String tenant,
      @Nullable String clientId,
      Route route,
      Flow flow,
      Cloud cloud,
      @Nullable String mailbox,
      @Nullable LocalDate secretExpires)
      implements Connection {
    public enum Route {
      GRAPH,
      SMTP
    }

    public enum Flow {
      USER,
      APP
    }

    /** Tokens of one cloud are worthless in another. */
    public enum Cloud {
      GLOBAL,
      US_GOVERNMENT,
      US_DEFENSE,
      CHINA
    }

    @Override
    public Account.Kind kind() {
      return Account.Kind.MICROSOFT;
    }

    /** A public client has none, but a program that signs in itself must have one. */
    @Override
    public boolean needsSecret() {
      return flow == Flow.APP && clientId != null;
    }

    @Override
    public boolean needsSignIn() {
      return flow == Flow.USER;
    }

    @Override
    public String secretGoesTo() {
      return "Microsoft (" + cloud.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " cloud)";
    }

    @Override
    public String secretPointer() {
      return "/microsoft/client_secret";
    }
  }

  /**
   * Gmail and Google Workspace.
   *
   * @param clientId of the organisation's Cloud project; null: the installation's
   * @param route by the Gmail API, or by SMTP with XOAUTH2
   * @param testing whether the consent screen is in status Testing: sign-ins end after seven days
   */
  record Google(@Nullable String clientId, Route route, boolean testing) implements Connection {
    public enum Route {
      GMAIL,
      SMTP
    }

    @Override
    public Account.Kind kind() {
      return Account.Kind.GOOGLE;
    }

    @Override
    public boolean needsSecret() {
      return false;
    }

    @Override
    public boolean needsSignIn() {
      return true;
    }

    @Override
    public String secretGoesTo() {
      return "Google";
    }

    @Override
    public String secretPointer() {
      return "/google/client_secret";
    }
  }

  /**
   * Exchange Web Services of the company's own server.
   *
   * @param uri such as {@code https://mail.acme.example/EWS/Exchange.asmx}
   * @param domain NetBIOS or DNS name; null where the user name has it or needs none
   * @param mailbox address of a shared mailbox to send from; null: the user's own
   */
  record Exchange(URI uri, @Nullable String domain, String username, @Nullable String mailbox)
      implements Connection {
    @Override
    public Account.Kind kind() {
      return Account.Kind.EXCHANGE;
    }

    @Override
    public boolean needsSecret() {
      return true;
    }

    @Override
    public String secretGoesTo() {
      return String.valueOf(uri.getHost());
    }

    @Override
    public boolean open() {
      return !"https".equals(uri.getScheme());
    }

    @Override
    public String secretPointer() {
      return "/exchange/password";
    }
  }
}
