package org.postroom.payments;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of what providers tell, {@code t=1763715600,v1=…}: HMAC-SHA256 in hex over the moment
 * (Unix seconds), a dot and the body as it came. Several {@code v1} may stand there while a secret
 * is changed. Stripe's scheme, and ours for other gateways.
 */
public final class HookSignature {
  /** How far the moment may be from ours, into both directions. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final int LONGEST = 4000;
  private static final int MOST = 20;

  private HookSignature() {}

  /** What is wrong, as a sentence for whoever sent it; null where one of the secrets signed it. */
  public static @Nullable String trouble(
      @Nullable String header, byte[] body, List<String> secrets, Instant now) {
    if (header == null || header.isBlank()) return "The signature is missing.";
    if (header.length() > LONGEST) return "The signature is too long.";
    String moment = null;
    List<byte[]> given = new ArrayList<>();
    for (String part : header.split(",", -1)) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length == 2 && pair[0].equals("t")) moment = pair[1];
      if (pair.length == 2 && pair[0].equals("v1") && given.size() < MOST)
        given.add(pair[1].getBytes(StandardCharsets.UTF_8));
    }
    if (moment == null || !moment.matches("[0-9]{1,11}") || given.isEmpty())
      return "The signature is not of the form t=…,v1=….";
    if (!isSigned(moment, body, secrets, given))
      return "The signature does not fit: is this address's signing secret entered?";
    Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(moment)), now).abs();
    return off.compareTo(TOLERANCE) <= 0
        ? null
        : "The signature is " + off.toMinutes() + " minutes off our clock; 5 are accepted.";
  }

  /** Every combination is compared, however the first ones end. */
  private static boolean isSigned(
      String moment, byte[] body, List<String> secrets, List<byte[]> given) {
    boolean signed = false;
    for (String secret : secrets) {
      byte[] right = of(secret, moment, body).getBytes(StandardCharsets.UTF_8);
      for (byte[] each : given) signed |= MessageDigest.isEqual(right, each);
    }
    return signed;
  }

  private static String of(String secret, String moment, byte[] body) {
    byte[] start = (moment + ".").getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[start.length + body.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    return hmac(secret, whole);
  }

  /** HMAC-SHA256 in hex. */
  public static String hmac(String secret, byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(content));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
