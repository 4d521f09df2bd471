package org.postroom.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was sealed with the JDK's derivation opens for ever: both give the same key. */
class PasswordKeyTests {
  private static final byte[] SALT = "sixteen bytes of".getBytes(UTF_8);
  private static final int ROUNDS = 1_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "postgres",
        "Bäckerei ☕ 𝄞",
        "one that is longer than the block of either hash, which is hashed itself before it is used as"
            + " the key: 128 bytes are SHA-512's, and these are more"
      })
  void isTheOneTheJdkGives(String password) throws GeneralSecurityException {
    assertThat(PasswordKey.withSha256(password, SALT, ROUNDS).getEncoded())
        .isEqualTo(byJdk("PBKDF2WithHmacSHA256", password));
    assertThat(PasswordKey.withSha512(password, SALT, ROUNDS).getEncoded())
        .isEqualTo(byJdk("PBKDF2WithHmacSHA512", password));
  }

  private static byte[] byJdk(String algorithm, String password) throws GeneralSecurityException {
    return SecretKeyFactory.getInstance(algorithm)
        .generateSecret(new PBEKeySpec(password.toCharArray(), SALT, ROUNDS, 256))
        .getEncoded();
  }
}
