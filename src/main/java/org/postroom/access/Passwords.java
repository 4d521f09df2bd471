package org.postroom.access;

import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Hashes passwords with Argon2id. Each hash takes 16 MB, so only a few run at once. */
final class Passwords {
  private static final int SHORTEST = 12;
  private static final int LONGEST = 200;
  private static final Semaphore AT_ONCE = new Semaphore(4, true);
  private static final PasswordEncoder ENCODER =
      new DelegatingPasswordEncoder(
          "argon2", Map.of("argon2", Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
  // Somebody who does not exist costs as much time as somebody who does.
  private static final String NOBODY = encode("nobody has this password");

  private Passwords() {}

  static String hash(String password, String pointer) {
    check(password, pointer);
    return encode(password);
  }

  static void check(String password, String pointer) {
    if (password.codePointCount(0, password.length()) < SHORTEST)
      throw Problem.invalid(
          pointer, "too_short", "The password needs at least " + SHORTEST + " characters.");
    if (password.length() > LONGEST)
      throw Problem.invalid(
          pointer, "too_long", "The password may have at most " + LONGEST + " characters.");
    if (password.chars().distinct().count() < 5)
      throw Problem.invalid(
          pointer, "too_simple", "The password repeats too few characters. Try a few words.");
  }

  static boolean matches(String password, @Nullable String hash) {
    if (password.length() > LONGEST) return false;
    AT_ONCE.acquireUninterruptibly();
    try {
      boolean right = ENCODER.matches(password, hash == null ? NOBODY : hash);
      return right && hash != null;
    } finally {
      AT_ONCE.release();
    }
  }

  private static String encode(String password) {
    AT_ONCE.acquireUninterruptibly();
    try {
      return java.util.Objects.requireNonNull(ENCODER.encode(password));
    } finally {
      AT_ONCE.release();
    }
  }
}
