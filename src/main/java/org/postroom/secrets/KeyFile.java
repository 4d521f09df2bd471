package org.postroom.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key file in the data folder: made on first start, readable by its owner only. */
final class KeyFile {
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

  /** The keys as text; a new one where there is no file yet. */
  String content() {
    try {
      if (!Files.exists(file)) make();
      warnWhereOthersCanRead();
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException failure) {
      throw new IllegalStateException(
          "The key file " + file + " cannot be read or made: " + failure.getMessage(), failure);
    }
  }

  /** On disk before it is used: a secret sealed with a lost key is lost. */
  private void make() throws IOException {
    byte[] key = new byte[MasterKey.BYTES];
    new SecureRandom().nextBytes(key);
    String text = Base64.getEncoder().encodeToString(key) + "\n";
    Files.createDirectories(file.getParent());
    var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, permissions())) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(true);
    } catch (FileAlreadyExistsException anotherWasFaster) {
      return;
    }
    LOG.info("Made the key that seals stored passwords: {}. Back it up apart from the data.", file);
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
