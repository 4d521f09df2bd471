package org.postroom.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * What SQLite's planner believes of the tables. Without statistics it takes every column of an
 * index for as good as any other, and may read a whole company to find one row: all keys begin with
 * the company. What it counts itself is of the day it counts. So it is told once and for all that a
 * company has very many rows, and each further column of an index narrows: plans do not change with
 * what is in the tables. (docs/decisions/0017-fixed-statistics.md)
 */
final class SqliteStatistics {
  private static final int ROWS = 1_000_000;
  private static final int ROWS_OF_PART = 2_000;
  private static final int COMPANIES = 20;
  private static final int ALIKE = 200;
  private static final int ALIKE_BY_ID = 10;

  /** Columns of few different values: each leaves a tenth. */
  private static final Set<String> COARSE =
      Set.of(
          "account_id",
          "active",
          "bulk",
          "channel",
          "document_kind",
          "enabled",
          "is_open",
          "is_owed",
          "kind",
          "origin_kind",
          "purpose",
          "role",
          "type");

  private static final String INDEXES =
      """
      SELECT t.name, i.name, i."unique", i.partial,
        (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) AS columns
      FROM sqlite_schema t JOIN pragma_index_list(t.name) i
      WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'
      """;

  /** A row of {@code sqlite_stat1}. */
  private record Belief(String table, String index, String numbers) {}

  private SqliteStatistics() {}

  static void write(DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      Set<Belief> beliefs = beliefs(statement);
      // Nothing is written where nothing changed: a full disk must not keep us from starting.
      if (beliefs.equals(written(statement))) return;
      statement.execute("ANALYZE installation"); // makes the table of statistics
      connection.setAutoCommit(false);
      statement.execute("DELETE FROM sqlite_stat1");
      insert(connection, beliefs);
      connection.commit();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Set<Belief> beliefs(Statement statement) throws SQLException {
    Set<Belief> beliefs = new HashSet<>();
    try (ResultSet row = statement.executeQuery(INDEXES)) {
      while (row.next())
        beliefs.add(
            new Belief(
                row.getString(1),
                row.getString(2),
                numbers(
                    List.of(row.getString(5).split(",")), row.getBoolean(3), row.getBoolean(4))));
    }
    return beliefs;
  }

  /** All rows, then how many are alike in the first column, in the first two and so on. */
  private static String numbers(List<String> columns, boolean unique, boolean part) {
    int alike = part ? ROWS_OF_PART : ROWS;
    var numbers = new StringBuilder().append(alike);
    for (String column : columns) {
      alike = alike(alike, column, numbers.indexOf(" ") < 0);
      numbers.append(' ').append(alike);
    }
    if (unique) numbers.replace(numbers.lastIndexOf(" ") + 1, numbers.length(), "1");
    return numbers.toString();
  }

  private static int alike(int before, String column, boolean first) {
    if (column.equals("company_id")) return before / COMPANIES;
    if (column.equals("state")) return Math.max(2, before / 50); // asked for are the rare ones
    if (COARSE.contains(column)) return Math.max(2, before / 10);
    return Math.max(2, Math.min(before / 10, first ? ALIKE_BY_ID : ALIKE));
  }

  private static Set<Belief> written(Statement statement) throws SQLException {
    Set<Belief> written = new HashSet<>();
    if (!exists(statement)) return written;
    try (ResultSet row =
        statement.executeQuery("SELECT tbl, idx, stat FROM sqlite_stat1 WHERE idx IS NOT NULL")) {
      while (row.next())
        written.add(new Belief(row.getString(1), row.getString(2), row.getString(3)));
    }
    return written;
  }

  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'")) {
      return row.next();
    }
  }

  private static void insert(Connection connection, Set<Belief> beliefs) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)")) {
      for (Belief belief : beliefs) {
        insert.setString(1, belief.table());
        insert.setString(2, belief.index());
        insert.setString(3, belief.numbers());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
