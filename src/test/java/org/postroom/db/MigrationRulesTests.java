package org.postroom.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nodes of the version before work on while a script runs and after it: scripts only add. Each
 * statement of each script must be of a kind that the version before does not notice.
 */
class MigrationRulesTests {
  /** The last script of the first version: before it there was nobody to go on working. */
  private static final int FIRST_VERSION = 106;

  /** What takes something away or changes rows, and why the version before can bear it. */
  private static final Map<Integer, Set<String>> EXPLAINED =
      Map.of(
          // Each is made again in the same script, as another index for the same questions.
          107, Set.of("DROP INDEX message_attempts_by_account", "DROP INDEX messages_waiting"),
          121, Set.of("DROP INDEX messages_by_document", "DROP INDEX message_recipients_returned"));

  @Test
  void scriptsOnlyAdd() throws IOException {
    Map<Integer, List<String>> others = new TreeMap<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      for (Path file : files.toList()) {
        int number = number(file);
        if (number <= FIRST_VERSION) continue;
        for (String statement : statements(Files.readString(file)))
          if (!onlyAdds(statement) && !EXPLAINED.getOrDefault(number, Set.of()).contains(statement))
            others.computeIfAbsent(number, n -> new ArrayList<>()).add(statement);
      }
    }
    assertThat(others).as("not bearable for the version before").isEmpty();
  }

  @Test
  void whatTakesAwayOrDemandsIsNoticed() {
    assertThat(
            List.of(
                "ALTER TABLE messages ADD COLUMN later TEXT",
                "ALTER TABLE messages ADD COLUMN later BIGINT NOT NULL DEFAULT 0",
                "CREATE TABLE later (id TEXT NOT NULL)",
                "CREATE INDEX later ON messages (later)"))
        .allMatch(MigrationRulesTests::onlyAdds);
    assertThat(
            List.of(
                "ALTER TABLE messages DROP COLUMN note",
                "ALTER TABLE messages RENAME COLUMN note TO notes",
                "ALTER TABLE messages ADD COLUMN later TEXT NOT NULL",
                "ALTER TABLE messages ALTER COLUMN note SET NOT NULL",
                "CREATE UNIQUE INDEX once ON messages (company_id, subject)",
                "DROP TABLE messages",
                "UPDATE messages SET state = 'gone'",
                "DELETE FROM messages"))
        .noneMatch(MigrationRulesTests::onlyAdds);
  }

  /** A unique index may refuse what the version before writes; on a new table it cannot. */
  private static boolean onlyAdds(String statement) {
    if (statement.matches("(?s)CREATE (TABLE|INDEX) .*")) return true;
    return statement.matches("(?s)ALTER TABLE \\w+ ADD COLUMN .*")
        && (!statement.contains("NOT NULL") || statement.contains("DEFAULT"));
  }

  private static List<String> statements(String script) {
    String bare = script.replaceAll("--[^\n]*", "");
    List<String> all =
        Stream.of(bare.split(";"))
            .map(one -> one.replaceAll("\\s+", " ").strip())
            .filter(one -> !one.isEmpty())
            .toList();
    // On a table that the same script makes, everything is allowed.
    return all.stream()
        .filter(one ->
            !one.startsWith("CREATE UNIQUE INDEX")
                || all.stream().noneMatch(made -> made.startsWith("CREATE TABLE " + table(one))))
        .toList();
  }

  private static String table(String index) {
    return index.replaceAll(".* ON (\\w+) .*", "$1") + " ";
  }

  private static int number(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceAll("V(\\d+)__.*", "$1"));
  }
}
