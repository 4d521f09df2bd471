package org.postroom.keeping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.postroom.db.Refill;
import org.postroom.keeping.Manifest.FilePart;
import org.postroom.keeping.Manifest.TablePart;
import tools.jackson.core.JacksonException;

/** A backup being read. What is wrong with it is said before anything is done with it. */
final class BackupFile implements AutoCloseable {
  private static final int LARGEST_MANIFEST = 4_000_000;
  private final ZipFile zip;
  private final Manifest manifest;

  private BackupFile(ZipFile zip, Manifest manifest) {
    this.zip = zip;
    this.manifest = manifest;
  }

  /** A backup cannot be used; the message says why. */
  static final class Unusable extends IOException {
    Unusable(String message) {
      super(message);
    }
  }

  /** Opens it and reads its manifest. */
  static BackupFile open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException broken) {
      throw new Unusable(file + " is not a whole backup: " + broken.getMessage() + ".");
    }
    try {
      return new BackupFile(zip, manifest(zip, file));
    } catch (IOException | RuntimeException failure) {
      zip.close();
      throw failure;
    }
  }

  private static Manifest manifest(ZipFile zip, Path file) throws IOException {
    ZipEntry entry = zip.getEntry(Manifest.ENTRY);
    if (entry == null || entry.getSize() > LARGEST_MANIFEST)
      throw new Unusable(file + " is not a backup of Postroom: it has no manifest.");
    try (InputStream in = zip.getInputStream(entry)) {
      return Manifest.read(in.readNBytes(LARGEST_MANIFEST));
    } catch (JacksonException | IllegalArgumentException unknown) {
      throw new Unusable(
          file + " has a manifest that cannot be read; a newer Postroom may have made it.");
    }
  }

  Manifest manifest() {
    return manifest;
  }

  /** Refuses what this program cannot restore. */
  void checkVersion() throws IOException {
    if (manifest.format() != Manifest.FORMAT || !Refill.knows(manifest.schemaVersion()))
      throw new Unusable(
          "The backup was made by a newer Postroom (its tables are of version "
              + manifest.schemaVersion()
              + ", this program knows "
              + Refill.newestVersion()
              + "). Restore it with that version.");
  }

  /** Reads all of it and compares counts and hashes with the manifest. */
  void checkContent() throws IOException {
    for (TablePart part : manifest.tables()) check(part);
    for (FilePart part : manifest.files()) {
      try (DigestInputStream in = open(part.entry())) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
        compare(part.entry(), in, part.sha256());
      }
    }
  }

  private void check(TablePart part) throws IOException {
    try (DigestInputStream in = open(part.entry())) {
      var rows =
          new RowStream.Reader(
              new java.io.BufferedInputStream(in, 65_536), part.table().columns().size());
      long count = 0;
      while (rows.next() != null) count++;
      in.transferTo(java.io.OutputStream.nullOutputStream());
      compare(part.entry(), in, part.sha256());
      if (count != part.rows())
        throw damaged(
            part.entry(), String.format(Locale.ROOT, "%d rows instead of %d", count, part.rows()));
    } catch (ZipException | java.io.EOFException broken) {
      throw damaged(part.entry(), String.valueOf(broken.getMessage()));
    }
  }

  private static void compare(String entry, DigestInputStream in, String expected)
      throws IOException {
    String found = HexFormat.of().formatHex(in.getMessageDigest().digest());
    if (!found.equals(expected)) throw damaged(entry, "its SHA-256 is another");
  }

  private static Unusable damaged(String entry, String how) {
    return new Unusable(
        "The backup is damaged in " + entry + ": " + how + ". Nothing was touched.");
  }

  /** A part of it, hashed as it is read. */
  DigestInputStream open(String entry) throws IOException {
    ZipEntry found = zip.getEntry(entry);
    if (found == null) throw damaged(entry, "it is missing");
    return new DigestInputStream(zip.getInputStream(found), BackupWriter.sha256());
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
