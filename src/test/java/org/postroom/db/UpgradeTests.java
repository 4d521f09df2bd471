package org.postroom.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteDataSource;

/** What an installation holds is there, and means the same, after a newer Postroom has started. */
@ParameterizedClass
@EnumSource
class UpgradeTests {
  /** Before automatic mails had occasions. */
  private static final String BEFORE = "98";

  @Parameter TestDatabase kind;
  @TempDir Path folder;
  private String url = "";

  @Test
  void mailsMadeBeforeStayMadeOnce() {
    DataSource old = open();
    migrateTo(old, BEFORE);
    JdbcClient sql = JdbcClient.create(old);
    event(sql, "evt_1", "invoice", "INV-1");
    event(sql, "evt_2", "invoice", "INV-1");
    event(sql, "evt_3", "invoice", "INV-2");
    outcome(sql, "evt_1", "invoice_issued", "'msg_1'");
    outcome(sql, "evt_2", "invoice_issued", "'msg_2'");
    outcome(sql, "evt_3", "invoice_issued", "NULL");
    outcome(sql, "evt_1", "payment_succeeded", "'msg_4'");
    outcome(sql, "evt_2", "payment_succeeded", "'msg_5'");
    close(old);

    try (Database now = reopened()) {
      List<String> kept =
          now.read(one ->
              one.sql(
                      "SELECT document_number || ' ' || automation || ' ' || occasion || ' ' || message_id FROM automation_occasions ORDER BY 1")
                  .query(String.class)
                  .list());
      assertThat(kept)
          .containsExactly(
              "INV-1 invoice_issued  msg_1",
              "INV-1 payment_succeeded evt_1 msg_4",
              "INV-1 payment_succeeded evt_2 msg_5");
      long events =
          now.read(one ->
              one.sql("SELECT count(*) FROM business_events WHERE waits = 0")
                  .query(Long.class)
                  .single());
      assertThat(events).isEqualTo(3);
    }
  }

  /** A newer Postroom has changed the tables: the older one says so and leaves them alone. */
  @Test
  void anOlderPostroomLeavesANewerDatabaseAlone() {
    try (Database database = reopened()) {
      database.run(sql ->
          sql.sql(
                  """
                  INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success)
                  SELECT max(installed_rank) + 1, '99999', 'of the future', 'SQL', 'V99999__of_the_future.sql', 1, 'x', max(installed_on), 1, %s FROM flyway_schema_history
                  """
                      .formatted(kind == TestDatabase.SQLITE ? "1" : "true"))
              .update());
    }
    assertThatThrownBy(this::reopened)
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("newer Postroom")
        .hasMessageContaining("99999")
        .hasMessageContaining("Nothing was touched");
  }

  private static void event(JdbcClient sql, String id, String kind, String number) {
    sql.sql(
            """
            INSERT INTO business_events (company_id, id, source, source_id, type, document_kind, document_number, state,
              told_by, told_by_name, occurred_at, received_at, handled_at, lease_until, tries)
            VALUES ('com_1', :id, '/erp', :id, 'invoice.issued', :kind, :number, 'handled', 'key_1', 'key ERP', NULL, 1, 2, 0, 1)
            """)
        .param("id", id)
        .param("kind", kind)
        .param("number", number)
        .update();
  }

  private static void outcome(JdbcClient sql, String event, String automation, String message) {
    sql.sql(
            "INSERT INTO event_outcomes (company_id, event_id, automation, message_id, code, skipped, at) VALUES ('com_1', :event, :automation, "
                + message
                + ", NULL, NULL, 3)")
        .param("event", event)
        .param("automation", automation)
        .update();
  }

  private DataSource open() {
    if (kind == TestDatabase.SQLITE) {
      var source = new SQLiteDataSource();
      source.setUrl("jdbc:sqlite:" + folder.resolve("postroom.db"));
      return source;
    }
    if (url.isEmpty()) url = TestDatabase.freshPostgresUrl();
    var config = new HikariConfig();
    config.setJdbcUrl(PostgresUrl.toJdbc(url));
    config.setMaximumPoolSize(2);
    return new HikariDataSource(config);
  }

  private Database reopened() {
    if (kind == TestDatabase.POSTGRESQL && url.isEmpty()) url = TestDatabase.freshPostgresUrl();
    return kind == TestDatabase.SQLITE
        ? Databases.embedded(folder, null)
        : Databases.postgres(url, null);
  }

  private void migrateTo(DataSource source, String version) {
    Dialect dialect = kind == TestDatabase.SQLITE ? Dialect.SQLITE : Dialect.POSTGRESQL;
    // A fresh database comes with every table: start from nothing.
    Flyway flyway =
        Flyway.configure()
            .dataSource(source)
            .locations("classpath:db/migration")
            .placeholders(dialect.migrationWords())
            .target(version)
            .cleanDisabled(false)
            .load();
    flyway.clean();
    flyway.migrate();
  }

  private static void close(DataSource source) {
    if (source instanceof HikariDataSource pool) pool.close();
  }
}
