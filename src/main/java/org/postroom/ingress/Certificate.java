package org.postroom.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;

/** What we show programs that ask for TLS: the operator's certificate, or one of our own making. */
final class Certificate {
  private static final char[] NO_SECRET = "postroom".toCharArray(); // the file's rights protect it
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private Certificate() {}

  static SSLContext context(Settings settings, String name) {
    Optional<String> file = settings.get(Name.POSTROOM_SMTP_INGRESS_CERTIFICATE);
    try {
      KeyStore store =
          file.isPresent()
              ? given(Path.of(file.get()), settings)
              : SelfMade.keptIn(settings.home(), name, NO_SECRET);
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_SECRET);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException failure) {
      throw new IllegalStateException(
          "The certificate for programs that speak SMTP cannot be used: " + failure.getMessage(),
          failure);
    }
  }

  static KeyStore given(Path file, Settings settings) throws GeneralSecurityException, IOException {
    String keyFile =
        settings
            .get(Name.POSTROOM_SMTP_INGRESS_CERTIFICATE_KEY)
            .orElseThrow(
                () -> new IOException(Name.POSTROOM_SMTP_INGRESS_CERTIFICATE_KEY + " is not set"));
    try (InputStream in = Files.newInputStream(file)) {
      var chain = CertificateFactory.getInstance("X.509").generateCertificates(in);
      X509Certificate[] certificates = chain.toArray(X509Certificate[]::new);
      if (certificates.length == 0) throw new IOException(file + " holds no certificate");
      String algorithm = certificates[0].getPublicKey().getAlgorithm();
      KeyStore store = SelfMade.empty();
      PrivateKey key = key(Path.of(keyFile), algorithm);
      if (!belongs(key, certificates[0]))
        throw new IOException(keyFile + " is not the key of the certificate in " + file);
      store.setKeyEntry("ingress", key, NO_SECRET, certificates);
      return store;
    }
  }

  /** What the one signs, the other must confirm. */
  private static boolean belongs(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    var signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(certificate.getEncoded());
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(certificate.getEncoded());
    return signature.verify(signed);
  }

  private static PrivateKey key(Path file, String algorithm)
      throws GeneralSecurityException, IOException {
    Matcher pem = KEY.matcher(Files.readString(file));
    if (!pem.find())
      throw new IOException(
          file + " holds no private key in PKCS #8 (openssl pkcs8 -topk8 -nocrypt makes one)");
    byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }
}
