package org.postroom.domains;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.mail.Address;

/** A provider's ways to connect as suggestions for one address. */
final class Offers {
  private static final String APP_PASSWORD =
      "%s wants an app password, not the password people sign in with.";
  private static final String DEAD =
      "%s takes no passwords from other programs any more: sign in at the provider instead.";

  private Offers() {}

  static List<Suggestion> of(Provider provider, Address address, Suggestion.Source source) {
    List<Suggestion> offers = new ArrayList<>();
    if (provider.kind() != Account.Kind.SMTP) offers.add(signIn(provider, source));
    if (provider.password()) offers.add(smtp(provider, address, source));
    return offers;
  }

  private static Suggestion signIn(Provider provider, Suggestion.Source source) {
    String note = provider.password() ? provider.note() : sentences(DEAD, provider);
    return new Suggestion(
        provider.kind(), provider.name(), null, null, source, note, provider.limits());
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
        provider.appPassword() ? sentences(APP_PASSWORD, provider) : provider.note(),
        provider.limits());
  }

  private static @Nullable String sentences(String pattern, Provider provider) {
    String first = pattern.formatted(provider.name());
    return provider.note() == null ? first : first + " " + provider.note();
  }
}
