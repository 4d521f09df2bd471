package org.postroom.secrets;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Seals keys with a password: PBKDF2-HMAC-SHA-512 (RFC 8018) makes the key, AES-GCM seals. Slow on
 * purpose, so that whoever has a copy of the database cannot try many passwords.
 *
 * <p>Text form: {@code p1:<salt>:<sealed>}, both in base64url.
 */
final class PasswordSeal {
  private static final String VERSION = "p1";
  private static final int ROUNDS = 210_000;
  private static final int SALT_BYTES = 16;
  private final String password;
  private @Nullable Derived derived;

  private record Derived(String salt, SecretKey key) {}

  PasswordSeal(String password) {
    this.password = password;
  }

  /** The same password, another salt. */
  PasswordSeal(PasswordSeal other) {
    this(other.password);
  }

  String close(String text) {
    Derived now = derived == null ? derive(freshSalt()) : derived;
    String context = VERSION + ":" + now.salt();
    byte[] sealed = AesGcm.encrypt(now.key(), text.getBytes(StandardCharsets.US_ASCII), context);
    return context + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  String open(String text) throws AEADBadTagException {
    String[] parts = text.split(":", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION))
      throw new IllegalStateException(
          "The nodes' key lies in the database in a form that this version does not know.");
    byte[] sealed = Base64.getUrlDecoder().decode(parts[2]);
    byte[] plain = AesGcm.decrypt(derive(parts[1]).key(), sealed, VERSION + ":" + parts[1]);
    return new String(plain, StandardCharsets.US_ASCII);
  }

  private synchronized Derived derive(String salt) {
    Derived known = derived;
    if (known != null && known.salt().equals(salt)) return known;
    SecretKey key =
        PasswordKey.withSha512(password, salt.getBytes(StandardCharsets.US_ASCII), ROUNDS);
    known = new Derived(salt, key);
    derived = known;
    return known;
  }

  private static String freshSalt() {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(salt);
  }
}
