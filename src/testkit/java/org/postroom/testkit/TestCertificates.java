package org.postroom.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A certificate authority made at run time, and servers' certificates signed by it. */
public final class TestCertificates {
  private static final char[] PASSWORD = "testkit".toCharArray();
  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private final KeyPair authorityKey;
  private final X509Certificate authority;
  private final KeyPair serverKey;
  private final X509Certificate server;

  private TestCertificates(List<String> names, Instant from, Instant until) {
    try {
      authorityKey = newKey();
      authority = sign("CN=Testkit Authority", authorityKey, List.of(), true, from, until);
      serverKey = newKey();
      server = sign("CN=" + names.getFirst(), serverKey, names, false, from, until);
    } catch (GeneralSecurityException | IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private TestCertificates(List<String> names) {
    Instant now = Instant.now();
    Instant until = now.plus(Duration.ofDays(30));
    try {
      authorityKey = newKey();
      serverKey = authorityKey;
      server = sign("CN=Testkit Authority", serverKey, names, false, now.minusSeconds(60), until);
      authority = server;
    } catch (GeneralSecurityException | IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Valid today for localhost and 127.0.0.1. */
  public static TestCertificates forLocalhost() {
    return forNames("localhost", "127.0.0.1");
  }

  /** Valid today for these names only. */
  public static TestCertificates forNames(String... names) {
    Instant now = Instant.now();
    return new TestCertificates(
        List.of(names), now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)));
  }

  /** For localhost, but it ended yesterday. */
  public static TestCertificates expired() {
    Instant now = Instant.now();
    return new TestCertificates(
        List.of("localhost", "127.0.0.1"),
        now.minus(Duration.ofDays(30)),
        now.minus(Duration.ofDays(1)));
  }

  /** Signed by itself, as a server's own tools make them. */
  public static TestCertificates selfMade(String... names) {
    return new TestCertificates(List.of(names));
  }

  /** What clients must trust to trust the server. */
  public X509Certificate authority() {
    return authority;
  }

  /** For the server's side of a connection. */
  public SSLContext serverContext() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      Certificate[] chain =
          server == authority ? new Certificate[] {server} : new Certificate[] {server, authority};
      store.setKeyEntry("server", serverKey.getPrivate(), PASSWORD, chain);
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Writes {@code server.pem}, {@code server.key} and {@code authority.pem} into the folder. */
  public void write(Path folder) {
    try {
      Files.writeString(folder.resolve("authority.pem"), pem(authority));
      Files.writeString(folder.resolve("server.pem"), pem(server) + pem(authority));
      Files.writeString(
          folder.resolve("server.key"), pem("PRIVATE KEY", serverKey.getPrivate().getEncoded()));
    } catch (GeneralSecurityException | IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private X509Certificate sign(
      String subject, KeyPair key, List<String> names, boolean ca, Instant from, Instant until)
      throws GeneralSecurityException, IOException {
    var body = new V3TBSCertificateGenerator();
    body.setSerialNumber(new ASN1Integer(BigInteger.valueOf(System.nanoTime() & Long.MAX_VALUE)));
    body.setIssuer(new X500Name("CN=Testkit Authority"));
    body.setSubject(new X500Name(subject));
    body.setStartDate(new Time(Date.from(from)));
    body.setEndDate(new Time(Date.from(until)));
    body.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
    body.setSignature(ECDSA);
    body.setExtensions(extensions(names, ca).generate());
    var tbs = body.generateTBSCertificate();
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(authorityKey.getPrivate());
    signature.update(tbs.getEncoded("DER"));
    var parts = new ASN1EncodableVector();
    parts.add(tbs);
    parts.add(ECDSA);
    parts.add(new DERBitString(signature.sign()));
    var encoded = new ByteArrayInputStream(new DERSequence(parts).getEncoded("DER"));
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(encoded);
  }

  private static ExtensionsGenerator extensions(List<String> names, boolean ca) throws IOException {
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
    List<GeneralName> alternatives = new ArrayList<>();
    for (String name : names) {
      boolean address = name.matches("[0-9.]+");
      alternatives.add(
          new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name));
    }
    if (!alternatives.isEmpty())
      extensions.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(alternatives.toArray(GeneralName[]::new)));
    return extensions;
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static String pem(X509Certificate certificate) throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  private static String pem(String what, byte[] encoded) {
    var base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN "
        + what
        + "-----\n"
        + base64.encodeToString(encoded)
        + "\n-----END "
        + what
        + "-----\n";
  }
}
