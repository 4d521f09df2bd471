package org.postroom.keeping;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Refill;
import org.postroom.db.Settings;
import org.postroom.keeping.Manifest.FilePart;
import org.postroom.keeping.Manifest.TablePart;
import org.postroom.outbox.FromBackup;
import org.postroom.secrets.KeyCopy;

/**
 * Puts a backup where the settings lead: all of it is checked first, then the database is filled,
 * then fonts and the key follow. What was on its way at the backup's moment waits for a person: the
 * original may have sent it since.
 */
final class Restore {
  private final Settings settings;
  private final List<String> told = new ArrayList<>();
  private final Set<String> certified = new HashSet<>();

  Restore(Settings settings) {
    this.settings = settings;
  }

  /** What was done, in lines for people. */
  List<String> run(Path file, boolean replace, @Nullable String passphrase) throws IOException {
    try (BackupFile backup = BackupFile.open(file)) {
      backup.checkVersion();
      backup.checkContent();
      // A wrong passphrase is noticed before anything is touched.
      String sealed = backup.manifest().sealedKey();
      String key = sealed == null || passphrase == null ? null : KeyCopy.open(sealed, passphrase);
      fill(backup, replace);
      fonts(backup);
      erasures(file);
      key(backup.manifest(), key);
      return told;
    }
  }

  private void fill(BackupFile backup, boolean replace) throws IOException {
    Manifest manifest = backup.manifest();
    try (Refill refill = Refill.of(settings, manifest.schemaVersion(), replace)) {
      refill.clear();
      for (TablePart part : manifest.tables()) fill(refill, part, backup);
      refill.finish(sql -> {
        FromBackup.mark(sql, manifest.id(), manifest.takenAt()).forEach(told::add);
        certified.addAll(ErasureRows.certified(sql));
      });
    } catch (SQLException failure) {
      throw new IOException("The database could not be filled: " + failure.getMessage(), failure);
    }
    told.addFirst(
        "Restored "
            + manifest.rows()
            + " rows, among them "
            + manifest.rows("messages")
            + " messages, as they were at "
            + manifest.takenAt()
            + ".");
  }

  private static void fill(Refill refill, TablePart part, BackupFile backup)
      throws IOException, SQLException {
    try (InputStream in = new BufferedInputStream(backup.open(part.entry()), 65_536)) {
      var rows = new RowStream.Reader(in, part.table().columns().size());
      refill.fill(part.table(), rows::next);
    }
  }

  private void fonts(BackupFile backup) throws IOException {
    Path home = settings.home();
    for (FilePart part : backup.manifest().files()) {
      Path target = home.resolve(part.name()).normalize();
      if (!target.startsWith(home.resolve("fonts"))) continue;
      Files.createDirectories(home.resolve("fonts"));
      try (InputStream in = backup.open(part.entry())) {
        Files.copy(in, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** The list that lies beside the backup comes along: whom the copy must forget again. */
  private void erasures(Path backup) throws IOException {
    ErasureFile ours = ErasureFile.of(settings);
    var beside = new ErasureFile(backup.toAbsolutePath().resolveSibling(ErasureFile.NAME));
    ours.add(beside.read().lines());
    long open = ours.unknownTo(certified);
    if (open > 0)
      told.add(
          "Erased on request after this backup, and in it again: "
              + open
              + ". Start Postroom and run: postroom erase-again.");
    else if (!Files.exists(ours.path()))
      told.add(
          "There is no list of erasures ("
              + ErasureFile.NAME
              + ") beside the backup. Where somebody was erased on request after it, look for that list, or erase them by hand.");
  }

  private void key(Manifest manifest, @Nullable String opened) throws IOException {
    if (settings.get(Settings.Name.POSTROOM_SECRET_KEY).isPresent()) {
      told.add(
          "Stored passwords are opened by POSTROOM_SECRET_KEY; see that it is the original's.");
      return;
    }
    if (opened != null) {
      KeyCopy.place(settings, opened);
      told.add("The key that opens stored passwords is in place.");
      return;
    }
    told.add(
        manifest.sealedKey() == null
            ? "The key that opens stored passwords is not in this backup: copy the original's secret.key into "
                + settings.home()
                + " before you start Postroom, or enter every password again."
            : "The key in the backup was left closed, because no passphrase was given (POSTROOM_BACKUP_PASSPHRASE): restore again with it, or copy the original's secret.key into "
                + settings.home()
                + ".");
  }
}
