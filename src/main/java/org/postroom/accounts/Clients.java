package org.postroom.accounts;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Connection.Microsoft.Cloud;
import org.postroom.accounts.oauth.Scopes;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;
import org.springframework.stereotype.Component;

/** The program an account is at its provider: the organisation's own registration, or ours. */
@Component
class Clients {
  /** What a draft with a large attachment needs; Mail.Send alone takes about 3 MB. */
  static final String DRAFTS = "Mail.ReadWrite";

  private final Providers providers;
  private final Settings settings;

  Clients(Providers providers, Settings settings) {
    this.providers = providers;
    this.settings = settings;
  }

  /** Whether this installation has a registration for accounts without one of their own. */
  boolean installationHas(Account.Kind kind) {
    return installationId(kind).isPresent();
  }

  /**
   * The client of an account; empty where neither it nor the installation names one.
   *
   * @param secret the account's own, opened
   */
  Optional<Client> of(Connection connection, @Nullable String secret) {
    return switch (connection) {
      case Connection.Microsoft microsoft -> of(microsoft, secret);
      case Connection.Google google -> of(google, secret);
      default -> Optional.empty();
    };
  }

  /** Where an administrator approves the program for a whole organisation (Microsoft only). */
  URI adminConsent(Connection.Microsoft microsoft) {
    return URI.create(
        providers.microsoftSignIn(microsoft.cloud())
            + "/"
            + (microsoft.tenant().equals("common") ? "organizations" : microsoft.tenant())
            + "/v2.0/adminconsent");
  }

  private Optional<Client> of(Connection.Microsoft microsoft, @Nullable String secret) {
    String base =
        providers.microsoftSignIn(microsoft.cloud()) + "/" + microsoft.tenant() + "/oauth2/v2.0/";
    boolean app = microsoft.flow() == Connection.Microsoft.Flow.APP;
    return id(Account.Kind.MICROSOFT, microsoft.clientId())
        .map(id ->
            new Client(
                Account.Kind.MICROSOFT,
                id,
                secret(Account.Kind.MICROSOFT, microsoft.clientId(), secret),
                URI.create(base + "authorize"),
                URI.create(base + "token"),
                app ? ofApp(microsoft) : ofPerson(microsoft),
                app));
  }

  private Optional<Client> of(Connection.Google google, @Nullable String secret) {
    boolean smtp = google.route() == Connection.Google.Route.SMTP;
    return id(Account.Kind.GOOGLE, google.clientId())
        .map(id ->
            new Client(
                Account.Kind.GOOGLE,
                id,
                secret(Account.Kind.GOOGLE, google.clientId(), secret),
                providers.googleSignIn(),
                providers.googleTokens(),
                List.of(smtp ? Scopes.GOOGLE_MAIL : "https://www.googleapis.com/auth/gmail.send"),
                false));
  }

  private static List<String> ofPerson(Connection.Microsoft microsoft) {
    if (microsoft.route() == Connection.Microsoft.Route.SMTP)
      return List.of(outlook(microsoft.cloud(), false) + "/SMTP.Send");
    String graph = Providers.graphOf(microsoft.cloud());
    List<String> scopes = new ArrayList<>(List.of(graph + "/Mail.Send"));
    if (microsoft.mailbox() != null) scopes.add(graph + "/Mail.Send.Shared");
    return scopes;
  }

  /**
   * What reading the mailbox needs besides; empty where sending has it already, where the app's own
   * permissions decide, and for accounts nobody signs in to.
   */
  static List<String> reading(Connection connection) {
    return switch (connection) {
      case Connection.Microsoft microsoft -> reading(microsoft);
      case Connection.Google google when google.route() == Connection.Google.Route.GMAIL ->
          List.of("https://www.googleapis.com/auth/gmail.readonly");
      default -> List.of();
    };
  }

  private static List<String> reading(Connection.Microsoft microsoft) {
    if (microsoft.flow() == Connection.Microsoft.Flow.APP) return List.of();
    if (microsoft.route() == Connection.Microsoft.Route.SMTP)
      return List.of(outlook(microsoft.cloud(), false) + "/IMAP.AccessAsUser.All");
    String graph = Providers.graphOf(microsoft.cloud());
    return List.of(graph + (microsoft.mailbox() == null ? "/Mail.Read" : "/Mail.Read.Shared"));
  }

  private static List<String> ofApp(Connection.Microsoft microsoft) {
    boolean smtp = microsoft.route() == Connection.Microsoft.Route.SMTP;
    String resource =
        smtp ? outlook(microsoft.cloud(), true) : Providers.graphOf(microsoft.cloud());
    return List.of(resource + "/.default");
  }

  /** Exchange Online's name in scopes; programs name another than people (Microsoft's guide). */
  private static String outlook(Cloud cloud, boolean app) {
    return switch (cloud) {
      case GLOBAL -> app ? "https://outlook.office365.com" : "https://outlook.office.com";
      case US_GOVERNMENT -> "https://outlook.office365.us";
      case US_DEFENSE -> "https://webmail.apps.mil";
      case CHINA -> "https://partner.outlook.cn";
    };
  }

  private Optional<String> id(Account.Kind kind, @Nullable String own) {
    return own == null ? installationId(kind) : Optional.of(own);
  }

  private Optional<String> installationId(Account.Kind kind) {
    return settings.get(
        kind == Account.Kind.GOOGLE
            ? Name.POSTROOM_GOOGLE_CLIENT_ID
            : Name.POSTROOM_MICROSOFT_CLIENT_ID);
  }

  /** The installation's secret belongs to the installation's client and to no other. */
  private @Nullable String secret(Account.Kind kind, @Nullable String ownId, @Nullable String own) {
    if (ownId != null) return own;
    return settings
        .get(
            kind == Account.Kind.GOOGLE
                ? Name.POSTROOM_GOOGLE_CLIENT_SECRET
                : Name.POSTROOM_MICROSOFT_CLIENT_SECRET)
        .orElse(null);
  }
}
