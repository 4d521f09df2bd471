package org.postroom.ingress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A certificate signed by itself, made once and kept in the data folder, so that programs which
 * remember it see the same one after a restart. Valid always: nobody renews it, and a date protects
 * nobody where no authority vouches.
 */
final class SelfMade {
  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2049-12-31T00:00:00Z");

  private SelfMade() {}

  static KeyStore keptIn(Path home, String name, char[] password)
      throws GeneralSecurityException, IOException {
    Path file = home.resolve("smtp-ingress.p12");
    if (!Files.exists(file)) write(file, make(name, password), password);
    KeyStore store = empty();
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }

  static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static KeyStore make(String name, char[] password)
      throws GeneralSecurityException, IOException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair key = generator.generateKeyPair();
    KeyStore store = empty();
    var chain = new X509Certificate[] {certificate(name, key)};
    store.setKeyEntry("ingress", key.getPrivate(), password, chain);
    return store;
  }

  private static X509Certificate certificate(String name, KeyPair key)
      throws GeneralSecurityException, IOException {
    var body = new V3TBSCertificateGenerator();
    body.setSerialNumber(new ASN1Integer(new BigInteger(63, new SecureRandom())));
    body.setIssuer(new X500Name("CN=" + name));
    body.setSubject(new X500Name("CN=" + name));
    body.setStartDate(new Time(Date.from(FROM)));
    body.setEndDate(new Time(Date.from(UNTIL)));
    body.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
    body.setSignature(ECDSA);
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
    body.setExtensions(extensions.generate());
    var content = body.generateTBSCertificate();
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key.getPrivate());
    signature.update(content.getEncoded("DER"));
    var parts = new ASN1EncodableVector();
    parts.add(content);
    parts.add(ECDSA);
    parts.add(new DERBitString(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(new DERSequence(parts).getEncoded("DER")));
  }

  /** Whole or not at all, and for our eyes only. */
  private static void write(Path file, KeyStore store, char[] password)
      throws GeneralSecurityException, IOException {
    var bytes = new ByteArrayOutputStream();
    store.store(bytes, password);
    Files.createDirectories(file.getParent());
    Path fresh = Files.createTempFile(file.getParent(), "smtp-ingress", ".new");
    Files.write(fresh, bytes.toByteArray());
    if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix"))
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
