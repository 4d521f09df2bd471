package org.postroom.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.TestDatabase;

/**
 * What sharding by company needs (docs/scale.md): each table that grows starts its keys with the
 * company, and each statement about such a table names one company, or the page says why not.
 */
class ScaleTests {
  private static final Path PAGE = Path.of("docs", "scale.md");
  private static final Pattern STATEMENT =
      Pattern.compile("\\.sql\\((.*?)(?=\\.(?:query|update|params?)\\(|;\\n)", Pattern.DOTALL);
  private static final Pattern CONSTANT =
      Pattern.compile("static final String (\\w+) =(.*?);\\n", Pattern.DOTALL);
  private static final Pattern TABLE = Pattern.compile("(?:FROM|UPDATE|INTO|JOIN) (\\w+)");
  private static final Pattern ONE_COMPANY = Pattern.compile("company_id (=|IN)|INSERT INTO");
  private static Database database;

  @BeforeAll
  static void open() {
    database = TestDatabase.POSTGRESQL.open(null);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void everyKeyOfATableThatGrowsStartsWithTheCompany() throws IOException {
    Set<String> others = new TreeSet<>();
    keys()
        .forEach((key, columns) -> {
          if (!columns.startsWith("company_id")) others.add(key);
        });
    assertThat(others).isSubsetOf(explained("keys"));
  }

  @Test
  void everyTableHasACompanyOrIsSharedByAll() throws IOException {
    Set<String> without = new TreeSet<>(tables());
    without.removeAll(tablesWithCompany());
    assertThat(without).containsExactlyInAnyOrderElementsOf(explained("shared"));
  }

  @Test
  void everyStatementNamesItsCompany() throws IOException {
    Set<String> growing = tablesWithCompany();
    Map<String, String> sources = sources();
    Set<String> across = new TreeSet<>();
    int statements = 0;
    for (Map.Entry<String, String> source : sources.entrySet()) {
      for (MatchResult found : STATEMENT.matcher(source.getValue()).results().toList()) {
        String whole = whole(found.group(1), source.getValue(), sources);
        Set<String> about = tablesOf(whole, growing);
        if (about.isEmpty()) continue;
        statements++;
        if (ONE_COMPANY.matcher(whole).find()) continue;
        about.forEach(table -> across.add(source.getKey() + " " + table));
      }
    }
    assertThat(statements).as("found in the sources").isGreaterThan(300);
    assertThat(across).isSubsetOf(explained("statements"));
  }

  /** With the constants it names, and what is put together at run time in the same file. */
  private static String whole(String statement, String file, Map<String, String> sources) {
    String whole = statement;
    Map<String, String> constants = constants(file);
    constants.put("MATCHES", sources.getOrDefault("Key.java", ""));
    for (int depth = 0; depth < 3; depth++)
      for (Map.Entry<String, String> one : constants.entrySet())
        if (whole.matches("(?s).*\\b" + one.getKey() + "\\b.*") && !whole.contains(one.getValue()))
          whole += " " + one.getValue();
    boolean built = statement.matches("(?s).*\\b(where|condition|which)\\b.*");
    return built && file.contains("company_id = ") ? whole + " company_id = " : whole;
  }

  private static Map<String, String> constants(String file) {
    Map<String, String> constants = new HashMap<>();
    CONSTANT.matcher(file).results().forEach(one -> constants.put(one.group(1), one.group(2)));
    return constants;
  }

  private static Set<String> tablesOf(String statement, Set<String> growing) {
    return TABLE
        .matcher(statement)
        .results()
        .map(found -> found.group(1))
        .filter(growing::contains)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString(),
                  ScaleTests::read,
                  (one, two) -> one + two));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** First column of the rows between the marks of the page. */
  private static Set<String> explained(String part) throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("<!-- " + part + " -->");
    String rows = page.substring(start, page.indexOf("<!-- end -->", start));
    return rows.lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(3, line.indexOf('`', 3)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> tables() {
    return column(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'flyway_schema_history'");
  }

  private static Set<String> tablesWithCompany() {
    return column(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'company_id'");
  }

  private static Set<String> column(String sql) {
    List<String> found = database.read(one -> one.sql(sql).query(String.class).list());
    return new TreeSet<>(found);
  }

  /** Primary keys and unique indexes of tables with a company: name to columns in their order. */
  private static Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    database.read(sql ->
        sql.sql(
                """
                SELECT i.relname, t.relname, pg_get_indexdef(x.indexrelid) FROM pg_index x
                JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
                JOIN pg_namespace n ON n.oid = t.relnamespace
                WHERE n.nspname = 'public' AND x.indisunique ORDER BY 1\
                """)
            .query((row, n) -> {
              String definition = row.getString(3);
              String columns = definition.substring(definition.indexOf('(') + 1);
              return tablesWithCompany().contains(row.getString(2))
                  ? keys.put(row.getString(1), columns)
                  : null;
            })
            .list());
    return keys;
  }
}
