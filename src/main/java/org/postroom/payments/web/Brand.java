package org.postroom.payments.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.postroom.access.Accent;
import org.postroom.access.Company;

/**
 * How a company's public pages look. Its colours are the one style that stands in the page itself;
 * the content security policy names it by its hash, so no other can.
 */
record Brand(String style) {
  private static final String POLICY =
      "default-src 'none'; style-src 'self' 'sha256-%s'; img-src 'self' data:; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  static Brand of(Company company) {
    return of(company.colour());
  }

  /** For pages of nobody in particular. */
  static Brand none() {
    return of("");
  }

  private static Brand of(String colour) {
    Accent accent = Accent.of(colour);
    return new Brand(":root{--accent:" + accent.ink() + ";--tint:" + accent.tint() + "}");
  }

  String policy() {
    return POLICY.formatted(hash(style));
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
