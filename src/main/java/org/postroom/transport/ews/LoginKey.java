package org.postroom.transport.ews;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Login;

/**
 * Which connections may be shared: same server, user, secret and mailbox. The secret stands as a
 * fingerprint keyed for this process, so that a heap dump of keys reveals nothing.
 */
record LoginKey(
    URI uri, @Nullable String domain, String user, @Nullable String mailbox, String fingerprint) {
  private static final SecretKeySpec KEY = key();

  static LoginKey of(Login.Ews login) {
    return new LoginKey(
        login.uri(), login.domain(), login.user(), login.mailbox(), digest(login.password()));
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
