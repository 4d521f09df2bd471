package org.postroom.db;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Table.Column;

/**
 * Everything a database holds as it stood at one moment, while others go on writing. On a
 * connection of its own, so that reading for minutes keeps nobody from a reader.
 *
 * <p>Values are the same from both databases: {@link Long}, {@link String}, {@code byte[]} or null.
 */
public final class Still {
  /** Rows may carry whole mails of tens of megabytes: few of them at a time. */
  private static final int FEW = 4;

  private static final int MANY = 500;
  private final Connection connection;
  private final Dialect dialect;

  Still(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** Work on a {@link Still}. */
  public interface Reading<T> {
    T of(Still still) throws IOException, SQLException;
  }

  /** Takes the rows of a table, one after the other. */
  public interface Rows {
    void row(@Nullable Object[] values) throws IOException;
  }

  public Dialect dialect() {
    return dialect;
  }

  /** Those that others point at come first. */
  public List<Table> tables() throws SQLException {
    return Tables.of(connection, dialect);
  }

  /** The columns that tell the rows of a table apart. */
  public List<String> keyOf(Table table) throws SQLException {
    List<String> key = new java.util.ArrayList<>();
    try (ResultSet row =
        connection.getMetaData().getPrimaryKeys(null, connection.getSchema(), table.name())) {
      while (row.next()) key.add(row.getString("COLUMN_NAME"));
    }
    return key;
  }

  /** The newest migration that was applied, such as 110. */
  public String schemaVersion() throws SQLException {
    return Schema.applied(connection);
  }

  /** About how much room the database takes on disk. */
  public long bytes() throws SQLException {
    return number(
        switch (dialect) {
          case SQLITE -> "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
          case POSTGRESQL -> "SELECT pg_database_size(current_database())";
        });
  }

  /** The database's clock. */
  public long now() throws SQLException {
    return number(dialect.now());
  }

  /** A value of the installation, null where it has none. */
  public @Nullable String installation(String name) throws SQLException {
    try (var statement =
        connection.prepareStatement("SELECT value FROM installation WHERE name = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  /** All rows of the table, in no order. */
  public void rows(Table table, Rows rows) throws SQLException, IOException {
    rows(table, "", rows);
  }

  /** The rows of one company. */
  public void rowsOf(String company, Table table, Rows rows) throws SQLException, IOException {
    if (!company.matches("[a-z0-9_]+")) throw new IllegalArgumentException("Not an id: " + company);
    String column =
        table.columns().stream().anyMatch(each -> each.name().equals("company_id"))
            ? "company_id"
            : "id";
    rows(table, " WHERE " + column + " = '" + company + "'", rows);
  }

  private void rows(Table table, String which, Rows rows) throws SQLException, IOException {
    List<Column> columns = table.columns();
    String names = String.join(", ", columns.stream().map(Column::name).toList());
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(table.hasBytes() ? FEW : MANY);
      try (ResultSet row =
          statement.executeQuery("SELECT " + names + " FROM " + table.name() + which)) {
        while (row.next()) rows.row(values(row, columns));
      }
    }
  }

  private static @Nullable Object[] values(ResultSet row, List<Column> columns)
      throws SQLException {
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (columns.get(i).kind()) {
            case NUMBER -> {
              long number = row.getLong(i + 1);
              yield row.wasNull() ? null : number;
            }
            case TEXT -> row.getString(i + 1);
            case BYTES -> row.getBytes(i + 1);
          };
    }
    return values;
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
