package org.postroom.ingress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** AUTH PLAIN (RFC 4616) and LOGIN: what the client says until its password is known. */
final class SignIn {
  private final Wire wire;

  SignIn(Wire wire) {
    this.wire = wire;
  }

  /** The password: an API key. The user name may be anything. */
  String password(String argument) throws IOException, Wire.BareLineEnd, Refused {
    String[] words = argument.split(" +", 2);
    String initial = words.length > 1 ? words[1].strip() : null;
    return switch (words[0].toUpperCase(Locale.ROOT)) {
      case "PLAIN" -> plain(initial == null ? ask("") : answer(initial));
      case "LOGIN" -> login(initial);
      default -> throw new Refused(504, "5.5.4 Sign in with PLAIN or LOGIN");
    };
  }

  /** Authorization identity, user name, password, each after a NUL. */
  private static String plain(String said) throws Refused {
    String[] parts = said.split("\0", -1);
    if (parts.length != 3) throw new Refused(501, "5.5.2 This is not what PLAIN sends");
    return parts[2];
  }

  private String login(@Nullable String user) throws IOException, Wire.BareLineEnd, Refused {
    if (user == null) ask("Username:");
    else answer(user);
    return ask("Password:");
  }

  private String ask(String question) throws IOException, Wire.BareLineEnd, Refused {
    String encoded =
        Base64.getEncoder().encodeToString(question.getBytes(StandardCharsets.US_ASCII));
    wire.put(("334 " + encoded + "\r\n").getBytes(StandardCharsets.US_ASCII));
    String line = wire.line(Bounds.SIGN_IN_LINE);
    if (line == null) throw new Refused(500, "5.5.6 The line is too long");
    if (line.strip().equals("*")) throw new Refused(501, "5.7.0 Signing in was cancelled");
    return answer(line.strip());
  }

  /** RFC 4954 4: a single equals sign is an empty initial response. */
  private static String answer(String base64) throws Refused {
    if (base64.equals("=")) return "";
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw new Refused(501, "5.5.2 This is not base64");
    }
  }
}
