package org.postroom.domains;

import java.util.ArrayList;
import java.util.List;
import org.postroom.accounts.Account;
import org.postroom.mail.Address;

/** A provider's ways to connect as suggestions for one address. */
final class Offers {
  private static final String APP_PASSWORD =
      "%s wants an app password, not the password people sign in with.";

  private Offers() {}

  static List<Suggestion> of(Provider provider, Address address, Suggestion.Source source) {
    List<Suggestion> offers = new ArrayList<>();
    if (provider.kind() != Account.Kind.SMTP) offers.add(signIn(provider, source));
    if (provider.password()) offers.add(smtp(provider, address, source));
    return offers;
  }

  private static Suggestion signIn(Provider provider, Suggestion.Source source) {
    return new Suggestion(
        provider.kind(), provider.name(), null, null, source, provider.note(), provider.limits());
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
        provider.limits());
  }

  private static String appPassword(Provider provider) {
    String first = APP_PASSWORD.formatted(provider.name());
    return provider.note() == null ? first : first + " " + provider.note();
  }
}
