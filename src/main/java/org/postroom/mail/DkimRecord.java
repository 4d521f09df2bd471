package org.postroom.mail;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A public key as it stands in the DNS, at {@code selector._domainkey.domain} (RFC 6376 3.6.1).
 *
 * @param key base64: a SubjectPublicKeyInfo for RSA, the bare 32 bytes for Ed25519 (RFC 8463 4.2)
 */
public record DkimRecord(DkimKey.Algorithm algorithm, String key) {

  static DkimRecord of(DkimKey.Algorithm algorithm, PublicKey key) {
    byte[] encoded = key.getEncoded();
    byte[] bare =
        algorithm == DkimKey.Algorithm.RSA
            ? encoded
            : Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new DkimRecord(algorithm, Base64.getEncoder().encodeToString(bare));
  }

  /** The value to publish. */
  public String text() {
    return "v=DKIM1; k=" + algorithm.keyType() + "; p=" + key;
  }

  /**
   * Whether those who verify our signatures find this key in what is published: tags may stand in
   * any order and with any white space, and may be left out where they say nothing new.
   */
  public boolean isPublishedAs(String text) {
    Map<String, String> tags = tags(text);
    if (tags == null) return false;
    String type = tags.getOrDefault("k", "rsa").toLowerCase(Locale.ROOT);
    String published = tags.getOrDefault("p", "").replaceAll("[ \t\r\n]", "");
    return tags.getOrDefault("v", "DKIM1").equals("DKIM1")
        && type.equals(algorithm.keyType())
        && published.equals(key)
        && names(tags.getOrDefault("h", "sha256"), List.of("sha256"))
        && names(tags.getOrDefault("s", "*"), List.of("*", "email"));
  }

  private static boolean names(String list, List<String> wanted) {
    return Arrays.stream(list.split(":")).anyMatch(each -> wanted.contains(each.strip()));
  }

  /** Null for what is no list of tags: a tag that stands twice makes it none (RFC 6376 3.2). */
  private static @Nullable Map<String, String> tags(String text) {
    Map<String, String> tags = new HashMap<>();
    for (String one : text.split(";")) {
      if (one.isBlank()) continue;
      int equals = one.indexOf('=');
      if (equals < 0) return null;
      String name = one.substring(0, equals).strip();
      if (tags.put(name, one.substring(equals + 1).strip()) != null) return null;
    }
    return tags;
  }
}
