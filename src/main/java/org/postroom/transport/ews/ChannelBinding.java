package org.postroom.transport.ews;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;

/**
 * Ties a sign-in to the TLS connection it runs over: a sign-in that somebody in the middle passes
 * on is refused. Windows calls it Extended Protection; the type is tls-server-end-point (RFC 5929).
 */
final class ChannelBinding {
  private static final byte[] PREFIX = "tls-server-end-point:".getBytes(StandardCharsets.US_ASCII);

  private ChannelBinding() {}

  /** The MD5 of the structure of RFC 2744 3.11 without addresses, as MS-NLMP 2.2.2.1 wants it. */
  static byte[] of(X509Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance(digest(certificate)).digest(certificate.getEncoded());
      var data = new ByteArrayOutputStream();
      data.writeBytes(PREFIX);
      data.writeBytes(hash);
      ByteBuffer structure = ByteBuffer.allocate(20 + data.size()).order(ByteOrder.LITTLE_ENDIAN);
      structure.putInt(0).putInt(0).putInt(0).putInt(0).putInt(data.size());
      structure.put(data.toByteArray());
      return MessageDigest.getInstance("MD5").digest(structure.array());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** RFC 5929 4.1: the digest of the certificate's signature; SHA-256 for MD5 and SHA-1. */
  private static String digest(X509Certificate certificate) {
    String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    if (signature.contains("PSS")) signature = pss(certificate);
    if (signature.contains("SHA512") || signature.contains("SHA-512")) return "SHA-512";
    if (signature.contains("SHA384") || signature.contains("SHA-384")) return "SHA-384";
    return "SHA-256";
  }

  private static String pss(X509Certificate certificate) {
    try {
      var parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
      parameters.init(certificate.getSigAlgParams());
      return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
    } catch (GeneralSecurityException | java.io.IOException | RuntimeException unreadable) {
      return "SHA-256";
    }
  }
}
