package org.postroom.secrets;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of all nodes of one database, so that a node needs nothing but the database's address.
 * They lie in the database, sealed with what only the database's password gives: a copy of the
 * database alone opens nothing. Each node keeps a copy in its data folder as well; when the
 * password was changed, a node that has it seals the keys anew for the others.
 */
final class SharedKeys implements KeyPlace {
  private static final Logger LOG = LoggerFactory.getLogger(SharedKeys.class);

  private final Database database;
  private final PasswordSeal seal;
  private final KeyFile copy;
  private volatile @Nullable Opened last;

  private record Opened(String sealed, String text) {}

  SharedKeys(Database database, String password, KeyFile copy) {
    this.database = database;
    this.seal = new PasswordSeal(password);
    this.copy = copy;
  }

  @Override
  public String content() {
    String sealed = database.read(KeyRows::shared).orElseGet(this::share);
    String text = open(sealed).or(() -> sealAnew(sealed)).orElseThrow(this::otherPassword);
    return withCopy(text);
  }

  @Override
  public Optional<String> existing() {
    return database.read(KeyRows::shared).flatMap(this::open);
  }

  /** Only where they are still what this node knows: two rotations at once would lose a key. */
  @Override
  public void replace(List<MasterKey> keys) throws IOException {
    String before = database.read(KeyRows::shared).orElse("");
    String text = keys.stream().map(MasterKey::base64).collect(Collectors.joining("\n"));
    String sealed = seal.close(text);
    boolean replaced =
        database.write(sql -> {
          KeyRows.mark(sql, keys.getFirst().id());
          KeyRows.changed(sql, sql.now());
          return KeyRows.replaceShared(sql, before, sealed);
        });
    if (!replaced) throw new IOException("Another node changed the keys meanwhile. Repeat this.");
    copy.keep(text + "\n");
  }

  @Override
  public Instant changedAt() {
    return database.read(KeyRows::changed);
  }

  @Override
  public String words() {
    return "the database, for all nodes";
  }

  /** The first node gives its own; of several at once one succeeds, and all take that one's. */
  private String share() {
    Optional<String> used = database.read(KeyRows::marked).filter(this::isMissingHere);
    if (used.isPresent()) throw KeyMark.refused(used.get(), List.of(), words());
    String text = copy.existing().map(String::strip).orElseGet(() -> MasterKey.fresh().base64());
    String sealed = seal.close(text);
    return database.write(sql -> KeyRows.share(sql, sealed));
  }

  /** Given to the nodes by POSTROOM_SECRET_KEY before, and something is sealed with it. */
  private boolean isMissingHere(String key) {
    boolean here = copy.existing().flatMap(text -> ring(text).find(key)).isPresent();
    return !here && KeyMark.anySealedWith(database, key);
  }

  private Optional<String> open(String sealed) {
    Opened known = last;
    if (known == null || !known.sealed().equals(sealed)) {
      try {
        known = new Opened(sealed, seal.open(sealed));
      } catch (AEADBadTagException anotherPassword) {
        return Optional.empty();
      }
      last = known;
    }
    return Optional.of(known.text());
  }

  /** The password is another one than when they were sealed; our own copy may be the same keys. */
  private Optional<String> sealAnew(String sealed) {
    Optional<String> used = database.read(KeyRows::marked);
    Optional<String> ours =
        copy.existing()
            .filter(text -> used.flatMap(id -> ring(text).find(id)).isPresent())
            .map(String::strip);
    if (ours.isEmpty()) return Optional.empty();
    String anew = new PasswordSeal(seal).close(ours.get());
    database.run(sql -> KeyRows.replaceShared(sql, sealed, anew));
    LOG.info("The database's password was changed: the nodes' key is sealed with the new one.");
    return ours;
  }

  /** A key that only this node has goes on opening what it sealed, here. */
  private String withCopy(String text) {
    KeyRing shared = ring(text);
    Optional<String> before = copy.existing();
    List<MasterKey> own =
        before.map(this::ring).map(KeyRing::all).orElse(List.of()).stream()
            .filter(key -> shared.find(key.id()).isEmpty())
            .toList();
    if (own.isEmpty()) {
      if (!before.map(String::strip).equals(Optional.of(text))) copy.keep(text + "\n");
      return text;
    }
    LOG.warn(
        "{} holds a key that the other nodes do not have. What it sealed opens on this node only;"
            + " nothing new is sealed with it.",
        copy.path());
    return text + "\n" + own.stream().map(MasterKey::base64).collect(Collectors.joining("\n"));
  }

  private KeyRing ring(String text) {
    return KeyRing.parse(text, words());
  }

  private IllegalStateException otherPassword() {
    return new IllegalStateException(
        "The key that seals stored passwords lies in the database, sealed with a database password"
            + " that is not this node's. Start a node first that has the key in its data folder ("
            + copy.path().getFileName()
            + "), or set POSTROOM_SECRET_KEY. See docs/several-nodes.md.");
  }
}
