package org.postroom.bounces;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountUnusable;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.Connection;
import org.postroom.accounts.Providers;
import org.postroom.accounts.SignIns;
import org.postroom.bounces.ReadMailbox.Server;
import org.postroom.secrets.CannotOpen;
import org.postroom.secrets.Secrets;
import org.postroom.transport.Login;
import org.springframework.stereotype.Component;

/** Where the mailbox of an account is, and how to get in. */
@Component
class Places {
  private final Accounts accounts;
  private final SignIns signIns;
  private final Providers providers;
  private final Secrets secrets;

  Places(Accounts accounts, SignIns signIns, Providers providers, Secrets secrets) {
    this.accounts = accounts;
    this.signIns = signIns;
    this.providers = providers;
    this.secrets = secrets;
  }

  static String place(String company, String account) {
    return Secrets.place("bounce_mailboxes", company, account, "password");
  }

  /** Talks to the provider where a token has to be renewed. */
  Where of(Account account, MailboxRows.Stored stored) throws CannotRead {
    if (!signIns.mayRead(account))
      throw new CannotRead(
          Trouble.Kind.PERMISSION, "Whoever signed in did not allow reading the mailbox.");
    Server server = stored.mailbox().server();
    if (server != null) return own(account, stored, server);
    return of(account, login(account), stored);
  }

  /** With a renewed token, after one that should have been good was refused. */
  Optional<Where> again(Account account, Where refused, MailboxRows.Stored stored)
      throws CannotRead {
    Login login =
        switch (refused) {
          case Where.Graph graph -> graph.login();
          case Where.Gmail gmail -> gmail.login();
          case Where.Imap imap when imap.token() ->
              new Login.Smtp(
                  imap.host(),
                  imap.port(),
                  imap.security(),
                  new Login.Credentials.Token(imap.user(), imap.secret()));
          case Where.Imap _, Where.Exchange _ -> null;
        };
    if (login == null) return Optional.empty();
    try {
      Optional<Login> other = accounts.loginAgain(account, login);
      return other.isEmpty() ? Optional.empty() : Optional.of(of(account, other.get(), stored));
    } catch (AccountUnusable trouble) {
      throw unusable(trouble);
    }
  }

  private Where of(Account account, Login login, MailboxRows.Stored stored) throws CannotRead {
    var folders = folders(stored.mailbox());
    return switch (login) {
      case Login.Graph graph -> new Where.Graph(graph, folders);
      case Login.Gmail gmail -> new Where.Gmail(gmail, folders);
      case Login.Ews ews -> new Where.Exchange(ews, folders);
      case Login.Smtp smtp when smtp.credentials() instanceof Login.Credentials.Token token ->
          byToken(account, token, folders);
      default ->
          throw new CannotRead(
              Trouble.Kind.OTHER, "Say on which IMAP server the mailbox of this account is.");
    };
  }

  private Where byToken(Account account, Login.Credentials.Token token, Where.Folders folders) {
    Providers.Server server =
        account.connection() instanceof Connection.Google
            ? providers.googleImap()
            : providers.microsoftImap();
    return new Where.Imap(
        server.host(),
        server.port(),
        server.security(),
        token.user(),
        token.accessToken(),
        true,
        folders);
  }

  private Where own(Account account, MailboxRows.Stored stored, Server server) throws CannotRead {
    String user = server.username();
    if (user == null) user = ofSending(account).user();
    String sealed = stored.password();
    String password = sealed == null ? ofSending(account).password() : opened(account, sealed);
    return new Where.Imap(
        server.host(),
        server.port(),
        server.security(),
        user,
        password,
        false,
        folders(stored.mailbox()));
  }

  private Login.Credentials.Password ofSending(Account account) throws CannotRead {
    return switch (login(account)) {
      case Login.Smtp smtp when smtp.credentials() instanceof Login.Credentials.Password password ->
          password;
      case Login.Ews ews -> new Login.Credentials.Password(ews.user(), ews.password());
      default ->
          throw new CannotRead(
              Trouble.Kind.SIGN_IN,
              "The account sends without a password. Enter user name and password for reading.");
    };
  }

  private Login login(Account account) throws CannotRead {
    try {
      return accounts.login(account);
    } catch (AccountUnusable trouble) {
      throw unusable(trouble);
    }
  }

  private static CannotRead unusable(AccountUnusable trouble) {
    return new CannotRead(Trouble.Kind.SIGN_IN, String.valueOf(trouble.getMessage()));
  }

  private String opened(Account account, String sealed) throws CannotRead {
    try {
      return secrets.open(place(account.company(), account.id()), sealed);
    } catch (CannotOpen closed) {
      throw new CannotRead(
          Trouble.Kind.SIGN_IN, "The password for reading cannot be used. " + closed.getMessage());
    }
  }

  String sealed(String company, String account, String password) {
    return secrets.seal(place(company, account), password);
  }

  private static Where.Folders folders(ReadMailbox mailbox) {
    return new Where.Folders(mailbox.folder(), mailbox.junk(), mailbox.markRead());
  }

  static @Nullable Server keep(@Nullable Server server, boolean ownPassword) {
    return server == null
        ? null
        : new Server(
            server.host(), server.port(), server.security(), server.username(), ownPassword);
  }
}
