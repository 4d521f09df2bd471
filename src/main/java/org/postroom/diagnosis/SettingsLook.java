package org.postroom.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.Connection;
import org.postroom.findings.Action;
import org.postroom.findings.Finding;
import org.postroom.findings.Findings;
import org.postroom.findings.Fix;
import org.postroom.mail.Address;
import org.postroom.transport.Login;
import org.postroom.transport.Login.Security;

/**
 * What can be told from the settings alone, before anybody connects: combinations that are known to
 * be dead, and such that are only odd.
 *
 * @param dead what makes trying pointless; null where nothing does
 */
record SettingsLook(@Nullable Finding dead, List<Advice> advice) {
  private static final Set<String> CONSUMER =
      Set.of("outlook.com", "hotmail.com", "live.com", "msn.com", "passport.com");
  private static final Pattern CONSUMER_ABROAD =
      Pattern.compile("(outlook|hotmail|live)\\.([a-z]{2}|co\\.[a-z]{2}|com\\.[a-z]{2})");
  private static final Pattern MICROSOFT_MX =
      Pattern.compile(
          ".+\\.(mail\\.protection\\.outlook\\.com|mail\\.eo\\.outlook\\.com|mx\\.microsoft)");
  private static final Pattern GOOGLE_MX =
      Pattern.compile(
          "(alt\\d\\.)?aspmx\\d?\\.(l\\.google|googlemail)\\.com|smtp\\.google\\.com|(alt\\d\\.)?gmail-smtp-in\\.l\\.google\\.com");
  private static final Pattern MICROSOFT_HOST =
      Pattern.compile(
          "(.+\\.)?(office365\\.com|outlook\\.com|hotmail\\.com|live\\.com|office\\.com)");
  private static final Set<String> GOOGLE_HOSTS = Set.of("smtp.gmail.com", "smtp.googlemail.com");
  private static final Pattern APP_PASSWORD = Pattern.compile("[A-Za-z]{16}");

  /**
   * @param login where it could be had without asking anybody
   */
  static SettingsLook at(Account account, @Nullable Login login, Findings findings) {
    Finding dead =
        switch (account.connection()) {
          case Connection.Smtp smtp -> dead(account, smtp, login, findings);
          case Connection.Exchange exchange -> dead(exchange, findings);
          default -> null;
        };
    List<Advice> advice =
        account.connection() instanceof Connection.Smtp smtp && dead == null
            ? advice(smtp, findings)
            : List.of();
    return new SettingsLook(dead, advice);
  }

  private static @Nullable Finding dead(
      Account account, Connection.Smtp smtp, @Nullable Login login, Findings findings) {
    if (!smtp.auth()) return null;
    String host = smtp.host().toLowerCase(Locale.ROOT);
    if (MICROSOFT_MX.matcher(host).matches()) return known(findings, "N10", host);
    if (GOOGLE_MX.matcher(host).matches()) return receiving(host);
    if (MICROSOFT_HOST.matcher(host).matches() && consumer(account, smtp))
      return known(findings, "N11", host);
    if (GOOGLE_HOSTS.contains(host) && login instanceof Login.Smtp ready && !appPassword(ready))
      return known(findings, "G01", host);
    return null;
  }

  private static @Nullable Finding dead(Connection.Exchange exchange, Findings findings) {
    String host = String.valueOf(exchange.uri().getHost()).toLowerCase(Locale.ROOT);
    boolean cloud = MICROSOFT_HOST.matcher(host).matches();
    return cloud ? known(findings, "W04", host) : null;
  }

  private static boolean consumer(Account account, Connection.Smtp smtp) {
    String user = smtp.username() == null ? "" : smtp.username();
    return smtp.host().equalsIgnoreCase("smtp-mail.outlook.com")
        || Address.tryParse(user).map(Address::domain).filter(SettingsLook::consumer).isPresent()
        || consumer(account.email().domain());
  }

  private static boolean consumer(String domain) {
    String name = domain.toLowerCase(Locale.ROOT);
    return CONSUMER.contains(name) || CONSUMER_ABROAD.matcher(name).matches();
  }

  private static boolean appPassword(Login.Smtp login) {
    return !(login.credentials() instanceof Login.Credentials.Password password)
        || APP_PASSWORD.matcher(password.password()).matches();
  }

  private static List<Advice> advice(Connection.Smtp smtp, Findings findings) {
    List<Advice> all = new ArrayList<>();
    String pairing = pairing(smtp);
    if (pairing != null) all.add(new Advice(Plan.SETTINGS, pairing, List.of()));
    if (smtp.security() == Security.NONE && smtp.auth())
      all.add(
          new Advice(
              Plan.SETTINGS,
              "The password travels without encryption.",
              List.of("Choose STARTTLS or TLS, unless the server stands in your own network.")));
    if (smtp.auth() && smtp.host().equalsIgnoreCase("smtp.office365.com")) {
      Finding ending = known(findings, "N11", smtp.host());
      if (ending != null) all.add(new Advice(Plan.SETTINGS, ending.what(), ending.steps()));
    }
    return all;
  }

  /** What an unusual pair of port and security says; the conversation itself decides. */
  private static @Nullable String pairing(Connection.Smtp smtp) {
    if (smtp.port() == 465 && smtp.security() != Security.TLS)
      return "Port 465 usually means TLS from the start.";
    if (smtp.port() == 587 && smtp.security() == Security.TLS)
      return "Port 587 usually means STARTTLS.";
    if (smtp.port() == 25 && smtp.auth())
      return "Port 25 is for servers among themselves and blocked in many networks; 587 is for"
          + " programs that sign in.";
    return null;
  }

  private static Finding receiving(String host) {
    return new Finding(
        "N10",
        host + " is where mail for Google arrives; mail cannot be handed in there with a sign-in.",
        List.of(
            "Use the sending server smtp.gmail.com with port 587 and STARTTLS.",
            "Or connect with Google sign-in: that needs no server name at all."),
        Action.CFG,
        List.of(
            new Fix(
                "Use smtp.gmail.com, port 587",
                Map.of(
                    "smtp/host",
                    "smtp.gmail.com",
                    "smtp/port",
                    "587",
                    "smtp/security",
                    "starttls")),
            new Fix("Sign in with Google instead", Map.of("kind", "google"))));
  }

  private static @Nullable Finding known(Findings findings, String id, String host) {
    return findings.find(id, Map.of("host", host)).orElse(null);
  }
}
