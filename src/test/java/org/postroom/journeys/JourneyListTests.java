package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that list things list those that are there. */
class JourneyListTests {
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)");

  @Test
  void everyJourneyHasALine() throws IOException {
    String list = Files.readString(Path.of("journeys", "README.md"));
    try (Stream<Path> classes = Files.list(Path.of("src/test/java/org/postroom/journeys"))) {
      List<String> journeys =
          classes
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Journey.java"))
              .toList();
      assertThat(journeys).isNotEmpty().allMatch(list::contains);
    }
  }

  @Test
  void everyPageOfTheDocumentationIsListed() throws IOException {
    String list = Files.readString(Path.of("docs", "README.md"));
    try (Stream<Path> pages = Files.list(Path.of("docs"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".md") && !name.equals("README.md"))
          .allMatch(name -> list.contains("(" + name + ")"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"README.md", "docs/README.md", "docs/getting-started.md", "journeys/README.md"})
  void everyLinkLeadsToAFile(String page) throws IOException {
    Path path = Path.of(page);
    List<Path> targets =
        LINK.matcher(Files.readString(path))
            .results()
            .map((MatchResult link) -> path.resolveSibling(link.group(1)).normalize())
            .toList();
    assertThat(targets).allMatch(Files::exists);
  }
}
