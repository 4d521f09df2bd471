package org.postroom.demo;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How to sign in to the demo, made up once and kept in the data folder, readable by its owner only.
 *
 * @param apiKey for the examples; null until there is one
 */
record DemoSignIn(String email, String password, @Nullable String apiKey) {
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  static Path file(Path home) {
    return home.resolve("demo-sign-in.txt");
  }

  /** Four groups of four: 79 random bits. */
  static String newPassword() {
    var random = new SecureRandom();
    var made = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      if (i > 0 && i % 4 == 0) made.append('-');
      made.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return made.toString();
  }

  static Optional<DemoSignIn> kept(Path home) {
    Path file = file(home);
    if (!Files.exists(file)) return Optional.empty();
    try {
      var lines = new Properties();
      lines.load(new StringReader(Files.readString(file)));
      String email = lines.getProperty("email");
      String password = lines.getProperty("password");
      return email == null || password == null
          ? Optional.empty()
          : Optional.of(new DemoSignIn(email, password, lines.getProperty("api_key")));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  DemoSignIn withApiKey(String text) {
    return new DemoSignIn(email, password, text);
  }

  /** Whole or not at all. */
  void keep(Path home) {
    String text =
        "email="
            + email
            + "\npassword="
            + password
            + "\n"
            + (apiKey == null ? "" : "api_key=" + apiKey + "\n");
    Path fresh = home.resolve("demo-sign-in.new");
    try {
      Files.createDirectories(home);
      Files.deleteIfExists(fresh);
      var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (var out =
          Channels.newOutputStream(Files.newByteChannel(fresh, options, ownerOnly(fresh)))) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      Files.move(
          fresh, file(home), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public String toString() {
    return "DemoSignIn[" + email + "]";
  }
}
