package org.postroom.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.db.Settings;

class CommandsTests {
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
  private static final String START = "<!-- commands: from their pages -->";

  @Test
  void helpNamesEverySettingAndCommand() {
    Tried help = run("help");
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("postroom demo");
    for (Command command : Commands.ALL)
      assertThat(help.out()).contains("postroom " + command.name() + " ");
    for (Settings.Name name : Settings.Name.values())
      assertThat(help.out()).contains(name.name(), name.meaning());
    assertThat(run("--help")).isEqualTo(help);
  }

  @Test
  void everyCommandHasAPageThatTellsEachOfItsOptionsAndNoOther() {
    for (Command command : Commands.ALL) {
      String page = run("help", command.name()).out();
      assertThat(page)
          .as(command.name())
          .startsWith("NAME\n    " + command.name() + " - ")
          .containsSubsequence(
              "\nSYNOPSIS\n    postroom " + command.name(),
              "\nDESCRIPTION\n",
              "\nOPTIONS\n",
              "\nEXIT STATUS\n",
              "\nEXAMPLES\n")
          .doesNotContain("@server", "@every");
      assertThat(page.lines()).as(command.name()).allMatch(line -> line.length() <= 80);
      assertThat(told(page)).as(command.name()).isEqualTo(known(command));
      assertThat(run(command.name(), "--help").out()).isEqualTo(page);
    }
  }

  @Test
  void theDocumentationHoldsTheSamePages() throws Exception {
    Path file = Path.of("docs", "command-line.md");
    String page = Files.readString(file);
    int start = page.indexOf(START) + START.length();
    String written =
        page.substring(0, start) + pages() + page.substring(page.indexOf("<!-- end -->", start));
    if (Boolean.getBoolean("postroom.draw")) Files.writeString(file, written);
    else assertThat(page).isEqualTo(written);
  }

  @Test
  void everyCommandAnswersInJsonAlsoWhereItRefuses(@TempDir Path folder) {
    var environment =
        Map.of(
            "POSTROOM_HOME", folder.resolve("data").toString(),
            "POSTROOM_API_KEY", "pr_live_planted",
            "POSTROOM_HTTP_PORT", "1");
    for (Command command : Commands.ALL) {
      Tried tried = Tried.run(environment, command.name(), "" + folder, "--json");
      assertThat(tried.json().isObject()).as(command.name()).isTrue();
      assertThat(tried.err()).as(command.name()).isEmpty();
      assertThat(tried.json().path("result").stringValue()).isEqualTo("refused");
      assertThat(tried.exit()).as(command.name()).isIn(1, 2);
      assertThat(tried.out()).doesNotContain("planted");
    }
    assertThat(Tried.run(environment, "serve", "--json").json().path("message").stringValue())
        .isEqualTo("There is no command “serve”.");
    assertThat(Tried.run(environment, "help", "--json").json().path("commands").size())
        .isEqualTo(Commands.ALL.size());
    assertThat(Tried.run(environment, "version", "--json").json().path("java").stringValue())
        .startsWith("25");
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
    Tried tried = Tried.run(environment, "settings");
    assertThat(tried.exit()).isZero();
    assertThat(tried.out())
        .contains(
            "POSTROOM_HTTP_PORT: 8099",
            "POSTROOM_ADMIN_PASSWORD: set, not shown",
            "POSTROOM_API_KEY: set, not shown (from " + key + ")",
            "POSTROOM_NODE: not set");
    Tried json = Tried.run(environment, "settings", "--json");
    assertThat(json.json().path("settings").path("POSTROOM_HTTP_PORT").stringValue())
        .isEqualTo("8099");
    assertThat(json.json().path("settings").path("POSTROOM_NODE").isNull()).isTrue();
    assertThat(tried.all() + json.all()).doesNotContain("horse", "sesame", "secret_in_a_file");
  }

  @Test
  void anUnknownCommandIsRefusedWithTheListOfThoseThereAre() {
    assertThat(run("serve").exit()).isEqualTo(2);
    assertThat(run("serve").err()).contains("no command “serve”", "postroom demo");
    assertThat(run("serve").out()).isEmpty();
    assertThat(run("backup", "--loud").err()).contains("There is no option --loud.");
  }

  @Test
  void withoutACommandPostroomRuns() {
    for (String[] words : new String[][] {{}, {"--demo"}, {"demo"}, {"--debug"}}) {
      assertThat(run(words).code()).isEmpty();
      assertThat(run(words).all()).isEmpty();
    }
    assertThat(CommandLine.options(new String[] {"demo", "--debug"}, Map.of()))
        .containsExactly("--demo", "--debug", "--POSTROOM_PUBLIC_URL=http://localhost:8025");
    Map<String, String> known = Map.of("POSTROOM_PUBLIC_URL", "https://post.acme.example");
    assertThat(CommandLine.options(new String[] {"demo"}, known)).containsExactly("--demo");
    assertThat(CommandLine.options(new String[] {"--demo"}, known)).containsExactly("--demo");
    assertThat(CommandLine.options(new String[] {"--demo"}, Map.of())).hasSize(2);
    assertThat(CommandLine.options(new String[] {"--debug"}, Map.of())).containsExactly("--debug");
  }

  private static Set<String> told(String page) {
    String synopsisOn = page.substring(page.indexOf("\nSYNOPSIS"), page.indexOf("\nEXAMPLES"));
    return OPTION
        .matcher(synopsisOn)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> known(Command command) {
    Set<String> known = new TreeSet<>(command.values());
    known.addAll(command.flags());
    known.addAll(List.of("--json", "--help"));
    return known;
  }

  private static String pages() {
    List<String> pages = new ArrayList<>();
    for (Command command : Commands.ALL)
      pages.add(
          "\n## "
              + command.name()
              + "\n\n```text\n"
              + Manual.page(command.name()).strip()
              + "\n```\n");
    return "\n" + String.join("", pages);
  }

  private static Tried run(String... words) {
    return Tried.run(Map.of(), words);
  }
}
