package org.postroom.secrets;

import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The AES-256 key that a password gives: PBKDF2 with an HMAC (RFC 8018). A node waits for it at
 * each start, and Bouncy Castle takes half the JDK's time for the same rounds.
 */
final class PasswordKey {
  private static final int BITS = 256;

  private PasswordKey() {}

  static SecretKey withSha256(String password, byte[] salt, int rounds) {
    return derive(new SHA256Digest(), password, salt, rounds);
  }

  static SecretKey withSha512(String password, byte[] salt, int rounds) {
    return derive(new SHA512Digest(), password, salt, rounds);
  }

  private static SecretKey derive(Digest digest, String password, byte[] salt, int rounds) {
    var generator = new PKCS5S2ParametersGenerator(digest);
    generator.init(password.getBytes(StandardCharsets.UTF_8), salt, rounds);
    var key = (KeyParameter) generator.generateDerivedParameters(BITS);
    return new SecretKeySpec(key.getKey(), "AES");
  }
}
