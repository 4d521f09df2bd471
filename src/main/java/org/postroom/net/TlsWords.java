package org.postroom.net;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What TLS found, in plain words. */
public final class TlsWords {
  private TlsWords() {}

  /** Protocol, cipher and whose certificate it is. */
  public static String evidence(SSLSession session) {
    String way = session.getProtocol() + " " + session.getCipherSuite();
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? way
              + ", certificate "
              + certificate.getSubjectX500Principal().getName()
              + " until "
              + certificate.getNotAfter().toInstant()
          : way;
    } catch (SSLPeerUnverifiedException none) {
      return way;
    }
  }

  /** What is wrong with the certificate; null where it is something else. */
  public static @Nullable String certificateTrouble(String host, Throwable failure) {
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
}
