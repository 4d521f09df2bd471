package org.postroom.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.postroom.db.Table.Column;
import org.postroom.db.Table.Kind;

/** Which tables a database has, those others point at first. */
final class Tables {
  /** Kept by the migrations themselves: it is written anew wherever the rows go. */
  static final String HISTORY = "flyway_schema_history";

  private Tables() {}

  static List<Table> of(Connection connection, Dialect dialect) throws SQLException {
    Map<String, List<Column>> found = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(columns(dialect))) {
      while (row.next())
        if (!row.getString(1).equals(HISTORY))
          found
              .computeIfAbsent(row.getString(1), name -> new ArrayList<>())
              .add(new Column(row.getString(2), kind(row.getString(3))));
    }
    Set<String> ordered = new LinkedHashSet<>();
    for (String name : found.keySet()) add(connection, name, ordered);
    List<Table> tables = new ArrayList<>();
    for (String name : ordered) {
      List<Column> columns = found.get(name);
      if (columns != null) tables.add(new Table(name, columns));
    }
    return tables;
  }

  private static String columns(Dialect dialect) {
    return switch (dialect) {
      case SQLITE ->
          """
          SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c
          WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid
          """;
      case POSTGRESQL ->
          """
          SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
          JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
          WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position
          """;
    };
  }

  private static Kind kind(String type) {
    return switch (type.toUpperCase(Locale.ROOT)) {
      case "INTEGER", "BIGINT" -> Kind.NUMBER;
      case "TEXT", "CHARACTER VARYING" -> Kind.TEXT;
      case "BLOB", "BYTEA" -> Kind.BYTES;
      default -> throw new IllegalStateException("No table of ours has a column of type " + type);
    };
  }

  private static void add(Connection connection, String name, Set<String> ordered)
      throws SQLException {
    if (ordered.contains(name)) return;
    List<String> first = new ArrayList<>();
    try (ResultSet keys =
        connection.getMetaData().getImportedKeys(null, connection.getSchema(), name)) {
      while (keys.next()) first.add(keys.getString("PKTABLE_NAME"));
    }
    for (String each : first) if (!each.equals(name)) add(connection, each, ordered);
    ordered.add(name);
  }
}
