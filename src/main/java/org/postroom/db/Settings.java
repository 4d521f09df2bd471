package org.postroom.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of the installation, read from the environment once. The one list of them: name,
 * meaning, whether it is secret. Secrets may also come from a file named by {@code …_FILE}.
 */
public final class Settings {

  /** The settings there are. Docs print this list; nothing else reads the environment. */
  public enum Name {
    POSTROOM_HOME("Data folder: embedded database, keys, fonts", false),
    POSTROOM_HTTP_PORT("Port of pages and API (8025 when absent)", false),
    POSTROOM_PUBLIC_URL("Address people and customers use, for links in mails", false),
    POSTROOM_DATABASE_URL("PostgreSQL; embedded SQLite when absent", true),
    POSTROOM_SECRET_KEY(
        "Key that seals stored passwords, 32 bytes in base64; made in the data folder when absent",
        true),
    POSTROOM_BACKUP_PASSPHRASE(
        "Passphrase under which a backup holds the key; without it the key is left out", true),
    POSTROOM_ADMIN_EMAIL("Unattended first start: the administrator", false),
    POSTROOM_ADMIN_PASSWORD("Unattended first start: the administrator's password", true),
    POSTROOM_API_KEY("Unattended first start: one API key of that value with every scope", true),
    POSTROOM_COMPANY("Unattended first start: the company's name", false),
    POSTROOM_OPENID_ISSUER(
        "OpenID provider people sign in with, such as https://sso.acme.example/realms/acme; off when"
            + " absent",
        false),
    POSTROOM_OPENID_CLIENT_ID("What the provider calls this installation", false),
    POSTROOM_OPENID_CLIENT_SECRET("Its client secret; a public client when absent", true),
    POSTROOM_OPENID_NAME("What the button says: Sign in with …", false),
    POSTROOM_OPENID_TRUST_ADDRESSES(
        "yes: an address counts as the person's although the provider does not say it is verified",
        false),
    POSTROOM_OPENID_ONLY("yes: nobody signs in with a password", false),
    POSTROOM_TRUSTED_CERTIFICATES(
        "PEM file of further certificate authorities that mail servers may be signed by", false),
    POSTROOM_MICROSOFT_CLIENT_ID(
        "App registration that accounts use which name none of their own", false),
    POSTROOM_MICROSOFT_CLIENT_SECRET("Its client secret (the value, not the id)", true),
    POSTROOM_MICROSOFT_SIGN_IN_URL(
        "Where people sign in to Microsoft, for every cloud; login.microsoftonline.com when absent",
        false),
    POSTROOM_MICROSOFT_GRAPH_URL(
        "Microsoft Graph, for every cloud; graph.microsoft.com when absent", false),
    POSTROOM_MICROSOFT_SMTP(
        "Microsoft's submission server; smtp.office365.com:587 when absent", false),
    POSTROOM_GOOGLE_CLIENT_ID("OAuth client that accounts use which name none of their own", false),
    POSTROOM_GOOGLE_CLIENT_SECRET("Its client secret", true),
    POSTROOM_GOOGLE_SIGN_IN_URL("Google's page where people allow", false),
    POSTROOM_GOOGLE_TOKEN_URL("Where Google gives tokens", false),
    POSTROOM_GOOGLE_REVOKE_URL("Where Google takes tokens back", false),
    POSTROOM_GOOGLE_API_URL("The Gmail API; gmail.googleapis.com when absent", false),
    POSTROOM_GOOGLE_SMTP("Google's submission server; smtp.gmail.com:587 when absent", false),
    POSTROOM_MICROSOFT_IMAP(
        "Microsoft's IMAP server; outlook.office365.com:993 when absent", false),
    POSTROOM_GOOGLE_IMAP("Google's IMAP server; imap.gmail.com:993 when absent", false),
    POSTROOM_DNS_SERVER(
        "DNS server (address or address:port) for records of domains; the system's when absent",
        false),
    POSTROOM_AUTOCONFIG_URL(
        "Where settings for a domain's mailboxes are, with {domain} and {email}; the domain's own"
            + " autoconfig when absent",
        false),
    POSTROOM_ISPDB_URL(
        "List of mail providers, the domain is added; Thunderbird's when absent, none asks nobody",
        false),
    POSTROOM_STRIPE_URL("Stripe's API; api.stripe.com when absent", false),
    POSTROOM_SMTP_INGRESS_PORT(
        "Port where programs that only speak SMTP hand in mail, usually 587; off when absent",
        false),
    POSTROOM_SMTP_INGRESS_TLS_PORT(
        "The same with TLS from the start, usually 465; off when absent", false),
    POSTROOM_SMTP_INGRESS_BIND(
        "Address those ports are on; all of this machine when absent", false),
    POSTROOM_SMTP_INGRESS_NAME(
        "Name they greet with; the host of the public URL or localhost when absent", false),
    POSTROOM_SMTP_INGRESS_CERTIFICATE(
        "PEM file of their certificate and its chain; a self-made one when absent", false),
    POSTROOM_SMTP_INGRESS_CERTIFICATE_KEY("PEM file of its private key (PKCS #8)", false),
    POSTROOM_SMTP_INGRESS_LOCAL_AUTH(
        "yes: programs on this machine may sign in there without TLS", false),
    POSTROOM_SMTP_INGRESS_OPEN_KEY(
        "API key that programs count as which cannot sign in, from the networks of that key; this"
            + " machine alone where it has none",
        true),
    POSTROOM_PRIVATE_NETWORKS("yes: names that people type may lead into private networks", false),
    POSTROOM_WEBHOOK_NETWORKS(
        "Private networks that webhooks may lead into, such as 10.0.0.0/8,192.168.1.20; none when"
            + " absent",
        false),
    POSTROOM_LOG_FORMAT(
        "ecs, logstash or gelf: each line of the log is one JSON object; lines for people when absent",
        false),
    POSTROOM_TRACES_URL(
        "Where traces of messages go (OpenTelemetry, OTLP over HTTP), such as http://localhost:4318;"
            + " nowhere when absent",
        false),
    POSTROOM_ENVIRONMENT_ID(
        "Which installation this is, so that a copy of its database stays silent; what the data"
            + " folder or PostgreSQL says when absent",
        false),
    POSTROOM_NODE("Name of this process among several; made up when absent", false);

