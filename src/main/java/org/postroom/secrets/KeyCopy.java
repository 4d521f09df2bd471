package org.postroom.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import org.postroom.db.Settings;

/**
 * The master keys on their way into a backup: only under a passphrase (PBKDF2 with HMAC-SHA-256,
 * RFC 8018, 600,000 rounds; AES-256-GCM). Text form: {@code p1:<salt>:<content>}.
 */
public final class KeyCopy {
  private static final int ROUNDS = 600_000;
  private static final String CONTEXT = "postroom backup key";

  private KeyCopy() {}

  /** Where the key of this installation is: in a sentence's place. */
  public static String whereItIs(Settings settings) {
    return settings.get(Settings.Name.POSTROOM_SECRET_KEY).isPresent()
        ? "the setting POSTROOM_SECRET_KEY"
        : "the file " + new KeyFile(settings.home()).path();
  }

  /**
   * Ids of the keys there are, the newest first; empty where there is none yet. They give nothing
   * away.
   */
  public static String ids(Settings settings) {
    return ring(settings)
        .map(ring -> all(ring).map(MasterKey::id).collect(Collectors.joining(",")))
        .orElse("");
  }

  /** The keys under the passphrase; empty where there is no key yet. */
  public static Optional<String> seal(Settings settings, String passphrase) {
    return ring(settings)
        .map(ring -> {
          byte[] salt = new byte[16];
          new SecureRandom().nextBytes(salt);
          String keys = all(ring).map(MasterKey::base64).collect(Collectors.joining("\n"));
          byte[] sealed =
              AesGcm.encrypt(
                  key(passphrase, salt), keys.getBytes(StandardCharsets.US_ASCII), CONTEXT);
          return "p1:" + encode(salt) + ":" + encode(sealed);
        });
  }

  /** Opens what {@link #seal} gave; throws {@link CannotOpen} where the passphrase is another. */
  public static String open(String sealed, String passphrase) {
    String[] parts = sealed.strip().split(":", -1);
    if (parts.length != 3 || !parts[0].equals("p1"))
      throw new CannotOpen("The key in the backup has a form that this version does not know.");
    try {
      byte[] salt = Base64.getUrlDecoder().decode(parts[1]);
      byte[] content = Base64.getUrlDecoder().decode(parts[2]);
      return new String(
          AesGcm.decrypt(key(passphrase, salt), content, CONTEXT), StandardCharsets.US_ASCII);
    } catch (AEADBadTagException | IllegalArgumentException other) {
      throw new CannotOpen("The passphrase does not open the key in the backup.");
    }
  }

  /**
   * Puts opened keys into the key file, before those that are there already: what either sealed can
   * be opened.
   */
  public static void place(Settings settings, String opened) throws IOException {
    var file = new KeyFile(settings.home());
    String there = file.existing().orElse("");
    KeyRing both = KeyRing.parse(opened + "\n" + there, "the backup");
    if (there.isEmpty()) file.content();
    file.replace(all(both).toList());
  }

  private static Optional<KeyRing> ring(Settings settings) {
    // Nodes that share their key through the database each keep a copy in the data folder.
    return KeyRing.again(KeyPlace.of(settings, null));
  }

  private static Stream<MasterKey> all(KeyRing ring) {
    return Stream.concat(Stream.of(ring.current()), ring.old().stream());
  }

  private static SecretKey key(String passphrase, byte[] salt) {
    return PasswordKey.withSha256(passphrase, salt, ROUNDS);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
