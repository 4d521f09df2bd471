package org.postroom.keeping;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Settings;
import org.postroom.db.Still;
import org.postroom.db.Table;
import org.postroom.keeping.Manifest.FilePart;
import org.postroom.keeping.Manifest.TablePart;
import org.postroom.secrets.KeyCopy;

/**
 * Writes everything that is needed to go on elsewhere into one ZIP file: all rows at one moment,
 * fonts, and the key under a passphrase. Under another name until it is whole and on disk.
 */
final class BackupWriter {
  private static final long SPARE = 32_000_000;
  private final Settings settings;

  BackupWriter(Settings settings) {
    this.settings = settings;
  }

  /** The file as it will be called for a backup without a name of its own. */
  static String name(Instant now) {
    return "postroom-" + now.toString().replaceAll("\\..*|Z$", "").replace(':', '-') + "Z.zip";
  }

  Manifest write(Database database, Path target, @Nullable String passphrase) throws IOException {
    Path file = target.toAbsolutePath();
    Path folder = folderOf(file);
    Files.createDirectories(folder);
    if (Files.exists(file)) throw new FileAlreadyExistsException(file + " exists already.");
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Manifest manifest =
          database.still(still -> {
            enoughRoom(folder, still.bytes());
            return write(still, part, passphrase);
          });
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      force(folder);
      return manifest;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** A backup that fills the disk would stop the post. */
  private static void enoughRoom(Path folder, long database) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free >= database + SPARE) return;
    throw new IOException(
        String.format(
            Locale.ROOT,
            "There is not enough room in %s: %d MB are free, a backup may need %d MB.",
            folder,
            free / 1_000_000,
            (database + SPARE) / 1_000_000));
  }

  private Manifest write(Still still, Path part, @Nullable String passphrase)
      throws IOException, SQLException {
    Files.deleteIfExists(part);
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ownerOnly(part);
      var zip =
          new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 65_536));
      zip.setLevel(Deflater.BEST_SPEED);
      Manifest manifest = content(still, zip, passphrase);
      zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
      zip.write(manifest.write());
      zip.closeEntry();
      zip.finish();
      zip.flush();
      channel.force(true);
      return manifest;
    }
  }

  private Manifest content(Still still, ZipOutputStream zip, @Nullable String passphrase)
      throws IOException, SQLException {
    Instant taken = Instant.ofEpochMilli(still.now());
    String version = still.schemaVersion();
    List<TablePart> tables = new ArrayList<>();
    for (Table table : still.tables()) tables.add(table(still, table, zip));
    List<FilePart> files = new ArrayList<>();
    for (Path font : fonts()) files.add(file(font, zip));
    return new Manifest(
        Manifest.FORMAT,
        Ids.next("bak"),
        version,
        taken,
        still.dialect().name().toLowerCase(Locale.ROOT),
        KeyCopy.ids(settings),
        passphrase == null ? null : KeyCopy.seal(settings, passphrase).orElse(null),
        tables,
        files);
  }

  private static TablePart table(Still still, Table table, ZipOutputStream zip)
      throws IOException, SQLException {
    String entry = "tables/" + table.name() + ".rows";
    zip.putNextEntry(new ZipEntry(entry));
    var counted = new Counted(zip);
    var rows = new RowStream.Writer(new BufferedOutputStream(counted.digest, 65_536));
    still.rows(table, rows::write);
    long count = rows.end();
    zip.closeEntry();
    return new TablePart(table, entry, count, counted.bytes, counted.sha256());
  }

  private static FilePart file(Path path, ZipOutputStream zip) throws IOException {
    String name = "fonts/" + path.getFileName();
    zip.putNextEntry(new ZipEntry(name));
    var counted = new Counted(zip);
    Files.copy(path, counted.digest);
    zip.closeEntry();
    return new FilePart(name, name, counted.bytes, counted.sha256());
  }

  /** Everything else is in the database: logos, caught mail, uploaded files too. */
  private List<Path> fonts() throws IOException {
    Path folder = settings.home().resolve("fonts");
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Path folderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) throw new IOException(file + " is not a file's name.");
    return folder;
  }

  /** It holds mail: nobody but its owner reads it. */
  static void ownerOnly(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix"))
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** The new name, too, must be on disk. */
  static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException cannot) {
      // Not every system lets a folder be opened.
    }
  }

  /** Counts and hashes what passes into the archive, which stays open. */
  private static final class Counted extends FilterOutputStream {
    private final DigestOutputStream digest;
    private long bytes;

    Counted(OutputStream archive) {
      super(archive);
      this.digest = new DigestOutputStream(this, BackupWriter.sha256());
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      bytes++;
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
      out.write(some, from, length);
      bytes += length;
    }

    String sha256() {
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    }
  }
}
