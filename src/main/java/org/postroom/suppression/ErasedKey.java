package org.postroom.suppression;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What is left of an address that somebody asked to be erased: whether it is still blocked can be
 * asked of it, who it was cannot be read from it.
 */
final class ErasedKey {
  private ErasedKey() {}

  static String of(String company, String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((company + "\n" + key).getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
