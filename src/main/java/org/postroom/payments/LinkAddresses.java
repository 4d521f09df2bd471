package org.postroom.payments;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postroom.db.Settings;
import org.postroom.http.Problem;
import org.postroom.secrets.Secrets;
import org.springframework.stereotype.Component;

/** Tokens nobody can guess, and the addresses they stand in. */
@Component
class LinkAddresses {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final SecureRandom RANDOM = new SecureRandom();
  private final Secrets secrets;
  private final Settings settings;

  LinkAddresses(Secrets secrets, Settings settings) {
    this.secrets = secrets;
    this.settings = settings;
  }

  /** Whether customers could reach a link at all. */
  boolean reachable() {
    return base().isPresent();
  }

  void checkReachable() {
    if (!reachable())
      throw Problem.invalid(
          "",
          "no_public_url",
          "Customers cannot reach this installation: whoever runs it must set POSTROOM_PUBLIC_URL"
              + " to its public address first.");
  }

  String url(PaymentLink.Kind kind, String token) {
    String page = kind == PaymentLink.Kind.APPROVAL ? "/approve/" : "/pay/";
    checkReachable();
    return base().orElseThrow() + page + token;
  }

  static String token() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What a token is looked up by; empty for what cannot be one. */
  static Optional<String> hash(String token) {
    return TOKEN.matcher(token).matches() ? Optional.of(sha256(token)) : Optional.empty();
  }

  String seal(String company, String id, String token) {
    return secrets.seal(place(company, id), token);
  }

  String open(String company, String id, String sealed) {
    return secrets.open(place(company, id), sealed);
  }

  private Optional<String> base() {
    return settings
        .get(Settings.Name.POSTROOM_PUBLIC_URL)
        .map(url -> url.replaceAll("/+$", ""))
        .filter(url -> !url.isEmpty());
  }

  private static String place(String company, String id) {
    return Secrets.place("payment_links", company, id, "token");
  }

  private static String sha256(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
