package org.postroom.ingress;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.postroom.mail.Address;

/** What makes two messages the same one handed in twice: sender, recipients, and every octet. */
final class Fingerprint {
  private Fingerprint() {}

  static String of(Arrival arrival) {
    MessageDigest digest = sha256();
    Address sender = arrival.sender();
    digest.update(bytes(sender == null ? "" : sender.key()));
    arrival.recipients().stream()
        .map(Address::key)
        .sorted()
        .forEach(key -> digest.update(bytes("\n" + key)));
    digest.update(bytes("\n\n"));
    digest.update(arrival.content().octets(), 0, arrival.content().length());
    return HexFormat.of().formatHex(digest.digest(), 0, 20);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
