package org.postroom.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where this machine keeps its Chromium. */
final class ChromiumProgram {
  static final String MISSING =
      "No Chromium on this machine: install the package chromium, or name the program in"
          + " POSTROOM_CHROMIUM.";
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private ChromiumProgram() {}

  /** What POSTROOM_CHROMIUM names, otherwise the first of the usual names on the PATH. */
  static Optional<Path> find() {
    String named = System.getenv("POSTROOM_CHROMIUM");
    if (named != null && !named.isBlank())
      return Optional.of(Path.of(named)).filter(Files::isExecutable);
    return NAMES.stream().flatMap(ChromiumProgram::onPath).findFirst();
  }

  private static Stream<Path> onPath(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable);
  }
}
