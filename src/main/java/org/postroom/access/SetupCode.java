package org.postroom.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.postroom.http.Problem;

/**
 * The code that proves that whoever sets up can read the log of one of the nodes. 60 random bits,
 * and after 20 wrong tries at a node only its restart gives another chance.
 */
final class SetupCode {
  private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final int MOST_TRIES = 20;
  private final String text;
  private final AtomicInteger wrong = new AtomicInteger();

  SetupCode(String text) {
    this.text = text;
  }

  static String fresh() {
    var random = new SecureRandom();
    var made = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      if (i > 0 && i % 4 == 0) made.append('-');
      made.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return made.toString();
  }

  String text() {
    return text;
  }

  void check(String given) {
    if (wrong.get() >= MOST_TRIES)
      throw Problem.of(
          429, "locked", "Too many wrong codes. Restart Postroom, then look into its log.");
    if (isEqual(given)) return;
    wrong.incrementAndGet();
    throw Problem.invalid(
        "/code", "wrong", "This is not the code. Look for the line “give this code” in the log.");
  }

  private boolean isEqual(String given) {
    return MessageDigest.isEqual(
        bare(text).getBytes(StandardCharsets.UTF_8), bare(given).getBytes(StandardCharsets.UTF_8));
  }

  private static String bare(String code) {
    return code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
  }
}
