package org.postroom.transport.smtp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Login;
import org.postroom.transport.Login.Credentials;

/**
 * Which connections may be shared: same server, same user, same secret. The secret stands as a
 * fingerprint keyed for this process, so that a heap dump of keys reveals nothing.
 */
record LoginKey(String host, int port, Login.Security security, String user, String fingerprint) {
  private static final SecretKeySpec KEY = key();

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
      case Credentials.Password password -> digest("p" + password.password());
      case Credentials.Token token -> digest("t" + token.accessToken());
    };
  }

  private static String digest(String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(KEY);
      return HexFormat.of().formatHex(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static SecretKeySpec key() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new SecretKeySpec(key, "HmacSHA256");
  }
}
