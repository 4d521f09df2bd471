package org.postroom.keeping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.db.Settings;
import org.postroom.secrets.KeyCopy;

/**
 * Backup, restore and verify as the command line does them: without a running Postroom, or beside
 * one. Lines for people come back; what cannot be done is an {@link IOException}, a {@link
 * org.postroom.db.CannotStart} or a {@link org.postroom.secrets.CannotOpen} that says why.
 */
public final class Backup {
  private Backup() {}

  /**
   * Writes a backup of what the settings lead to.
   *
   * @param file null: into the folder backups of the data folder, named by the time
   */
  public static List<String> write(Settings settings, @Nullable Path file) throws IOException {
    try (Database database = Databases.existing(settings)) {
      Path target = file == null ? named(settings, database.now()) : file;
      String passphrase = passphrase(settings);
      Manifest manifest = new BackupWriter(settings).write(database, target, passphrase);
      List<String> lines = new ArrayList<>();
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: %.1f MB, %d rows, among them %d messages.",
              target.toAbsolutePath().normalize(),
              Files.size(target) / 1e6,
              manifest.rows(),
              manifest.rows("messages")));
      lines.add(keyWords(manifest, settings));
      return lines;
    }
  }

  /** Where a backup goes that is made now: the file given, or one in the folder backups. */
  public static Path target(Settings settings, @Nullable Path file) {
    return file == null ? named(settings, Instant.now()) : file;
  }

  private static Path named(Settings settings, Instant now) {
    return folder(settings).resolve(BackupWriter.name(now));
  }

  /** Checks a backup: whether it is whole, and whether this program could restore it. */
  public static List<String> verify(Path file) throws IOException {
    try (BackupFile backup = BackupFile.open(file)) {
      backup.checkContent();
      Manifest manifest = backup.manifest();
      List<String> lines = new ArrayList<>();
      lines.add(
          "The backup is whole: "
              + manifest.tables().size()
              + " tables with "
              + manifest.rows()
              + " rows, among them "
              + manifest.rows("messages")
              + " messages, as they were at "
              + manifest.takenAt()
              + " ("
              + manifest.database()
              + ", tables of version "
              + manifest.schemaVersion()
              + ").");
      lines.add(
          manifest.sealedKey() == null
              ? "It does not hold the key that opens stored passwords."
              : "It holds the key that opens stored passwords, under its passphrase.");
      backup.checkVersion();
      return lines;
    }
  }

  /** Restores a backup to where the settings lead. */
  public static List<String> restore(Settings settings, Path file, boolean replace)
      throws IOException {
    return new Restore(settings).run(file, replace, passphrase(settings));
  }

  /**
   * How many erasures stand on the list of this node and are not known to the database: it is from
   * before them.
   */
  public static long erasedSince(Settings settings, Database database) throws IOException {
    return ErasureFile.of(settings).unknownTo(database.read(ErasureRows::certified));
  }

  static @Nullable String passphrase(Settings settings) {
    return settings.get(Settings.Name.POSTROOM_BACKUP_PASSPHRASE).orElse(null);
  }

  static Path folder(Settings settings) {
    return settings.home().resolve("backups");
  }

  static String keyWords(Manifest manifest, Settings settings) {
    if (manifest.sealedKey() != null)
      return "It holds the key that opens stored passwords, under POSTROOM_BACKUP_PASSPHRASE: keep that elsewhere.";
    return "It does not hold the key that opens stored passwords: keep "
        + KeyCopy.whereItIs(settings)
        + " elsewhere too, or set POSTROOM_BACKUP_PASSPHRASE.";
  }
}
