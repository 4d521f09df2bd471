package org.postroom.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** What nobody can guess, and what is kept of it. */
final class Token {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String FORM = "[A-Za-z0-9_-]{43}";

  private Token() {}

  /** 256 random bits that need no escaping in addresses. */
  static String next() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether this can have come from here: what cannot need not be looked for. */
  static boolean canBe(String text) {
    return text.matches(FORM);
  }

  /** What is kept: 256 random bits need no slow hash. */
  static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
