package org.postroom.secrets;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.postroom.db.Database;
import org.postroom.db.DatabaseAway;
import org.postroom.db.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Seals secrets for the database: each with a data key of its own, which a master key outside the
 * database wraps. A sealed secret opens only in the place it was sealed for, so that one copied
 * into another row is worthless.
 *
 * <p>Text form: {@code v1:<master key id>:<wrapped data key>:<content>}, both in base64url, each a
 * nonce with ciphertext and tag.
 */
@Component
public class Secrets {
  private static final String VERSION = "v1";
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);

  private final KeyPlace place;
  private volatile KeyRing keys;

  /** With the key of the settings, or that of the data folder. */
  public Secrets(Settings settings) {
    this(KeyPlace.of(settings, null));
  }

  /** With the key that all nodes of the database have; refuses where this node has another. */
  @Autowired
  public Secrets(Settings settings, Database database) {
    this(KeyPlace.of(settings, database));
    KeyMark.check(database, keys, place.words());
  }

  private Secrets(KeyPlace place) {
    this.place = place;
    this.keys = KeyRing.of(place);
  }

  /** Where a secret lives: table, company, row and field. No part may contain a slash. */
  public static String place(String table, String company, String row, String field) {
    List<String> parts = List.of(table, company, row, field);
    if (parts.stream().anyMatch(part -> part.contains("/")))
      throw new IllegalArgumentException("A place's parts must not contain slashes: " + parts);
    return String.join("/", parts);
  }

  /** Seals for one place, see {@link #place}. The result differs each time. */
  public String seal(String place, String plain) {
    lookAgain(); // what is sealed after a rotation began must not need the old key
    byte[] dataKey = new byte[32];
    RANDOM.nextBytes(dataKey);
    byte[] content =
        AesGcm.encrypt(aes(dataKey), plain.getBytes(StandardCharsets.UTF_8), content(place));
    return wrapped(keys.current(), dataKey, place, encode(content));
  }

  /** Opens what was sealed for this place; throws {@link CannotOpen} with the reason otherwise. */
  public String open(String place, String sealed) {
    String[] parts = parts(sealed);
    try {
      byte[] plain = AesGcm.decrypt(aes(dataKey(parts, place)), decode(parts[3]), content(place));
      return new String(plain, StandardCharsets.UTF_8);
    } catch (AEADBadTagException | IllegalArgumentException notAsSealed) {
      throw changed();
    }
  }

  /** For recognising texts again, made of the newest master key. */
  public Fingerprints fingerprints(String purpose) {
    lookAgain();
    return new Fingerprints(keys.current(), purpose);
  }

  /** The same of the master key of that id; empty where this installation does not have it. */
  public Optional<Fingerprints> fingerprints(String purpose, String keyId) {
    return keys.find(keyId).map(key -> new Fingerprints(key, purpose));
  }

  /** The same secret under the newest master key; its content stays closed. */
  String sealAgain(String place, String sealed) {
    String[] parts = parts(sealed);
    try {
      return wrapped(keys.current(), dataKey(parts, place), place, parts[3]);
    } catch (AEADBadTagException | IllegalArgumentException notAsSealed) {
      throw changed();
    }
  }

  /** What every secret starts with that the newest master key sealed. */
  String currentPrefix() {
    return prefix(keys.current().id());
  }

  static String prefix(String key) {
    return VERSION + ":" + key + ":";
  }

  /** Whether the newest master key sealed it; after a rotation the others are sealed again. */
  public boolean sealedWithCurrentKey(String sealed) {
    return sealed.startsWith(currentPrefix());
  }

  private static String[] parts(String sealed) {
    String[] parts = sealed.split(":", -1);
    if (parts.length != 4 || !parts[0].equals(VERSION))
      throw new CannotOpen("A stored secret has a form that this version does not know.");
    return parts;
  }

  private byte[] dataKey(String[] parts, String place) throws AEADBadTagException {
    MasterKey master = master(parts[1]);
    return AesGcm.decrypt(master.key(), decode(parts[2]), wrapping(master.id(), place));
  }

  private static String wrapped(MasterKey master, byte[] dataKey, String place, String content) {
    byte[] wrapped = AesGcm.encrypt(master.key(), dataKey, wrapping(master.id(), place));
    return String.join(":", VERSION, master.id(), encode(wrapped), content);
  }

  /** A key we do not know may be a newer one that was put beside ours meanwhile. */
  private MasterKey master(String id) {
    return keys.find(id)
        .or(() -> {
          lookAgain();
          return keys.find(id);
        })
        .orElseThrow(() -> otherKey(id));
  }

  /** Keys that cannot be read this moment are used as they were. */
  private void lookAgain() {
    try {
      KeyRing.again(place).ifPresent(now -> keys = now);
    } catch (IllegalStateException | DatabaseAway unreadable) {
      LOG.warn("The keys could not be read again: {}", unreadable.getMessage());
    }
  }

  private static CannotOpen changed() {
    return new CannotOpen(
        "A stored secret was changed or comes from another row, and is not used. Enter it again.");
  }

  private static CannotOpen otherKey(String id) {
    return new CannotOpen(
        "A stored secret was sealed with key "
            + (id.matches("[0-9a-f]{1,16}") ? id : "of unknown name")
            + ", which this installation does not have. Bring that key back"
            + " (POSTROOM_SECRET_KEY or secret.key in the data folder) or enter the secret again.");
  }

  private static String wrapping(String keyId, String place) {
    return VERSION + " data key " + keyId + " " + place;
  }

  private static String content(String place) {
    return VERSION + " content " + place;
  }

  private static SecretKey aes(byte[] key) {
    return new SecretKeySpec(key, "AES");
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** One text for the same bytes only: the JDK's decoder lets unused bits of the end pass. */
  private static byte[] decode(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (!encode(bytes).equals(text)) throw new IllegalArgumentException("Not canonical");
    return bytes;
  }
}
