package org.postroom.accounts;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.AccountRows.WithSecret;
import org.postroom.secrets.CannotOpen;
import org.postroom.secrets.Secrets;
import org.postroom.transport.Login;
import org.springframework.stereotype.Component;

/** Makes of an account what a transport needs to sign in. */
@Component
class Logins {
  private final Secrets secrets;
  private final AccountTokens tokens;
  private final Providers providers;

  Logins(Secrets secrets, AccountTokens tokens, Providers providers) {
    this.secrets = secrets;
    this.tokens = tokens;
    this.providers = providers;
  }

  /** Where the secret of an account lives, see {@link Secrets#place}. */
  static String place(Account account) {
    return Secrets.place("accounts", account.company(), account.id(), "secret");
  }

  /** Seals a password or client secret as JSON, so that other kinds can keep more than that. */
  String seal(Account account, String secret) {
    return secrets.seal(place(account), SecretJson.write(secret));
  }

  /** Opens what is sealed, asks for a fresh token where one is needed. */
  Login of(WithSecret stored) {
    return of(stored, () -> tokens.fresh(stored.account(), secret(stored)));
  }

  /** With another token than the one that was refused; empty where another would not help. */
  Optional<Login> again(WithSecret stored, Login refused) {
    String token = token(refused);
    if (token == null || !SignInState.needed(stored.account())) return Optional.empty();
    return tokens
        .another(stored.account(), secret(stored), token)
        .map(other -> of(stored, () -> other));
  }

  private static @Nullable String token(Login login) {
    return switch (login) {
      case Login.Graph graph -> graph.accessToken();
      case Login.Gmail gmail -> gmail.accessToken();
      case Login.Smtp smtp when smtp.credentials() instanceof Login.Credentials.Token token ->
          token.accessToken();
      default -> null;
    };
  }

  private Login of(WithSecret stored, Supplier<AccessToken> token) {
    Account account = stored.account();
    return switch (account.connection()) {
      case Connection.Local _ -> new Login.Local(account.company(), account.id());
      case Connection.Smtp smtp ->
          new Login.Smtp(
              smtp.host(), smtp.port(), smtp.security(), password(smtp, stored, account.name()));
      case Connection.Microsoft microsoft -> microsoft(account, microsoft, token.get());
      case Connection.Google google -> google(account, google, token.get());
      case Connection.Exchange exchange ->
          new Login.Ews(
              exchange.uri(),
              exchange.domain(),
              exchange.username(),
              needed(stored),
              exchange.mailbox());
    };
  }

  private Login microsoft(Account account, Connection.Microsoft microsoft, AccessToken token) {
    boolean app = microsoft.flow() == Connection.Microsoft.Flow.APP;
    String mailbox = microsoft.mailbox();
    if (mailbox == null && app) mailbox = account.email().spec();
    if (microsoft.route() == Connection.Microsoft.Route.SMTP) {
      Providers.Server server = providers.microsoftSmtp();
      String user = mailbox == null ? account.email().spec() : mailbox;
      return smtp(server, user, token);
    }
    URI service = providers.graph(microsoft.cloud());
    return new Login.Graph(service, mailbox, token.value(), token.allows("Mail.ReadWrite"));
  }

  private Login google(Account account, Connection.Google google, AccessToken token) {
    if (google.route() == Connection.Google.Route.SMTP)
      return smtp(providers.googleSmtp(), account.email().spec(), token);
    return new Login.Gmail(providers.gmail(), token.value());
  }

  private static Login smtp(Providers.Server server, String user, AccessToken token) {
    return new Login.Smtp(
        server.host(),
        server.port(),
        server.security(),
        new Login.Credentials.Token(user, token.value()));
  }

  private Login.@Nullable Credentials password(
      Connection.Smtp smtp, WithSecret stored, String name) {
    if (!smtp.auth()) return null;
    if (smtp.username() == null)
      throw new AccountUnusable("The account “" + name + "” has no user name. Enter it.");
    return new Login.Credentials.Password(smtp.username(), needed(stored));
  }

  private String needed(WithSecret stored) {
    String secret = secret(stored);
    if (secret != null) return secret;
    throw new AccountUnusable(
        "The account “" + stored.account().name() + "” has no password. Enter it.");
  }

  /** The opened password or client secret; null where none is kept. */
  @Nullable String secret(WithSecret stored) {
    if (stored.secret() == null) return null;
    try {
      return SecretJson.password(secrets.open(place(stored.account()), stored.secret()));
    } catch (CannotOpen closed) {
      throw new AccountUnusable(
          "The password of “"
              + stored.account().name()
              + "” cannot be used. "
              + closed.getMessage());
    }
  }
}
