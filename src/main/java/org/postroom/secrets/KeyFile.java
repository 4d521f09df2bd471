package org.postroom.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key file in the data folder: made on first start, readable by its owner only. */
final class KeyFile implements KeyPlace {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;

  KeyFile(Path home) {
    this.file = home.resolve("secret.key");
  }

  Path path() {
    return file;
  }

  @Override
  public String words() {
    return file.toString();
  }

  /** The keys as text; a new one where there is no file yet. */
  @Override
  public String content() {
    try {
      if (!Files.exists(file)) make();
      warnWhereOthersCanRead();
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException failure) {
      throw new IllegalStateException(
          "The key file " + file + " cannot be read or made: " + failure.getMessage(), failure);
    }
  }

  /** The keys as text, where there is a file. */
  @Override
  public Optional<String> existing() {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException failure) {
      throw new IllegalStateException(
          "The key file " + file + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  /** When the file was changed last. */
  @Override
  public Instant changedAt() throws IOException {
    return Files.getLastModifiedTime(file).toInstant();
  }

  /** Puts other keys into the file: after a crash it holds all of the old or all of the new. */
  @Override
  public void replace(List<MasterKey> keys) throws IOException {
    replace(keys.stream().map(MasterKey::base64).collect(Collectors.joining("\n")) + "\n");
  }

  /** A copy of keys that lie elsewhere; a folder that takes none is no reason to stop. */
  void keep(String text) {
    try {
      Files.createDirectories(file.getParent());
      if (Files.exists(file)) replace(text);
      else write(file, text);
    } catch (IOException failure) {
      LOG.warn("No copy of the nodes' key can be kept in {}: {}", file, failure.getMessage());
    }
  }

  private void replace(String text) throws IOException {
    Path real = file.toRealPath();
    Path next = real.resolveSibling(real.getFileName() + ".next");
    Files.deleteIfExists(next);
    write(next, text);
    Files.move(next, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceFolder(Objects.requireNonNull(real.getParent()));
  }

  /** On disk before it is used: a secret sealed with a lost key is lost. */
  private void make() throws IOException {
    Files.createDirectories(file.getParent());
    try {
      write(file, MasterKey.fresh().base64() + "\n");
    } catch (FileAlreadyExistsException anotherWasFaster) {
      return;
    }
    LOG.info("Made the key that seals stored passwords: {}. Back it up apart from the data.", file);
  }

  private void write(Path target, String text) throws IOException {
    var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(target, options, permissions())) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(true);
    }
  }

  /** The new name, too, must be on disk. Not every system lets a folder be opened. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException cannot) {
      LOG.debug("The folder {} could not be written through: {}", folder, cannot.toString());
    }
  }

  private FileAttribute<?>[] permissions() {
    return posix()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private void warnWhereOthersCanRead() throws IOException {
    if (posix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      LOG.warn("Others than its owner may read {}. Run: chmod 600 {}", file, file);
    }
  }

  private boolean posix() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
