package org.postroom.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.postroom.db.Settings;

/** Whose certificates we believe: the system's authorities and those the installation adds. */
public final class Trust {
  private final SSLContext context;
  private final SSLSocketFactory sockets;

  private Trust(SSLContext context) {
    this.context = context;
    this.sockets = context.getSocketFactory();
  }

  /** What this installation trusts: the runtime's authorities and those it was told to add. */
  public static Trust of(Settings settings) {
    return settings
        .get(Settings.Name.POSTROOM_TRUSTED_CERTIFICATES)
        .map(file -> withAlso(Path.of(file)))
        .orElseGet(Trust::ofSystem);
  }

  /** What the Java runtime trusts. */
  public static Trust ofSystem() {
    return withAlso(List.of());
  }

  /** What the Java runtime trusts and these. */
  public static Trust withAlso(Collection<? extends Certificate> further) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, telling(managers(anchors(further))), null);
      return new Trust(context);
    } catch (GeneralSecurityException | IOException failure) {
      throw new IllegalStateException("TLS cannot be set up on this Java runtime.", failure);
    }
  }

  /** What the Java runtime trusts and the certificates of a PEM file. */
  public static Trust withAlso(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) throw new IOException("it holds no certificate");
      return withAlso(found);
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalStateException(
          "POSTROOM_TRUSTED_CERTIFICATES names "
              + pem
              + ", which is not a readable PEM file of certificates: "
              + failure.getMessage(),
          failure);
    }
  }

  public SSLSocketFactory sockets() {
    return sockets;
  }

  public SSLContext context() {
    return context;
  }

  private static TrustManager[] telling(TrustManagerFactory factory) {
    TrustManager[] managers = factory.getTrustManagers();
    for (int i = 0; i < managers.length; i++)
      if (managers[i] instanceof X509ExtendedTrustManager extended)
        managers[i] = new TellingTrust(extended);
    return managers;
  }

  private static KeyStore anchors(Collection<? extends Certificate> further)
      throws GeneralSecurityException, IOException {
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    int count = 0;
    for (X509Certificate known : ofRuntime()) anchors.setCertificateEntry("r" + count++, known);
    for (Certificate added : further) anchors.setCertificateEntry("a" + count++, added);
    return anchors;
  }

  private static X509Certificate[] ofRuntime() throws GeneralSecurityException {
    for (var manager : managers(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) return x509.getAcceptedIssuers();
    }
    return new X509Certificate[0];
  }

  private static TrustManagerFactory managers(@org.jspecify.annotations.Nullable KeyStore anchors)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    return factory;
  }
}
