package org.postroom.transport.smtp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login.Credentials;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;

/**
 * Proves who we are (RFC 4954): PLAIN (RFC 4616), LOGIN, CRAM-MD5 (RFC 2195) for passwords, XOAUTH2
 * for tokens.
 */
final class SignIn {
  /** RFC 4954 4: a longer initial response must wait for the 334. */
  private static final int MOST_AT_ONCE = 512 - 2;

  private final Session session;

  SignIn(Session session) {
    this.session = session;
  }

  /** Gives the evidence. */
  String with(Credentials credentials) throws Stopped {
    Set<String> offered = session.capabilities().mechanisms();
    String mechanism = choose(credentials, offered);
    if (mechanism == null) throw notOffered(offered);
    session.hide(secrets(credentials));
    try {
      Reply reply =
          switch (credentials) {
            case Credentials.Password password -> password(mechanism, password);
            case Credentials.Token token -> token(token);
          };
      if (reply.code() != 235) throw refused(reply);
      return mechanism + " as " + user(credentials) + ": " + reply.line();
    } finally {
      session.hide(List.of());
    }
  }

  /** In the clear the password itself must not be seen, where the server leaves a choice. */
  private @Nullable String choose(Credentials credentials, Set<String> offered) {
    List<String> wanted =
        switch (credentials) {
          case Credentials.Token _ -> List.of("XOAUTH2");
          case Credentials.Password _ ->
              session.wire().secured()
                  ? List.of("PLAIN", "LOGIN", "CRAM-MD5")
                  : List.of("CRAM-MD5", "PLAIN", "LOGIN");
        };
    return wanted.stream().filter(offered::contains).findFirst().orElse(null);
  }

  private Reply password(String mechanism, Credentials.Password password) throws Stopped {
    return switch (mechanism) {
      case "PLAIN" -> start("PLAIN", "\0" + password.user() + "\0" + password.password());
      case "LOGIN" -> login(password);
      default -> cramMd5(password);
    };
  }

  private Reply login(Credentials.Password password) throws Stopped {
    Reply reply = session.ask("AUTH LOGIN", Stage.AUTHENTICATE);
    if (reply.code() != 334) return reply;
    reply = answer(base64(password.user()));
    return reply.code() == 334 ? answer(base64(password.password())) : reply;
  }

  private Reply cramMd5(Credentials.Password password) throws Stopped {
    Reply reply = session.ask("AUTH CRAM-MD5", Stage.AUTHENTICATE);
    if (reply.code() != 334) return reply;
    byte[] challenge;
    try {
      challenge = Base64.getDecoder().decode(reply.text().strip());
    } catch (IllegalArgumentException garbled) {
      throw refused(new Reply(334, null, "The challenge is not base64: " + reply.text()));
    }
    String digest = hmacMd5(password.password().getBytes(StandardCharsets.UTF_8), challenge);
    return answer(base64(password.user() + " " + digest));
  }

  /** A refused token may come as 334 with the reason; an empty line brings the final reply. */
  private Reply token(Credentials.Token token) throws Stopped {
    Reply reply =
        start("XOAUTH2", "user=" + token.user() + "\1auth=Bearer " + token.accessToken() + "\1\1");
    if (reply.code() != 334) return reply;
    String reason = readable(reply.text());
    Reply last = answer("");
    return last.code() == 235
        ? last
        : new Reply(last.code(), last.enhanced(), (last.text() + "\n" + reason).strip());
  }

  private Reply start(String mechanism, String response) throws Stopped {
    String encoded = base64(response);
    String command = "AUTH " + mechanism;
    if (command.length() + 1 + encoded.length() <= MOST_AT_ONCE) {
      session.say(command + " " + encoded, command + " ****", Stage.AUTHENTICATE);
      session.flush(Stage.AUTHENTICATE);
      return hear();
    }
    Reply reply = session.ask(command, Stage.AUTHENTICATE);
    return reply.code() == 334 ? answer(encoded) : reply;
  }

  private Reply answer(String response) throws Stopped {
    session.say(response, response.isEmpty() ? "" : "****", Stage.AUTHENTICATE);
    session.flush(Stage.AUTHENTICATE);
    return hear();
  }

  private Reply hear() throws Stopped {
    return session.hear(Stage.AUTHENTICATE, session.patience().command());
  }

  private static Stopped refused(Reply reply) {
    return new Stopped(SmtpTrouble.of(Stage.AUTHENTICATE, reply), true);
  }

  private static Stopped notOffered(Set<String> offered) {
    String what =
        offered.isEmpty()
            ? "The server offers no sign-in here."
            : "The server offers only "
                + String.join(", ", offered.stream().sorted().toList())
                + ".";
    return new Stopped(
        SmtpTrouble.account(FailureKind.SIGN_IN_NOT_OFFERED, Stage.AUTHENTICATE, Reply.none(what)),
        false);
  }

  /** What must not appear in a log even if a server repeats it to us. */
  private static List<String> secrets(Credentials credentials) {
    return switch (credentials) {
      case Credentials.Password p ->
          List.of(
              p.password(), base64(p.password()), base64("\0" + p.user() + "\0" + p.password()));
      case Credentials.Token t ->
          List.of(
              t.accessToken(),
              base64("user=" + t.user() + "\1auth=Bearer " + t.accessToken() + "\1\1"));
    };
  }

  private static String user(Credentials credentials) {
    return switch (credentials) {
      case Credentials.Password password -> password.user();
      case Credentials.Token token -> token.user();
    };
  }

  private static String readable(String base64) {
    try {
      byte[] json = Base64.getDecoder().decode(base64.strip());
      return new String(json, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
    } catch (IllegalArgumentException notBase64) {
      return base64;
    }
  }

  private static String hmacMd5(byte[] password, byte[] challenge) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacMD5"));
      return HexFormat.of().formatHex(mac.doFinal(challenge));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
