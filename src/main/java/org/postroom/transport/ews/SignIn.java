package org.postroom.transport.ews;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;

/**
 * Proves who we are, over one connection. NTLM where the server offers it, Basic where it offers
 * nothing better. The password goes to the account's own address only: redirects are not followed.
 */
final class SignIn {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Credentials credentials;
  private final String host;
  private final Server server;
  private @Nullable Way way;
  private boolean known;

  SignIn(Credentials credentials, String host, Server server) {
    this.credentials = credentials;
    this.host = host;
    this.server = server;
  }

  private enum Way {
    NONE,
    BASIC,
    NTLM,
    NEGOTIATE
  }

  /** An empty request, so that nothing is sent twice; the answer to it. */
  interface Knock {
    HttpAnswer with(@Nullable String authorization) throws Stopped;

    /** Of the connection in use; null over plain HTTP. */
    @Nullable X509Certificate certificate();
  }

  /** What the next request must carry; null: nothing. */
  @Nullable String header(Knock knock) throws Stopped {
    if (way == null) way = choose(knock.with(null));
    return switch (way) {
      case NONE -> null;
      case BASIC -> credentials.basic();
      case NTLM -> known && !server.forgetsUs ? null : handshake("NTLM", knock);
      case NEGOTIATE -> known && !server.forgetsUs ? null : handshake("Negotiate", knock);
    };
  }

  /** The connection's sign-in holds from now on. */
  void accepted() {
    known = true;
  }

  /** Another connection: it knows nobody. */
  void forget() {
    known = false;
  }

  /** The server knew us over this connection, as NTLM does, and may have forgotten. */
  boolean mayBeForgotten() {
    return known && (way == Way.NTLM || way == Way.NEGOTIATE);
  }

  String evidence(boolean secured) {
    if (way == Way.NONE) return "the server asked for no sign-in";
    boolean ntlm = way == Way.NTLM || way == Way.NEGOTIATE;
    String how = ntlm ? "NTLMv2" + (secured ? " bound to the TLS connection" : "") : "Basic";
    return how + " as " + credentials.name();
  }

  private static Way choose(HttpAnswer answer) throws Stopped {
    List<String> offers = answer.offers();
    if (answer.status() != 401) {
      // An empty request that is understood, or only found empty: nobody asks who we are.
      boolean open = answer.status() < 300 || List.of(400, 411, 500).contains(answer.status());
      if (open) return Way.NONE;
      throw new Stopped(EwsTrouble.status(Stage.AUTHENTICATE, answer, false, false));
    }
    if (offers.contains("ntlm")) return Way.NTLM;
    if (offers.contains("negotiate")) return Way.NEGOTIATE;
    if (offers.contains("basic")) return Way.BASIC;
    throw new Stopped(EwsTrouble.refused(answer));
  }

  private String handshake(String scheme, Knock knock) throws Stopped {
    X509Certificate certificate = knock.certificate();
    byte[] binding = certificate == null ? null : ChannelBinding.of(certificate);
    var ntlm = new Ntlm(credentials, host, binding, SignIn::random);
    HttpAnswer answer = knock.with(scheme + " " + base64(ntlm.negotiate()));
    String token = token(answer, scheme);
    if (answer.status() != 401 || token == null) throw noChallenge(answer);
    if (answer.closes()) throw broken("it closed the connection in the middle of it");
    try {
      var challenge = NtlmChallenge.of(Base64.getDecoder().decode(token));
      return scheme + " " + base64(ntlm.authenticate(challenge));
    } catch (IllegalArgumentException unusable) {
      throw broken(String.valueOf(unusable.getMessage()));
    }
  }

  /** What stands behind the name of the scheme; null where nothing does. */
  private static @Nullable String token(HttpAnswer answer, String scheme) {
    return answer.all("www-authenticate").stream()
        .map(line -> line.strip().split("\\s+", 2))
        .filter(parts -> parts.length == 2 && parts[0].equalsIgnoreCase(scheme))
        .map(parts -> parts[1].strip())
        .findFirst()
        .orElse(null);
  }

  private static Stopped noChallenge(HttpAnswer answer) {
    return new Stopped(EwsTrouble.status(Stage.AUTHENTICATE, answer, false, false));
  }

  private static Stopped broken(String what) {
    Reply reply = Reply.none("The server began an NTLM sign-in, but " + what + ".");
    return new Stopped(EwsTrouble.account(FailureKind.PROTOCOL_BROKEN, Stage.AUTHENTICATE, reply));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
