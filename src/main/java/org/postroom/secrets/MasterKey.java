package org.postroom.secrets;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that wraps data keys.
 *
 * @param id tells keys apart and gives nothing away: the start of a hash of the key
 */
record MasterKey(String id, SecretKey key) {
  static final int BYTES = 32;

  static MasterKey fresh() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return of(bytes);
  }

  static MasterKey of(byte[] bytes) {
    return new MasterKey(idOf(bytes), new SecretKeySpec(bytes, "AES"));
  }

  /** From base64 of exactly 32 bytes; where it came from is for the error only. */
  static MasterKey parse(String base64, String source) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw new IllegalStateException("The key in " + source + " is not base64.", notBase64);
    }
    if (bytes.length != BYTES) {
      throw new IllegalStateException(
          "The key in " + source + " has " + bytes.length + " bytes; it must have 32.");
    }
    return of(bytes);
  }

  /** The key itself, for the key file and nothing else. */
  String base64() {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  private static String idOf(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("postroom key id".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(bytes), 6));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String toString() {
    return "MasterKey[" + id + "]";
  }
}
