package org.postroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.db.Settings;

class CommandsTests {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void helpNamesEverySettingAndCommand() {
    assertThat(run("help")).contains(0);
    assertThat(text()).contains("postroom demo", "postroom settings", "postroom rotate-keys");
    for (Settings.Name name : Settings.Name.values())
      assertThat(text()).contains(name.name(), name.meaning());
    String help = text();
    printed.reset();
    assertThat(run("--help")).contains(0);
    assertThat(text()).isEqualTo(help);
  }

  @Test
  void settingsNeverShowSecrets(@TempDir Path folder) throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "pr_live_secret_in_a_file\n");
    var environment =
        Map.of(
            "POSTROOM_HTTP_PORT", "8099",
            "POSTROOM_ADMIN_PASSWORD", "horse battery staple",
            "POSTROOM_DATABASE_URL", "postgresql://postroom:sesame@db/postroom",
            "POSTROOM_API_KEY_FILE", key.toString());
    assertThat(Commands.run(new String[] {"settings"}, environment, out())).contains(0);
    assertThat(text())
        .contains(
            "POSTROOM_HTTP_PORT: 8099",
            "POSTROOM_ADMIN_PASSWORD: set, not shown",
            "POSTROOM_API_KEY: set, not shown (from " + key + ")",
            "POSTROOM_NODE: not set")
        .doesNotContain("horse", "sesame", "secret_in_a_file");
  }

  @Test
  void anUnknownCommandIsRefusedWithTheListOfThoseThereAre() {
    assertThat(run("serve")).contains(2);
    assertThat(text()).contains("no command “serve”", "postroom demo");
  }

  @Test
  void withoutACommandPostroomRuns() {
    assertThat(run()).isEmpty();
    assertThat(run("--demo")).isEmpty();
    assertThat(run("demo")).isEmpty();
    assertThat(Commands.options(new String[] {"demo", "--debug"}, Map.of()))
        .containsExactly("--demo", "--debug", "--POSTROOM_PUBLIC_URL=http://localhost:8025");
    Map<String, String> known = Map.of("POSTROOM_PUBLIC_URL", "https://post.acme.example");
    assertThat(Commands.options(new String[] {"demo"}, known)).containsExactly("--demo");
    assertThat(Commands.options(new String[] {"--demo"}, known)).containsExactly("--demo");
    assertThat(Commands.options(new String[] {"--demo"}, Map.of())).hasSize(2);
    assertThat(Commands.options(new String[] {"--debug"}, Map.of())).containsExactly("--debug");
    assertThat(text()).isEmpty();
  }

  private Optional<Integer> run(String... words) {
    return Commands.run(words, Map.of(), out());
  }

  private PrintStream out() {
    return new PrintStream(printed, true, StandardCharsets.UTF_8);
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
