package org.postroom.domains;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.postroom.accounts.Account;
import org.postroom.domains.ClientConfig.Outgoing;
import org.postroom.mail.Address;
import org.postroom.transport.Login;

/**
 * Suggestions out of a settings file. Passwords never go unencrypted where there is another way.
 */
final class SettingsFile {
  private static final String OPEN =
      "This provider names only a server without encryption: the password could be read on the"
          + " way. Ask the provider for port 465 or 587 with encryption before using it.";

  private final ProviderTable table;

  SettingsFile(ProviderTable table) {
    this.table = table;
  }

  List<Suggestion> suggestions(ClientConfig file, Address address, Suggestion.Source source) {
    List<Outgoing> byPrivacy =
        file.servers().stream()
            .filter(SettingsFile::takesPasswordOrNothing)
            .sorted(Comparator.comparing(server -> security(server) == Login.Security.NONE))
            .toList();
    List<Suggestion> signIns =
        file.servers().stream()
            .flatMap(server -> signIn(server, address, source).stream())
            .toList();
    if (!signIns.isEmpty()) return signIns;
    if (byPrivacy.isEmpty()) return List.of();
    boolean open = security(byPrivacy.getFirst()) == Login.Security.NONE;
    return byPrivacy.stream()
        .filter(server -> open || security(server) != Login.Security.NONE)
        .map(server -> smtp(file, server, address, source))
        .toList();
  }

  /** Servers of Microsoft and Google are reached through their own sign-in. */
  private Optional<Suggestion> signIn(Outgoing server, Address address, Suggestion.Source source) {
    return table
        .ofServer(server.host())
        .filter(provider -> provider.kind() != Account.Kind.SMTP)
        .flatMap(provider -> Offers.of(provider, address, source).stream().findFirst());
  }

  private Suggestion smtp(
      ClientConfig file, Outgoing server, Address address, Suggestion.Source source) {
    String name = file.name().isBlank() ? address.domain() : file.name();
    boolean auth = !server.authentication().contains("none");
    String user = server.user() == null ? address.spec() : server.user();
    return new Suggestion(
        Account.Kind.SMTP,
        name,
        new Suggestion.Smtp(server.host(), server.port(), security(server), auth, user),
        null,
        source,
        security(server) == Login.Security.NONE ? OPEN : null,
        Offers.limits(server.host(), server.port(), address));
  }

  private static boolean takesPasswordOrNothing(Outgoing server) {
    return server.authentication().isEmpty()
        || server.authentication().stream().anyMatch(way -> !way.equals("oauth2"));
  }

  private static Login.Security security(Outgoing server) {
    return switch (server.socket()) {
      case "ssl", "tls" -> Login.Security.TLS;
      case "starttls" -> Login.Security.STARTTLS;
      default -> Login.Security.NONE;
    };
  }
}
