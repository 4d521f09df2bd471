package org.postroom.accounts;

import java.net.URI;
import java.util.function.Supplier;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;
import org.postroom.transport.Login;
import org.springframework.stereotype.Component;

/**
 * Where Microsoft and Google are reached. Each host is a setting; the national clouds of Microsoft
 * stand in its own documentation (microsoft-graph-docs, deployments).
 */
@Component
public class Providers {
  private final Settings settings;

  public Providers(Settings settings) {
    this.settings = settings;
  }

  /** A submission server that takes tokens. */
  public record Server(String host, int port, Login.Security security) {}

  /** Where people and programs sign in to Microsoft. */
  public URI microsoftSignIn(Connection.Microsoft.Cloud cloud) {
    return set(
        Name.POSTROOM_MICROSOFT_SIGN_IN_URL,
        () ->
            switch (cloud) {
              case GLOBAL -> "https://login.microsoftonline.com";
              case US_GOVERNMENT, US_DEFENSE -> "https://login.microsoftonline.us";
              case CHINA -> "https://login.chinacloudapi.cn";
            });
  }

  public URI graph(Connection.Microsoft.Cloud cloud) {
    return set(Name.POSTROOM_MICROSOFT_GRAPH_URL, () -> graphOf(cloud));
  }

  /** The name of Graph in scopes, whatever address it is reached at. */
  public static String graphOf(Connection.Microsoft.Cloud cloud) {
    return switch (cloud) {
      case GLOBAL -> "https://graph.microsoft.com";
      case US_GOVERNMENT -> "https://graph.microsoft.us";
      case US_DEFENSE -> "https://dod-graph.microsoft.us";
      case CHINA -> "https://microsoftgraph.chinacloudapi.cn";
    };
  }

  public Server microsoftSmtp() {
    return server(Name.POSTROOM_MICROSOFT_SMTP, "smtp.office365.com:587");
  }

  /** Where a mailbox is read whose account sends by SMTP. */
  public Server microsoftImap() {
    return server(Name.POSTROOM_MICROSOFT_IMAP, "outlook.office365.com:993");
  }

  public Server googleImap() {
    return server(Name.POSTROOM_GOOGLE_IMAP, "imap.gmail.com:993");
  }

  /** The page where people allow. */
  public URI googleSignIn() {
    return set(
        Name.POSTROOM_GOOGLE_SIGN_IN_URL, () -> "https://accounts.google.com/o/oauth2/v2/auth");
  }

  public URI googleTokens() {
    return set(Name.POSTROOM_GOOGLE_TOKEN_URL, () -> "https://oauth2.googleapis.com/token");
  }

  public URI googleRevocation() {
    return set(Name.POSTROOM_GOOGLE_REVOKE_URL, () -> "https://oauth2.googleapis.com/revoke");
  }

  public URI gmail() {
    return set(Name.POSTROOM_GOOGLE_API_URL, () -> "https://gmail.googleapis.com");
  }

  public Server googleSmtp() {
    return server(Name.POSTROOM_GOOGLE_SMTP, "smtp.gmail.com:587");
  }

  private URI set(Name name, Supplier<String> usual) {
    String text = settings.get(name).orElseGet(usual);
    return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  /** Ports 465 and 993 are TLS from the first byte (RFC 8314), every other starts with STARTTLS. */
  private Server server(Name name, String usual) {
    String text = settings.get(name).orElse(usual);
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !text.substring(colon + 1).matches("[0-9]{1,5}"))
      throw new IllegalStateException(name + " must look like smtp.example.com:587.");
    int port = Integer.parseInt(text.substring(colon + 1));
    boolean tls = port == 465 || port == 993;
    return new Server(
        text.substring(0, colon), port, tls ? Login.Security.TLS : Login.Security.STARTTLS);
  }
}
