package org.postroom.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.db.Settings.Name;

/** Run with -Dpostroom.draw=true to write the tables of settings anew. */
class SettingsTests {
  private static final String START = "<!-- settings: from the code -->";
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/settings.md"})
  void thePageListsEverySetting(String file) throws IOException {
    Path path = Path.of(file);
    String page = Files.readString(path);
    int start = page.indexOf(START) + START.length();
    String written =
        page.substring(0, start)
            + "\n"
            + table()
            + page.substring(page.indexOf("<!-- end -->", start));
    if (Boolean.getBoolean("postroom.draw")) Files.writeString(path, written);
    else assertThat(page).isEqualTo(written);
  }

  @Test
  void aValueMayComeFromAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("company"), "Acme\n");
    var settings = new Settings(Map.of("POSTROOM_COMPANY_FILE", file.toString()));
    assertThat(settings.get(Name.POSTROOM_COMPANY)).contains("Acme");
    assertThat(settings.shown(Name.POSTROOM_COMPANY)).contains("Acme (from " + file + ")");
    var missing = new Settings(Map.of("POSTROOM_COMPANY_FILE", folder.resolve("no").toString()));
    assertThatThrownBy(() -> missing.get(Name.POSTROOM_COMPANY))
        .hasMessageContaining("POSTROOM_COMPANY_FILE")
        .hasMessageContaining("cannot be read");
  }

  @Test
  void secretsAreOnlySaidToBeSet() {
    var settings =
        new Settings(
            Arrays.stream(Name.values())
                .collect(Collectors.toMap(Name::name, name -> "value-of-" + name)));
    for (Name name : Name.values())
      assertThat(settings.shown(name).orElseThrow().contains("value-of-"))
          .as(name.name())
          .isNotEqualTo(name.secret());
  }

  private static String table() {
    return "| setting | meaning |\n|---|---|\n"
        + Arrays.stream(Name.values())
            .map(name ->
                "| `"
                    + name
                    + "` | "
                    + name.meaning()
                    + (name.secret() ? " (secret)" : "")
                    + " |\n")
            .collect(Collectors.joining());
  }
}
