package org.postroom.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The server's side of AUTH: really checks. */
final class ScriptedSignIn {
  private static final String CHALLENGE = "<1896.697170952@scripted.example>";

  private final SmtpOffer offer;
  private final Asking asking;

  ScriptedSignIn(SmtpOffer offer, Asking asking) {
    this.offer = offer;
    this.asking = asking;
  }

  /** Says a line and gives the answer. */
  interface Asking {
    String ask(String line) throws IOException;
  }

  /** The user, or null where the proof failed. */
  @Nullable String check(String mechanism, String line) throws IOException {
    String[] words = line.split(" ");
    return switch (mechanism) {
      case "PLAIN" -> plain(initial(words));
      case "LOGIN" -> login();
      case "CRAM-MD5" -> cramMd5();
      case "XOAUTH2" -> token(initial(words));
      default -> null;
    };
  }

  private String initial(String[] words) throws IOException {
    return decoded(words.length > 2 ? words[2] : asking.ask("334 "));
  }

  private @Nullable String plain(String response) {
    String[] parts = response.split("\0", -1);
    return parts.length == 3 ? known(parts[1], parts[2]) : null;
  }

  private @Nullable String login() throws IOException {
    String user = decoded(asking.ask("334 VXNlcm5hbWU6"));
    return known(user, decoded(asking.ask("334 UGFzc3dvcmQ6")));
  }

  private @Nullable String cramMd5() throws IOException {
    String answer = decoded(asking.ask("334 " + encoded(CHALLENGE)));
    String user = answer.substring(0, answer.lastIndexOf(' '));
    String password = offer.passwords().get(user);
    if (password == null) return null;
    return answer.equals(user + " " + digest(password)) ? user : null;
  }

  private @Nullable String token(String response) throws IOException {
    String[] parts = response.split("\1", -1);
    String user = parts[0].substring("user=".length());
    String token = parts[1].substring("auth=Bearer ".length());
    if (token.equals(offer.tokens().get(user))) return user;
    String reason = "{\"status\":\"400\",\"schemes\":\"Bearer\"}";
    String empty = asking.ask("334 " + encoded(reason));
    if (!empty.isEmpty()) throw new IOException("The error challenge wants an empty line.");
    return null;
  }

  private @Nullable String known(String user, String password) {
    return password.equals(offer.passwords().get(user)) ? user : null;
  }

  private static String digest(String password) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacMD5"));
      return HexFormat.of().formatHex(mac.doFinal(CHALLENGE.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
