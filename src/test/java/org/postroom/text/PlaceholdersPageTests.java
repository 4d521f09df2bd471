package org.postroom.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Run with -Dpostroom.draw=true to write the table of placeholders anew. */
class PlaceholdersPageTests {
  private static final String START = "<!-- placeholders: from the data -->";
  private static final Path PAGE = Path.of("docs/templates.md");

  @Test
  void thePageListsEveryPlaceholder() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf(START) + START.length();
    String written =
        page.substring(0, start)
            + "\n"
            + tables()
            + page.substring(page.indexOf("<!-- end -->", start));
    if (Boolean.getBoolean("postroom.draw")) Files.writeString(PAGE, written);
    else assertThat(page).isEqualTo(written);
  }

  private static String tables() {
    return Catalogue.ALL.groups().stream()
        .map(PlaceholdersPageTests::table)
        .collect(Collectors.joining("\n"));
  }

  private static String table(PlaceholderGroup group) {
    return "| "
        + group.name()
        + " | kind | what it is |\n|---|---|---|\n"
        + group.placeholders().stream()
            .map(PlaceholdersPageTests::row)
            .collect(Collectors.joining());
  }

  private static String row(Placeholder placeholder) {
    String path = placeholder.within() == null ? "" : "in `" + placeholder.within() + "`: ";
    String only = only(placeholder);
    String about = placeholder.about().isEmpty() ? "" : ". " + placeholder.about();
    return "| "
        + path
        + "`"
        + placeholder.path()
        + "` | "
        + placeholder.kind().word()
        + " | "
        + placeholder.name()
        + about
        + only
        + " |\n";
  }

  private static String only(Placeholder placeholder) {
    if (!isIn(Scope.LAYOUT, placeholder)) return " (mails only)";
    return isIn(Scope.MAIL, placeholder) ? "" : " (layouts only)";
  }

  private static boolean isIn(Scope scope, Placeholder placeholder) {
    return Vocabulary.groups(scope).stream()
        .anyMatch(group -> group.placeholders().contains(placeholder));
  }
}
