package org.postroom.keeping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.http.Problem;
import org.postroom.secrets.KeyCopy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** The backups in the data folder of this node: made now or every night, the oldest taken away. */
@Service
public class Backups {
  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
  private static final String NAME = "postroom-[0-9T-]{10,40}Z\\.zip";
  private final Database database;
  private final Settings settings;
  private final Keepers keepers;
  private final Audit audit;
  private final ErasureList erasures;
  private final ReentrantLock one = new ReentrantLock();

  Backups(
      Database database, Settings settings, Keepers keepers, Audit audit, ErasureList erasures) {
    this.erasures = erasures;
    this.database = database;
    this.settings = settings;
    this.keepers = keepers;
    this.audit = audit;
  }

  /** One file. Its name is its id. */
  public record Kept(String name, long bytes, Instant at) {}

  /** Where they are, and what to know about them. */
  public record Place(
      Path folder, long free, boolean withKey, String keyPlace, BackupSettings settings) {}

  /** Whether the caller may make and take backups here. */
  public boolean allows(Caller caller) {
    return keepers.allows(caller);
  }

  public Place place(Caller caller) {
    keepers.require(caller);
    Path folder = Backup.folder(settings);
    Path existing = Files.isDirectory(folder) ? folder : settings.home();
    try {
      long free = Files.isDirectory(existing) ? Files.getFileStore(existing).getUsableSpace() : 0;
      return new Place(
          folder,
          free,
          Backup.passphrase(settings) != null,
          KeyCopy.whereItIs(settings),
          database.read(KeepingRows::backups));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The newest first. */
  public List<Kept> list(Caller caller) {
    keepers.require(caller);
    return all();
  }

  /** Makes one now and waits for it; 409 while another is being made, 507 without room for it. */
  public Kept make(Caller caller) {
    keepers.require(caller);
    Kept made = make();
    database.run(
        sql -> audit.record(caller, "backup.made", made.name(), null, made.bytes() + " bytes"));
    return made;
  }

  /** The file of that name, to be taken away; told to the audit trail. */
  public Path file(Caller caller, String name) {
    caller.require(Right.MANAGE_PEOPLE);
    Path file = Backup.folder(settings).resolve(name);
    // To whoever may not make one there is none.
    if (!name.matches(NAME) || !keepers.allows(caller) || !Files.isRegularFile(file))
      throw Problem.notFound("The backup " + (name.length() > 100 ? "of that name" : name));
    database.run(sql -> audit.record(caller, "backup.taken", name, null, null));
    return file;
  }

  public BackupSettings save(Caller caller, BackupSettings wanted) {
    keepers.require(caller);
    if (wanted.keep() < 1 || wanted.keep() > 365)
      throw Problem.invalid("/keep", "out_of_range", "Keep 1 to 365 backups.");
    return database.write(sql -> {
      BackupSettings before = KeepingRows.backups(sql);
      KeepingRows.backups(sql, wanted);
      if (!before.equals(wanted))
        audit.record(
            caller, "backups.changed", "installation", before.toString(), wanted.toString());
      return wanted;
    });
  }

  /** What runs at night: one more, where that is switched on, and the oldest go. */
  public void nightly() {
    erasures.level();
    BackupSettings wanted = database.read(KeepingRows::backups);
    if (!wanted.nightly()) return;
    Kept made = make();
    LOG.info("Backed up: {} ({} MB)", made.name(), made.bytes() / 1_000_000);
    forget(wanted.keep());
  }

  private Kept make() {
    if (!one.tryLock())
      throw Problem.conflict("busy", "A backup is being made right now. Wait for it to end.");
    try {
      Path file = Backup.folder(settings).resolve(BackupWriter.name(database.now()));
      new BackupWriter(settings).write(database, file, Backup.passphrase(settings));
      erasures.level();
      return kept(file);
    } catch (FileAlreadyExistsException thisSecond) {
      throw Problem.conflict("busy", "A backup was made this second.");
    } catch (IOException failure) {
      LOG.warn("No backup could be made: {}", failure.toString());
      throw Problem.of(507, "no_backup", "No backup could be made. " + failure.getMessage());
    } finally {
      one.unlock();
    }
  }

  private void forget(int keep) {
    all().stream()
        .skip(keep)
        .forEach(old -> {
          try {
            Files.deleteIfExists(Backup.folder(settings).resolve(old.name()));
          } catch (IOException failure) {
            LOG.warn("The old backup {} could not be deleted: {}", old.name(), failure.toString());
          }
        });
  }

  private List<Kept> all() {
    Path folder = Backup.folder(settings);
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(NAME))
          .map(Backups::perhaps)
          .flatMap(Stream::ofNullable)
          .sorted(Comparator.comparing(Kept::name).reversed())
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static @Nullable Kept perhaps(Path file) {
    try {
      return kept(file);
    } catch (IOException goneMeanwhile) {
      return null;
    }
  }

  private static Kept kept(Path file) throws IOException {
    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new Kept(
        file.getFileName().toString(),
        attributes.size(),
        attributes.lastModifiedTime().toInstant());
  }
}
