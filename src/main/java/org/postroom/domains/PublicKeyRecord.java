package org.postroom.domains;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A published DKIM key (RFC 6376 3.6.1, RFC 8463).
 *
 * @param bits of an RSA key; 256 for Ed25519
 * @param trouble why receivers cannot use it, as a sentence; null where they can
 */
record PublicKeyRecord(String text, int bits, boolean testing, @Nullable String trouble) {

  static PublicKeyRecord read(String text) {
    Optional<Map<String, String>> tags = Tags.read(text);
    if (tags.isEmpty()) return wrong(text, "The record is no list of tags.");
    Map<String, String> all = tags.get();
    if (!all.getOrDefault("v", "DKIM1").equals("DKIM1"))
      return wrong(text, "The record is of an unknown version.");
    String key = all.get("p");
    if (key == null) return wrong(text, "The record holds no key (p= is missing).");
    key = key.replaceAll("\\s", "");
    if (key.isEmpty()) return wrong(text, "The key was withdrawn (p= is empty).");
    if (!allows(all.get("h"), "sha256"))
      return wrong(text, "The record does not allow SHA-256 (h=).");
    if (!allows(all.get("s"), "email")) return wrong(text, "The key is not for mail (s=).");
    boolean testing = Arrays.asList(all.getOrDefault("t", "").split(":")).contains("y");
    return key(text, all.getOrDefault("k", "rsa").toLowerCase(Locale.ROOT), key, testing);
  }

  private static PublicKeyRecord key(String text, String kind, String key, boolean testing) {
    try {
      byte[] bytes = Base64.getDecoder().decode(key);
      if (kind.equals("ed25519"))
        return bytes.length == 32
            ? new PublicKeyRecord(text, 256, testing, null)
            : wrong(text, "The Ed25519 key is not 32 bytes long.");
      if (!kind.equals("rsa")) return wrong(text, "Keys of kind " + kind + " are unknown.");
      var rsa =
          (RSAPublicKey)
              KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(bytes));
      int bits = rsa.getModulus().bitLength();
      return bits < 1024
          ? new PublicKeyRecord(
              text, bits, testing, "The key has only " + bits + " bits: receivers refuse it.")
          : new PublicKeyRecord(text, bits, testing, null);
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      return wrong(text, "The key in the record cannot be read: it was cut or mistyped.");
    }
  }

  private static boolean allows(@Nullable String list, String word) {
    if (list == null) return true;
    return Arrays.stream(list.split(":"))
        .map(String::strip)
        .anyMatch(each -> each.equals(word) || each.equals("*"));
  }

  private static PublicKeyRecord wrong(String text, String why) {
    return new PublicKeyRecord(text, 0, false, why);
  }
}
