package org.postroom.transport.smtp;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.postroom.net.Trust;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;

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
      return evidence(wire.secure(trust.sockets(), Dialer.ascii(host), limit));
    } catch (IOException failure) {
      throw new Stopped(trouble(wire, host, failure), false);
    }
  }

  private static Trouble trouble(Wire wire, String host, IOException failure) {
    if (wire.timedOut(failure)) return SmtpTrouble.of(Stage.TLS, failure, true);
    String certificate = certificateTrouble(host, failure);
    if (certificate != null)
      return SmtpTrouble.account(
          FailureKind.CERTIFICATE_NOT_TRUSTED, Stage.TLS, Reply.none(certificate));
    return SmtpTrouble.account(FailureKind.TLS_FAILED, Stage.TLS, Reply.none(handshake(failure)));
  }

  /** What is wrong with the certificate; null where it is something else. */
  private static @Nullable String certificateTrouble(String host, Throwable failure) {
    boolean certificate = failure instanceof SSLPeerUnverifiedException;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String why = String.valueOf(cause.getMessage());
      if (cause instanceof CertificateExpiredException)
        return "The certificate of " + host + " has expired (" + why + ").";
      if (cause instanceof CertificateNotYetValidException)
        return "The certificate of " + host + " is not valid yet (" + why + ").";
      if (why.startsWith("No subject alternative") || why.startsWith("No name matching"))
        return "The certificate belongs to another name than " + host + " (" + why + ").";
      if (cause instanceof CertPathBuilderException)
        return "The certificate of " + host + " comes from an issuer not known here (" + why + ").";
      certificate |= cause instanceof CertificateException;
    }
    return certificate
        ? "The certificate of " + host + " is not trusted (" + failure.getMessage() + ")."
        : null;
  }

  private static String handshake(IOException failure) {
    String why = String.valueOf(failure.getMessage());
    if (why.toLowerCase(Locale.ROOT).contains("unrecognized ssl message"))
      return "The server answered without TLS; the port may expect STARTTLS (" + why + ").";
    if (failure instanceof SSLException) return "The encryption could not be agreed on: " + why;
    return "The connection broke while the encryption was set up: " + why;
  }

  private static String evidence(SSLSession session) throws SSLPeerUnverifiedException {
    String way = session.getProtocol() + " " + session.getCipherSuite();
    for (Certificate first : session.getPeerCertificates()) {
      if (first instanceof X509Certificate certificate)
        return way
            + ", certificate "
            + certificate.getSubjectX500Principal().getName()
            + " until "
            + certificate.getNotAfter().toInstant();
    }
    return way;
  }
}
