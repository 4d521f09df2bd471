package org.postroom.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStatisticsTests {
  @TempDir Path folder;

  @Test
  void oneRowIsFoundByItsKeyAndNotAmongAllOfItsCompany() {
    try (Database database = Databases.embedded(folder, null)) {
      assertThat(
              plan(
                  database,
                  "SELECT lower(address) FROM message_recipients WHERE company_id = 'c' AND message_id = 'm'"))
          .anyMatch(step -> step.contains("(company_id=? AND message_id=?)"));
      assertThat(
              plan(
                  database,
                  "SELECT * FROM messages WHERE company_id = 'c' AND resend_of = 'm' ORDER BY id LIMIT 50"))
          .anyMatch(step -> step.contains("(company_id=? AND resend_of=?)"));
    }
  }

  @Test
  void whatWaitsIsFoundInItsOwnIndex() {
    try (Database database = Databases.embedded(folder, null)) {
      assertThat(
              plan(
                  database,
                  """
                  SELECT account_id FROM messages
                  WHERE company_id = 'c' AND state IN ('queued', 'delayed') ORDER BY account_id LIMIT 1
                  """))
          .anyMatch(step -> step.contains("messages_waiting"));
    }
  }

  @Test
  void everyIndexIsKnownAlsoAfterTheTablesChanged() {
    try (Database database = Databases.embedded(folder, null)) {
      database.run(sql -> sql.sql("CREATE INDEX later ON messages (company_id, size)").update());
      assertThat(unknown(database)).containsExactly("later");
    }
    try (Database again = Databases.embedded(folder, null)) {
      assertThat(unknown(again)).isEmpty();
    }
  }

  @Test
  void aStartWithNothingNewWritesNothing() throws IOException {
    Databases.embedded(folder, null).close();
    byte[] before = Files.readAllBytes(folder.resolve("postroom.db"));
    Databases.embedded(folder, null).close();
    assertThat(folder.resolve("postroom.db")).hasBinaryContent(before);
  }

  private static List<String> unknown(Database database) {
    return database.read(sql ->
        sql.sql(
                """
                SELECT i.name FROM sqlite_schema t JOIN pragma_index_list(t.name) i
                WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND i.name NOT IN (SELECT idx FROM sqlite_stat1 WHERE idx IS NOT NULL)
                """)
            .query(String.class)
            .list());
  }

  private static List<String> plan(Database database, String statement) {
    return database.read(sql ->
        sql.sql("EXPLAIN QUERY PLAN " + statement)
            .query((row, n) -> row.getString("detail"))
            .list());
  }
}
