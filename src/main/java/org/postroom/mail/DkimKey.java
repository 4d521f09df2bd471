package org.postroom.mail;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * What a domain signs its mail with. Holds the private key and never shows it.
 *
 * @param domain the {@code d=} of signatures, as A-labels in lower case
 * @param selector where the public key stands: {@code selector._domainkey.domain}
 */
public record DkimKey(Algorithm algorithm, String domain, String selector, PrivateKey secret) {

  /** How it signs (RFC 6376 3.3.2, RFC 8463). */
  public enum Algorithm {
    RSA("rsa-sha256", "rsa", "RSA"),
    ED25519("ed25519-sha256", "ed25519", "Ed25519");

    private final String tag;
    private final String keyType;
    private final String jdk;

    Algorithm(String tag, String keyType, String jdk) {
      this.tag = tag;
      this.keyType = keyType;
      this.jdk = jdk;
    }

    /** The {@code a=} of signatures. */
    String tag() {
      return tag;
    }

    /** The {@code k=} of published keys. */
    String keyType() {
      return keyType;
    }
  }

  /**
   * A new key: both halves.
   *
   * @param secret PKCS #8 in base64, for {@link #of}
   * @param published what the world has to know
   */
  public record Made(String secret, DkimRecord published) {
    @Override
    public String toString() {
      return "Made[" + published + "]";
    }
  }

  /** Takes about a second's tenth or more for RSA: not inside a transaction. */
  public static Made make(Algorithm algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.jdk);
      // Every verifier must take 2048 bits, and longer ones need not be taken (RFC 8301 3.2).
      if (algorithm == Algorithm.RSA) generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      return new Made(
          Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()),
          DkimRecord.of(algorithm, pair.getPublic()));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /**
   * The key as it was made.
   *
   * @param secret PKCS #8 in base64
   */
  public static DkimKey of(Algorithm algorithm, String domain, String selector, String secret) {
    try {
      var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(secret));
      PrivateKey key = KeyFactory.getInstance(algorithm.jdk).generatePrivate(encoded);
      return new DkimKey(algorithm, domain, selector, key);
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      // Without its cause, which may quote the key.
      throw new IllegalArgumentException("This is no private key for " + algorithm.tag + ".");
    }
  }

  /** What stands in {@code b=}, for the bytes that RFC 6376 3.7 calls data-hash's input. */
  byte[] sign(byte[] data) {
    try {
      Signature signature =
          Signature.getInstance(algorithm == Algorithm.RSA ? "SHA256withRSA" : algorithm.jdk);
      signature.initSign(secret);
      // Ed25519 signs the hash, as if it were the message (RFC 8463 3).
      signature.update(algorithm == Algorithm.RSA ? data : Dkim.sha256().digest(data));
      return signature.sign();
    } catch (GeneralSecurityException wrongKey) {
      throw new IllegalStateException("The key for " + domain + " cannot sign.", wrongKey);
    }
  }

  @Override
  public String toString() {
    return "DkimKey[" + algorithm.tag + " " + selector + "._domainkey." + domain + "]";
  }
}
