package org.postroom.transport.smtp;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.postroom.net.TlsWords;
import org.postroom.net.Trust;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;
import org.postroom.transport.wire.Reach;

/** Makes a connection private, and says in plain words why it could not. */
final class Privacy {
  private final Trust trust;
  private final Patience patience;

  Privacy(Trust trust, Patience patience) {
    this.trust = trust;
    this.patience = patience;
  }

  /** Puts TLS on the connection; gives the evidence. */
  String secure(Wire wire, String host) throws Stopped {
    Duration limit = patience.command();
    try {
      return TlsWords.evidence(wire.secure(trust.sockets(), Reach.ascii(host), limit));
    } catch (IOException failure) {
      throw new Stopped(trouble(wire, host, failure), false);
    }
  }

  private static Trouble trouble(Wire wire, String host, IOException failure) {
    if (wire.timedOut(failure)) return SmtpTrouble.of(Stage.TLS, failure, true);
    String certificate = TlsWords.certificateTrouble(host, failure);
    if (certificate != null)
      return SmtpTrouble.account(
          FailureKind.CERTIFICATE_NOT_TRUSTED, Stage.TLS, Reply.none(certificate));
    return SmtpTrouble.account(FailureKind.TLS_FAILED, Stage.TLS, Reply.none(handshake(failure)));
  }

  private static String handshake(IOException failure) {
    String why = String.valueOf(failure.getMessage());
    if (why.toLowerCase(Locale.ROOT).contains("unrecognized ssl message"))
      return "The server answered without TLS; the port may expect STARTTLS (" + why + ").";
    if (failure instanceof SSLException) return "The encryption could not be agreed on: " + why;
    return "The connection broke while the encryption was set up: " + why;
  }
}
