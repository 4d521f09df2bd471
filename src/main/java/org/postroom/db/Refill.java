package org.postroom.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postroom.db.Table.Column;
import org.postroom.db.Table.Kind;
import org.sqlite.SQLiteDataSource;

/**
 * A database filled anew from rows that were taken from another, of either kind. Its tables are
 * first made as they were then; {@link #finish} brings them up to date. All or nothing: the
 * embedded database appears under its name only when it is whole, PostgreSQL gets all rows in one
 * transaction.
 */
public final class Refill implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 200;
  private static final long BYTES_AT_ONCE = 8_000_000;
  private final DataSource source;
  private final Dialect dialect;
  private final @Nullable Path file;
  private final Connection connection;
  private boolean finished;

  private Refill(DataSource source, Dialect dialect, @Nullable Path file, Connection connection) {
    this.source = source;
    this.dialect = dialect;
    this.file = file;
    this.connection = connection;
  }

  /** Gives rows one after the other; null at the end. */
  public interface RowSource {
    @Nullable Object @Nullable [] next() throws IOException;
  }

  /** The newest tables this program knows. */
  public static String newestVersion() {
    return Schema.newest();
  }

  /** Whether rows taken at that version can be filled in by this program. */
  public static boolean knows(String version) {
    return MigrationVersion.fromVersion(version)
            .compareTo(MigrationVersion.fromVersion(Schema.newest()))
        <= 0;
  }

  /**
   * Makes ready the database that the settings name, with the tables of that version.
   *
   * @param replace also where there is something already: the embedded database is put aside under
   *     another name, PostgreSQL's tables are taken away
   * @throws CannotStart where something is in the way; nothing was touched
   */
  public static Refill of(Settings settings, String version, boolean replace) {
    try {
      var url = settings.get(Settings.Name.POSTROOM_DATABASE_URL);
      return url.isPresent()
          ? postgres(url.get(), version, replace)
          : embedded(settings.home(), version, replace);
    } catch (SQLException failure) {
      throw new CannotStart(
          "The database cannot be filled: " + failure.getMessage(),
          "Repair that and try again.",
          failure);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Refill embedded(Path home, String version, boolean replace)
      throws SQLException, IOException {
    Files.createDirectories(home);
    Path file = home.resolve("postroom.db");
    if (Files.exists(file)) {
      if (inUse(file)) throw inUse("The database " + file);
      if (!replace && !isEmpty(sqlite(file), Dialect.SQLITE)) throw full("The data folder " + home);
    }
    Path next = home.resolve("postroom.db.restoring");
    forget(next);
    SQLiteDataSource source = sqlite(next);
    // Until it is whole nobody looks at it: a crash leaves a file that is simply begun again.
    source.setSynchronous("OFF");
    source.setEnforceForeignKeys(false);
    Schema.migrateTo(source, Dialect.SQLITE, version);
    Connection connection = source.getConnection();
    connection.setAutoCommit(false);
    return new Refill(source, Dialect.SQLITE, file, connection);
  }

  private static Refill postgres(String url, String version, boolean replace) throws SQLException {
    var source = new PGSimpleDataSource();
    source.setUrl(PostgresUrl.toJdbc(url));
    source.setReWriteBatchedInserts(true);
    try (Connection connection = source.getConnection()) {
      long others =
          count(
              connection,
              "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()");
      if (others > 0) throw inUse("The PostgreSQL database");
      if (!replace && !isEmpty(source, Dialect.POSTGRESQL)) throw full("The PostgreSQL database");
    }
    // What is in an empty one is only the tables of whoever started there before.
    Schema.clean(source, Dialect.POSTGRESQL);
    Schema.migrateTo(source, Dialect.POSTGRESQL, version);
    Connection connection = source.getConnection();
    connection.setAutoCommit(false);
    return new Refill(source, Dialect.POSTGRESQL, null, connection);
  }

  /** Removes what the migrations themselves put into the tables; the rows to come have it too. */
  public void clear() throws SQLException {
    List<Table> tables = Tables.of(connection, dialect);
    try (Statement statement = connection.createStatement()) {
      for (Table table : tables.reversed()) statement.executeUpdate("DELETE FROM " + table.name());
    }
  }

  /** The rows of a table; how many there were. */
  public long fill(Table table, RowSource rows) throws SQLException, IOException {
    List<Column> columns = table.columns();
    String names = String.join(", ", columns.stream().map(Column::name).toList());
    String marks = String.join(", ", columns.stream().map(column -> "?").toList());
    String insert = "INSERT INTO " + table.name() + " (" + names + ") VALUES (" + marks + ")";
    long count = 0;
    long bytes = 0;
    int waiting = 0;
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      for (@Nullable Object @Nullable [] row = rows.next(); row != null; row = rows.next()) {
        for (int i = 0; i < row.length; i++)
          bytes += bind(statement, i + 1, row[i], columns.get(i));
        statement.addBatch();
        count++;
        if (++waiting < ROWS_AT_ONCE && bytes < BYTES_AT_ONCE) continue;
        statement.executeBatch();
        waiting = 0;
        bytes = 0;
      }
      if (waiting > 0) statement.executeBatch();
    }
    return count;
  }

  private static int bind(
      PreparedStatement statement, int at, @Nullable Object value, Column column)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(at, type(column.kind()));
      case Long number -> statement.setLong(at, number);
      case byte[] bytes -> statement.setBytes(at, bytes);
      default -> statement.setString(at, value.toString());
    }
    if (value instanceof byte[] bytes) return bytes.length;
    return value instanceof String text ? text.length() : 8;
  }

  private static int type(Kind kind) {
    return switch (kind) {
      case NUMBER -> Types.BIGINT;
      case TEXT -> Types.VARCHAR;
      case BYTES -> Types.BINARY;
    };
  }

  /**
   * Brings the tables up to date, lets {@code last} change what must not be as it was, and puts the
   * database in its place.
   */
  public void finish(Consumer<Sql> last) throws SQLException, IOException {
    // The older tables hold rows nobody uses before they are up to date: "restoring" says so.
    mark(connection);
    connection.commit();
    connection.close();
    Schema.migrate(source, dialect, "The database");
    try (Connection ending = source.getConnection()) {
      ending.setAutoCommit(false);
      last.accept(new Sql(Database.clientOn(() -> ending), dialect, null));
      try (Statement statement = ending.createStatement()) {
        statement.executeUpdate("DELETE FROM installation WHERE name = 'restoring'");
      }
      ending.commit();
    }
    if (file != null) place(file);
    finished = true;
  }

  /** What {@code clear} and {@code fill} did not finish is noticed at the next start. */
  private static void mark(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO installation (name, value) VALUES ('restoring', 'yes') ON CONFLICT (name) DO NOTHING");
    }
  }

  private static void place(Path file) throws IOException, SQLException {
    Path next = file.resolveSibling("postroom.db.restoring");
    try (Connection connection = sqlite(next).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    force(next);
    if (Files.exists(file)) {
      Path aside =
          file.resolveSibling("postroom.db.before-restore-" + Instant.now().getEpochSecond());
      move(file, aside, "");
      move(file, aside, "-wal");
      move(file, aside, "-shm");
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    force(java.util.Objects.requireNonNull(file.getParent()));
  }

  private static void move(Path file, Path aside, String ending) throws IOException {
    Path from = Path.of(file + ending);
    if (Files.exists(from)) Files.move(from, Path.of(aside + ending));
  }

  private static void force(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException cannot) {
      // Not every system lets a folder be opened; the rename itself is whole or not there.
    }
  }

  @Override
  public void close() {
    try {
      if (!connection.isClosed()) {
        if (!finished) connection.rollback();
        connection.close();
      }
      if (!finished && file != null) forget(file.resolveSibling("postroom.db.restoring"));
    } catch (SQLException | IOException leftBehind) {
      // The next try begins with taking it away.
    }
  }

  private static void forget(Path file) throws IOException {
    for (String ending : List.of("", "-wal", "-shm", "-journal"))
      Files.deleteIfExists(Path.of(file + ending));
  }

  private static SQLiteDataSource sqlite(Path file) {
    var source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static boolean isEmpty(DataSource source, Dialect dialect) throws SQLException {
    try (Connection connection = source.getConnection()) {
      boolean tables =
          Tables.of(connection, dialect).stream()
              .anyMatch(table -> table.name().equals("companies"));
      return !tables
          || count(connection, "SELECT count(*) FROM companies") == 0
          || count(connection, "SELECT count(*) FROM installation WHERE name = 'restoring'") > 0;
    }
  }

  private static long count(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Whoever has it open holds a lock that this cannot get. */
  private static boolean inUse(Path file) {
    try (Connection connection = sqlite(file).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 500");
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("BEGIN EXCLUSIVE");
      statement.execute("ROLLBACK");
      return false;
    } catch (SQLException locked) {
      return locked.getErrorCode() == 5 || locked.getErrorCode() == 6;
    }
  }

  private static CannotStart inUse(String what) {
    return new CannotStart(
        what + " is in use: somebody is connected to it.", "Stop Postroom there first.");
  }

  private static CannotStart full(String what) {
    return new CannotStart(
        what + " holds a Postroom already.",
        "Restore into an empty one (POSTROOM_HOME or POSTROOM_DATABASE_URL), or add --replace.");
  }
}