    private final String meaning;
    private final boolean secret;

    Name(String meaning, boolean secret) {
      this.meaning = meaning;
      this.secret = secret;
    }

    public String meaning() {
      return meaning;
    }

    public boolean secret() {
      return secret;
    }
  }

  private final Map<String, String> environment;

  public Settings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The value, or what the file named by NAME_FILE holds; empty when neither is set. */
  public Optional<String> get(Name name) {
    String value = environment.get(name.name());
    if (value != null && !value.isBlank()) return Optional.of(value.strip());
    String file = environment.get(name.name() + "_FILE");
    return file == null || file.isBlank()
        ? Optional.empty()
        : Optional.of(contentOf(name, Path.of(file)));
  }

  /**
   * The value as it may be shown: secrets only as a word that there is one, with the file it came
   * from. Empty when it is not set.
   */
  public Optional<String> shown(Name name) {
    String file = environment.get(name.name() + "_FILE");
    boolean fromFile = isBlank(environment.get(name.name())) && !isBlank(file);
    String from = fromFile ? " (from " + file + ")" : "";
    return get(name).map(value -> (name.secret() ? "set, not shown" : value) + from);
  }

  /** The data folder, {@code ./.data} when not set. */
  public Path home() {
    return Path.of(get(Name.POSTROOM_HOME).orElse(".data")).toAbsolutePath().normalize();
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private static String contentOf(Name name, Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException failure) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s_FILE names %s, which cannot be read: %s",
              name,
              file,
              failure.getMessage()),
          failure);
    }
  }
}
