package org.postroom.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.secrets.SealedColumns.SealedColumn;
import org.postroom.secrets.SealedRows.Sealed;

/**
 * Takes another master key into use. First the new key stands before the old in the key file; then
 * every secret is wrapped with it, a batch at a time; the old key goes only when it is asked to and
 * nothing is sealed with it. Each step leaves everything openable, so it may end anywhere and be
 * done again. Postroom may run meanwhile: it looks into the key file before it seals and when it
 * meets a key it does not know.
 */
public final class KeyRotation {
  /** How long something sealed a moment ago may take to reach the database. */
  static final Duration SETTLES = Duration.ofMinutes(1);

  private final Settings settings;
  private final Database database;
  private final KeyPlace place;
  private final List<SealedColumn> columns;
  private final Consumer<String> watch;

  public KeyRotation(Settings settings, Database database, List<SealedColumns> columns) {
    this(settings, database, columns, step -> {});
  }

  /** The watcher hears of each step when it is done; one that throws ends the rotation there. */
  KeyRotation(
      Settings settings, Database database, List<SealedColumns> columns, Consumer<String> watch) {
    this.settings = settings;
    this.database = database;
    this.place = KeyPlace.of(settings, database);
    this.columns = columns.stream().flatMap(module -> module.sealed().stream()).toList();
    this.watch = watch;
  }

  /**
   * What was done, as sentences for a person.
   *
   * @param done false where the person must do something first
   */
  public record Told(boolean done, List<String> lines) {
    public Told {
      lines = List.copyOf(lines);
    }
  }

  /** Begins a rotation, or goes on with one that was begun. */
  public Told rotate() {
    return alone(() -> {
      KeyRing ring = KeyRing.of(place);
      List<String> lines = new ArrayList<>();
      if (ring.old().isEmpty()) {
        if (given()) return newKeyForTheEnvironment();
        ring = begin(ring);
        lines.add("A new key stands first in " + place.words() + ". The old one still opens.");
      } else {
        lines.add("Going on with the rotation to key " + ring.current().id() + ".");
      }
      Left left = sealAgain();
      lines.addAll(left.told());
      lines.add(next(left));
      return new Told(left.closed().isEmpty(), lines);
    });
  }

  /** Takes the old keys away, where nothing is sealed with them. */
  public Told forgetOld(Instant now) {
    return alone(() -> {
      KeyRing ring = KeyRing.of(place);
      if (ring.old().isEmpty())
        return new Told(true, List.of("There is only one key: nothing to forget."));
      Left left = sealAgain();
      List<String> lines = new ArrayList<>(left.told());
      if (!left.closed().isEmpty()) {
        lines.add("The old keys stay. Enter those secrets again, then repeat this.");
        return new Told(false, lines);
      }
      if (given()) {
        lines.add("Nothing is sealed with an old key. Keep only the first key, key ");
        lines.add(ring.current().id() + ", in POSTROOM_SECRET_KEY on every node; restart them.");
        return new Told(true, lines);
      }
      if (place.changedAt().plus(SETTLES).isAfter(now)) {
        lines.add("The new key is younger than a minute: a running Postroom may be writing");
        lines.add(
            "something it sealed with the old one. Nothing was forgotten; repeat this later.");
        return new Told(false, lines);
      }
      place.replace(List.of(ring.current()));
      watch.accept("forgotten");
      lines.add("Only key " + ring.current().id() + " is left in " + place.words() + ".");
      lines.add("Back that file up, and destroy old copies of it when old backups of the");
      lines.add("database are gone: those need the old key.");
      return new Told(true, lines);
    });
  }

  private Told newKeyForTheEnvironment() {
    String fresh = MasterKey.fresh().base64();
    return new Told(
        false,
        List.of(
            "The key comes from POSTROOM_SECRET_KEY, which only you can change. A new one:",
            "",
            fresh,
            "",
            "1. On every node put it behind the present key, with a comma between: old,new.",
            "   Restart them one by one. Now all of them can open what either key sealed.",
            "2. On every node put it first: new,old. Restart them one by one.",
            "   A single node can begin here.",
            "3. Run postroom rotate-keys with that setting: everything is sealed again.",
            "4. Run postroom rotate-keys --forget-old, and do what it says.",
            "",
            "Nothing was changed."));
  }

  private KeyRing begin(KeyRing ring) throws IOException {
    MasterKey fresh = MasterKey.fresh();
    place.replace(List.of(fresh, ring.current()));
    watch.accept("new key in the file");
    return KeyRing.of(place);
  }

  /** What one round over all columns did. */
  private record Left(int again, List<Sealed> closed) {
    List<String> told() {
      List<String> lines = new ArrayList<>();
      lines.add(again + (again == 1 ? " secret was" : " secrets were") + " sealed again.");
      for (Sealed one : closed)
        lines.add("Cannot be opened, left as it is: " + one.column().table() + " " + one.id());
      return lines;
    }
  }

  private static String next(Left left) {
    return left.closed().isEmpty()
        ? "Back the key up now. Then: postroom rotate-keys --forget-old"
        : "Enter those secrets again; then repeat this.";
  }

  private Left sealAgain() {
    Secrets secrets = new Secrets(settings, database);
    int again = 0;
    List<Sealed> closed = new ArrayList<>();
    for (SealedColumn column : columns) {
      Sealed last = Sealed.start(column);
      while (true) {
        Sealed after = last;
        List<Sealed> batch =
            database.read(sql -> SealedRows.others(sql, secrets.currentPrefix(), after));
        if (batch.isEmpty()) break;
        again += sealAgain(secrets, batch, closed);
        last = batch.getLast();
        watch.accept("batch");
      }
    }
    return new Left(again, closed);
  }

  private int sealAgain(Secrets secrets, List<Sealed> batch, List<Sealed> closed) {
    record Fresh(Sealed old, String text) {}
    List<Fresh> fresh = new ArrayList<>();
    for (Sealed one : batch) {
      try {
        fresh.add(new Fresh(one, secrets.sealAgain(one.place(), one.text())));
      } catch (CannotOpen unreadable) {
        closed.add(one);
      }
    }
    database.run(sql -> fresh.forEach(each -> SealedRows.replace(sql, each.old(), each.text())));
    return fresh.size();
  }

  private boolean given() {
    return place instanceof GivenKeys;
  }

  private interface Work {
    Told run() throws IOException;
  }

  /** Two at once could each put a new key into the file, and one of them would be lost. */
  private Told alone(Work work) {
    Path lock = settings.home().resolve("secret.key.lock");
    try {
      Files.createDirectories(settings.home());
      return locked(lock, work);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Told locked(Path lock, Work work) throws IOException {
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      if (held == null) return busy();
      return work.run();
    } catch (OverlappingFileLockException sameProcess) {
      return busy();
    }
  }

  private static Told busy() {
    return new Told(false, List.of("Another rotation is under way. Wait for it to end."));
  }
}
