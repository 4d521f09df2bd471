package org.postroom.domains;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.Connection;
import org.postroom.accounts.UsualLimits;
import org.postroom.mail.Address;
import org.postroom.transport.Login;

/** A provider's ways to connect as suggestions for one address. */
final class Offers {
  private static final String APP_PASSWORD =
      "%s wants an app password, not the password people sign in with.";

  private Offers() {}

  static List<Suggestion> of(Provider provider, Address address, Suggestion.Source source) {
    List<Suggestion> offers = new ArrayList<>();
    if (provider.kind() != Account.Kind.SMTP) offers.add(signIn(provider, address, source));
    if (provider.password()) offers.add(smtp(provider, address, source));
    return offers;
  }

  /** What the provider of a submission server allows; null where nothing sure is known. */
  static Account.@Nullable Limits limits(String host, int port, Address address) {
    var server = new Connection.Smtp(host, port, Login.Security.TLS, true, null);
    Account.Limits limits = UsualLimits.of(server, address).limits();
    return limits.equals(Account.Limits.of(Account.Kind.SMTP)) ? null : limits;
  }

  private static Suggestion signIn(Provider provider, Address address, Suggestion.Source source) {
    Account.Limits limits = UsualLimits.of(connection(provider.kind()), address).limits();
    return new Suggestion(
        provider.kind(), provider.name(), null, null, source, provider.note(), limits);
  }

  /** As it is connected where nobody chooses otherwise. */
  private static Connection connection(Account.Kind kind) {
    return kind == Account.Kind.GOOGLE
        ? new Connection.Google(null, Connection.Google.Route.GMAIL, false)
        : new Connection.Microsoft(
            "organizations",
            null,
            Connection.Microsoft.Route.GRAPH,
            Connection.Microsoft.Flow.USER,
            Connection.Microsoft.Cloud.GLOBAL,
            null,
            null);
  }

  private static Suggestion smtp(Provider provider, Address address, Suggestion.Source source) {
    Provider.Server server = provider.servers().getFirst();
    return new Suggestion(
        Account.Kind.SMTP,
        provider.name(),
        new Suggestion.Smtp(
            server.host(), server.port(), server.security(), true, provider.username(address)),
        null,
        source,
        provider.appPassword() ? appPassword(provider) : provider.note(),
        limits(server.host(), server.port(), address));
  }

  private static String appPassword(Provider provider) {
    String first = APP_PASSWORD.formatted(provider.name());
    return provider.note() == null ? first : first + " " + provider.note();
  }
}
