package org.postroom.domains;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;

/**
 * A fresh pair, in base64.
 *
 * @param publicKey as the record's {@code p=} wants it
 * @param privateKey PKCS #8
 */
record NewKeyPair(String publicKey, String privateKey) {
  private static final int RAW = 32;

  static NewKeyPair of(DkimKey.Algorithm algorithm) {
    try {
      boolean rsa = algorithm == DkimKey.Algorithm.RSA;
      var generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "Ed25519");
      if (rsa) generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      byte[] spki = pair.getPublic().getEncoded();
      // RFC 8463 publishes the bare 32 bytes, which end the usual encoding.
      byte[] published = rsa ? spki : Arrays.copyOfRange(spki, spki.length - RAW, spki.length);
      return new NewKeyPair(text(published), text(pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Never the private half. */
  @Override
  public String toString() {
    return "NewKeyPair[" + publicKey + "]";
  }
}
