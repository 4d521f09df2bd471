package org.postroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator takes from the repository: units, container, list of licences. */
class OperationFilesTests {
  /** What may be shipped beside our own code, see docs/licences.md. */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "0BSD",
          "CC0-1.0",
          "Bouncy Castle Licence",
          "EPL-2.0",
          "LGPL-2.1-or-later");

  private static final Path UNITS = Path.of("ops", "systemd");
  private static final Path LICENCES = Path.of("docs", "licences.md");

  private record Library(String name, String version, String licence) {
    String artifact() {
      return name.substring(name.indexOf(':') + 1);
    }
  }

  @Test
  void systemdUnderstandsTheUnits(@TempDir Path folder) throws Exception {
    assumeTrue(ends(List.of("systemd-analyze", "--version")) == 0, "there is no systemd here");
    List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
    try (Stream<Path> units = Files.list(UNITS)) {
      for (Path unit : units.toList()) {
        String text = Files.readString(unit).replace("/opt/postroom/bin/postroom", "/bin/true");
        command.add(Files.writeString(folder.resolve(unit.getFileName()), text).toString());
      }
    }
    assertThat(command).hasSize(6);
    var said = Files.createTempFile(folder, "said", ".txt");
    assertThat(ends(command, said)).as(Files.readString(said)).isZero();
    assertThat(Files.readString(said)).isEmpty();
  }

  @Test
  void whatIsPackedIsThereAndTheScriptsCanBeRead() throws Exception {
    String pack = Files.readString(Path.of("bin", "pack"));
    String packed = pack.substring(pack.indexOf("-czf"));
    for (String word : packed.lines().skip(1).findFirst().orElseThrow().strip().split(" "))
      if (!word.startsWith("target")) assertThat(Path.of(word)).exists();
    for (String script : List.of("pack", "sbom", "postroom", "app"))
      assertThat(ends(List.of("bash", "-n", "bin/" + script))).as(script).isZero();
    String container = Files.readString(Path.of("Dockerfile"));
    assertThat(container).contains("bin/pack", "USER 10001", "/opt/postroom/bin/postroom");
    assertThat(Files.readString(UNITS.resolve("postroom.service")))
        .contains("ExecStart=/opt/postroom/bin/postroom\n", "ProtectSystem=strict");
  }

  @Test
  void everyLibraryHasALicenceThatMayBeShipped() throws IOException {
    for (Library library : libraries())
      assertThat(Arrays.asList(library.licence().split(" or ")))
          .as(library.toString())
          .anyMatch(ALLOWED::contains);
  }

  /** bin/sbom writes the list anew. */
  @Test
  void theListOfLicencesIsThatOfWhatRuns() throws IOException {
    Set<String> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(path -> Path.of(path).getFileName().toString())
            .collect(Collectors.toSet());
    List<Library> libraries = libraries();
    assertThat(libraries).hasSizeGreaterThan(80);
    for (Library library : libraries)
      assertThat(jars).contains(library.artifact() + "-" + library.version() + ".jar");
    Set<String> listed = libraries.stream().map(Library::artifact).collect(Collectors.toSet());
    assertThat(listed).containsAll(ours(Files.readString(Path.of("pom.xml"))));
  }

  /** What our build asks for by itself, without tests. */
  private static List<String> ours(String pom) {
    String dependencies =
        pom.substring(pom.indexOf("</dependencyManagement>"), pom.indexOf("<build>"));
    return Pattern.compile("(?s)<dependency>(.*?)</dependency>")
        .matcher(dependencies)
        .results()
        .map(found -> found.group(1))
        .filter(text -> !text.contains("<scope>test</scope>"))
        .map(text -> text.replaceAll("(?s).*?<artifactId>(.*?)</artifactId>.*", "$1"))
        .toList();
  }

  private static List<Library> libraries() throws IOException {
    return Files.readAllLines(LICENCES).stream()
        .filter(line -> line.matches("\\| [\\w.-]+:[\\w.-]+ \\|.*"))
        .map(line -> line.substring(2, line.length() - 2).split(" \\| "))
        .map(cells -> new Library(cells[0], cells[1], cells[2]))
        .toList();
  }

  private static int ends(List<String> command) throws Exception {
    return ends(command, Files.createTempFile("postroom-said", ".txt"));
  }

  private static int ends(List<String> command, Path said) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(30, TimeUnit.SECONDS)) process.destroyForcibly();
      return process.exitValue();
    } catch (IOException notThere) {
      return 127;
    }
  }
}
