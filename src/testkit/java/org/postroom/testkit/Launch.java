package org.postroom.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How a {@link PostroomProcess} is started: the JVM's flags and the class path. */
public record Launch(List<String> flags, String classPath) {
  private static final Path FLAGS = Path.of("bin", "jvm-flags");

  /** The flags of the real start, so that a test process is as large as a real one. */
  public static Launch usual() {
    return new Launch(realFlags(), productClassPath());
  }

  /**
   * For tests that start it again and again: with a start-up cache, as every real start but the
   * first, and without the second compiler. The first call on a build pays a start for it.
   */
  public static Launch quick() {
    return QuickLaunch.INSTANCE;
  }

  static List<String> realFlags() {
    try {
      return Files.readAllLines(FLAGS).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** That of the tests without their own classes: they bring a logging configuration. */
  static String productClassPath() {
    return String.join(
        File.pathSeparator,
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .toList());
  }
}
