package org.postroom.transport.smtp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Login;
import org.postroom.transport.Login.Credentials;
import org.postroom.transport.wire.Fingerprint;

/**
 * Which connections may be shared: same server, same user, same secret. The secret stands as a
 * fingerprint keyed for this process, so that a heap dump of keys reveals nothing.
 */
record LoginKey(String host, int port, Login.Security security, String user, String fingerprint) {
  static LoginKey of(Login.Smtp login) {
    return new LoginKey(
        login.host().toLowerCase(Locale.ROOT),
        login.port(),
        login.security(),
        user(login.credentials()),
        fingerprint(login.credentials()));
  }

  private static String user(@Nullable Credentials credentials) {
    return switch (credentials) {
      case null -> "";
      case Credentials.Password password -> password.user();
      case Credentials.Token token -> token.user();
    };
  }

  private static String fingerprint(@Nullable Credentials credentials) {
    return switch (credentials) {
      case null -> "";
      case Credentials.Password password -> Fingerprint.of("p" + password.password());
      case Credentials.Token token -> Fingerprint.of("t" + token.accessToken());
    };
  }
}
