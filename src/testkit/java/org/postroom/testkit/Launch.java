package org.postroom.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** How a {@link PostroomProcess} is started: the JVM's flags and the class path. */
public record Launch(List<String> flags, String classPath) {
  private static final Path FLAGS = Path.of("bin", "jvm-flags");
  private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();

  /** The flags of the real start, so that a test process is as large as a real one. */
  public static Launch usual() {
    return new Launch(realFlags(), productClassPath());
  }

  /**
   * For tests that start it again and again: with a start-up cache, as every real start but the
   * first, and without the second compiler. The first call in a JVM pays a start for it.
   */
  public static Launch quick() {
    return Quick.INSTANCE;
  }

  private static final class Quick {
    static final Launch INSTANCE = train();

    private static Launch train() {
      try {
        Path folder = Files.createTempDirectory("postroom-quick");
        Path jar = folder.resolve("postroom-classes.jar");
        pack(jar);
        // A cache knows jars only, no folders.
        String classPath = productClassPath().replace(CLASSES.toString(), jar.toString());
        List<String> flags = new ArrayList<>(realFlags());
        flags.add("-XX:TieredStopAtLevel=1");
        Path cache = folder.resolve("postroom.aot");
        var training = new Launch(with(flags, "-XX:AOTCacheOutput=" + cache), classPath);
        try (PostroomProcess postroom = PostroomProcess.start(Map.of(), training)) {
          postroom.stop();
        }
        return new Launch(with(flags, "-XX:AOTCache=" + cache), classPath);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    private static List<String> with(List<String> flags, String flag) {
      List<String> all = new ArrayList<>(flags);
      all.add(flag);
      return all;
    }

    private static void pack(Path jar) throws IOException {
      try (var out = new JarOutputStream(Files.newOutputStream(jar));
          Stream<Path> files = Files.walk(CLASSES)) {
        for (Path file : files.toList()) {
          String name = CLASSES.relativize(file).toString().replace(File.separatorChar, '/');
          if (name.isEmpty()) continue;
          // Class path scanning looks for folders' own entries.
          out.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
          if (Files.isRegularFile(file)) Files.copy(file, out);
          out.closeEntry();
        }
      }
    }
  }

  private static List<String> realFlags() {
    try {
      return Files.readAllLines(FLAGS).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** That of the tests without their own classes: they bring a logging configuration. */
  private static String productClassPath() {
    return String.join(
        File.pathSeparator,
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .toList());
  }
}
