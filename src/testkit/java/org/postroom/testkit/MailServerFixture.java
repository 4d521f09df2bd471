package org.postroom.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.springframework.util.FileSystemUtils;

/** What the fixtures of real mail servers share: a folder, a port, a process of their own. */
final class MailServerFixture {
  private MailServerFixture() {}

  /** Skips the test, by name, where a program is missing or we may not start it. */
  static void require(String name, Path program) {
    Assumptions.assumeTrue(
        Files.isExecutable(program),
        () -> "Skipped: " + name + " is not installed (" + program + " is missing).");
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")),
        () -> "Skipped: " + name + " starts as root only.");
  }

  /** A folder that the server's own user can enter. */
  static Path folder(String name) {
    try {
      Path folder = Files.createTempDirectory("postroom-" + name);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Process start(Path folder, String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("output.txt").toFile())
          .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Waits until somebody listens. */
  static void awaitListening(Path folder, Process process, int port) {
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .failFast(() -> !process.isAlive())
          .ignoreExceptions()
          .until(() -> {
            try (var socket = new Socket("127.0.0.1", port)) {
              return socket.isConnected();
            }
          });
    } catch (RuntimeException failure) {
      throw new IllegalStateException("The server did not start:\n" + output(folder), failure);
    }
  }

  /** Ends the process and what it started, by their ids, and removes its folder. */
  static void stop(Process process, Path folder) {
    var children = process.descendants().toList();
    children.forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().join();
    children.forEach(child -> child.onExit().join());
    FileSystemUtils.deleteRecursively(folder.toFile());
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Path makeFolder(Path folder, String owner) {
    try {
      Files.createDirectories(folder);
      var users = folder.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(folder, users.lookupPrincipalByName(owner));
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String output(Path folder) {
    try {
      return Files.readString(folder.resolve("output.txt"));
    } catch (IOException unreadable) {
      return "(no output)";
    }
  }
}
