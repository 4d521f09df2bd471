package org.postroom.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether a text is one that was known before, to nobody but who has the master key, and
 * gives neither of them away: HMAC-SHA-256 (RFC 2104) under a key that a master key makes for one
 * purpose.
 */
public final class Fingerprints {
  private static final String MAC = "HmacSHA256";
  private final String keyId;
  private final SecretKey key;

  Fingerprints(MasterKey master, String purpose) {
    this.keyId = master.id();
    byte[] text = ("postroom fingerprints " + purpose).getBytes(StandardCharsets.UTF_8);
    this.key = new SecretKeySpec(mac(master.key(), text), MAC);
  }

  /** Which master key they are made of. */
  public String keyId() {
    return keyId;
  }

  /**
   * 43 characters of base64url. Parts are told apart by their place, so none holds a line break.
   */
  public String of(String... parts) {
    byte[] text = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(key, text));
  }

  private static byte[] mac(SecretKey key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(text);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
