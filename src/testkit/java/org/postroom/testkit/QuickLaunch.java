package org.postroom.testkit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.postroom.Postroom;
import org.springframework.util.FileSystemUtils;

/**
 * The start-up cache behind {@link Launch#quick()}. Making it takes longer than several starts, so
 * it is made once for a build and lies beside it: for the JVMs that test side by side, and for
 * their next run.
 */
final class QuickLaunch {
  private static final Path PLACE = Path.of("target", "quick").toAbsolutePath();
  private static final Path CLASSES = classes();
  static final Launch INSTANCE = prepare();

  private QuickLaunch() {}

  private static Launch prepare() {
    try {
      Files.createDirectories(PLACE);
      try (var file = FileChannel.open(PLACE.resolve("lock"), CREATE, WRITE);
          var _ = file.lock()) {
        return ofBuild(PLACE.resolve(build()));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Launch ofBuild(Path folder) throws IOException {
    Path jar = folder.resolve("postroom-classes.jar");
    Path cache = folder.resolve("postroom.aot");
    // A cache knows jars only, no folders.
    String classPath = classPath(jar);
    if (Files.notExists(cache)) {
      removeOlder();
      Files.createDirectories(folder);
      pack(jar);
      train(classPath, cache);
    }
    return new Launch(flags("-XX:AOTCache=" + cache), classPath);
  }

  private static void train(String classPath, Path cache) throws IOException {
    Path unfinished = cache.resolveSibling("training.aot");
    var training = new Launch(flags("-XX:AOTCacheOutput=" + unfinished), classPath);
    try (PostroomProcess postroom = PostroomProcess.start(Map.of(), training)) {
      postroom.stop();
    }
    if (Files.exists(unfinished)) Files.move(unfinished, cache);
  }

  private static void removeOlder() throws IOException {
    try (Stream<Path> there = Files.list(PLACE)) {
      for (Path folder : there.filter(Files::isDirectory).toList())
        FileSystemUtils.deleteRecursively(folder);
    }
  }

  private static List<String> flags(String more) {
    List<String> flags = new ArrayList<>(Launch.realFlags());
    flags.add("-XX:TieredStopAtLevel=1");
    flags.add(more);
    return flags;
  }

  private static String classPath(Path jar) {
    return String.join(
        File.pathSeparator,
        Stream.of(Launch.productClassPath().split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().equals(CLASSES) ? jar.toString() : entry)
            .toList());
  }

  /** Another one for other classes, libraries, flags or another Java. */
  private static String build() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String around = Launch.productClassPath() + flags("") + Runtime.version();
      digest.update(around.getBytes(StandardCharsets.UTF_8));
      for (Path file : files())
        if (Files.isRegularFile(file)) digest.update(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void pack(Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : files()) {
        String name = CLASSES.relativize(file).toString().replace(File.separatorChar, '/');
        if (name.isEmpty()) continue;
        // Class path scanning looks for folders' own entries.
        out.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
        if (Files.isRegularFile(file)) Files.copy(file, out);
        out.closeEntry();
      }
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files.sorted().toList();
    }
  }

  private static Path classes() {
    try {
      return Path.of(Postroom.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
