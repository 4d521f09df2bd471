package org.postroom.net;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides as the runtime does, but says more where it says no: which names the certificate is for,
 * and whether it signed itself. Without that nobody can tell a person what to do.
 */
final class TellingTrust extends X509ExtendedTrustManager {
  private static final int MOST_NAMES = 10;

  private final X509ExtendedTrustManager runtime;

  TellingTrust(X509ExtendedTrustManager runtime) {
    this.runtime = runtime;
  }

  private interface Check {
    void run() throws CertificateException;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    telling(chain, () -> runtime.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    telling(chain, () -> runtime.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    telling(chain, () -> runtime.checkServerTrusted(chain, type));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    runtime.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    runtime.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    runtime.checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return runtime.getAcceptedIssuers();
  }

  private static void telling(X509Certificate[] chain, Check check) throws CertificateException {
    try {
      check.run();
    } catch (CertificateException refused) {
      throw chain.length == 0 ? refused : told(chain, refused);
    }
  }

  private static CertificateException told(X509Certificate[] chain, CertificateException refused) {
    String why = String.valueOf(refused.getMessage());
    if (why.startsWith("No subject alternative") || why.startsWith("No name matching"))
      return new CertificateException(why + " The certificate is for: " + names(chain[0]));
    if (!unknownIssuer(refused) || !madeItself(chain)) return refused;
    String what = "self-made certificate, fingerprint (SHA-256) " + fingerprint(chain[0]);
    return new CertificateException(what, new CertPathBuilderException(what));
  }

  private static boolean unknownIssuer(Throwable refused) {
    for (Throwable cause = refused; cause != null; cause = cause.getCause())
      if (cause instanceof CertPathBuilderException) return true;
    return false;
  }

  private static boolean madeItself(X509Certificate[] chain) {
    return chain.length == 1
        && chain[0].getSubjectX500Principal().equals(chain[0].getIssuerX500Principal());
  }

  private static String names(X509Certificate certificate) {
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      if (all == null || all.isEmpty()) return certificate.getSubjectX500Principal().getName();
      return all.stream()
          .map(name -> String.valueOf(name.get(1)))
          .limit(MOST_NAMES)
          .collect(Collectors.joining(", "));
    } catch (CertificateParsingException unreadable) {
      return certificate.getSubjectX500Principal().getName();
    }
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException unreadable) {
      return "unreadable";
    }
  }
}
