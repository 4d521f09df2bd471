package org.postroom.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.within;
import static org.postroom.testkit.RunningPostroom.json;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteDataSource;

/**
 * An installation of an older Postroom with a full queue: after the update each mail leaves once.
 */
@ParameterizedClass
@EnumSource
class FullQueueUpgradeTests {
  /** Before the outbox's faults were looked at: the tables of the sixth issue are not there yet. */
  private static final String OLDER = "106";

  private static final int WAITING = 30;

  @Parameter TestDatabase kind;
  @TempDir Path home;

  @Test
  void everythingThatWaitedLeavesOnce() throws Exception {
    Map<String, Object> settings = new HashMap<>(RunningPostroom.settings(kind));
    settings.put("POSTROOM_HOME", home.toString());
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start(SmtpOffer.plain())) {
      String mime = made(settings, server.port());
      older(settings, mime);

      try (RunningPostroom postroom = RunningPostroom.start(settings)) {
        within(
            Duration.ofMinutes(1),
            () -> states(postroom),
            states ->
                states.getOrDefault("sent", 0L) == WAITING + 2
                    && states.getOrDefault("unclear", 0L) == 2);
        List<String> ids =
            server.received().stream()
                .map(mail -> new String(mail.content(), StandardCharsets.UTF_8))
                .map(
                    text -> text.substring(text.indexOf("X-Id: ") + 6, text.indexOf("X-Id: ") + 12))
                .toList();
        // Those that waited, the delayed one and the one that was claimed and not yet handed over.
        assertThat(ids).doesNotHaveDuplicates().hasSize(WAITING + 2);
        assertThat(ids).contains("id9001", "id9002").doesNotContain("id9003", "id9004");
      }
    }
  }

  /** The account, made by today's Postroom; its row is what an older one wrote as well. */
  private static String made(Map<String, Object> settings, int port) {
    try (RunningPostroom postroom = RunningPostroom.start(settings)) {
      var account =
          postroom.post(
              "/api/v1/accounts",
              """
              {"kind": "smtp", "name": "Invoices", "email": "s@acme.example", "default": true, "active": true,
               "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
              """
                  .formatted(port));
      assertThat(account.statusCode()).as(account.body()).isEqualTo(201);
      return json(account).get("id").asString();
    }
  }

  /** The same rows in the tables as they were then, with messages in every state of being sent. */
  private void older(Map<String, Object> settings, String account) throws Exception {
    Map<String, String> texts = new HashMap<>();
    settings.forEach((name, value) -> texts.put(name, value.toString()));
    Map<String, List<Map<String, Object>>> kept = new HashMap<>();
    List<String> tables =
        List.of("companies", "people", "memberships", "api_keys", "accounts", "installation");
    DataSource source = source(new Settings(texts));
    JdbcClient sql = JdbcClient.create(source);
    for (String table : tables)
      kept.put(table, sql.sql("SELECT * FROM " + table).query().listOfRows());
    Flyway flyway =
        Flyway.configure()
            .dataSource(source)
            .locations("classpath:db/migration")
            .placeholders(
                (kind == TestDatabase.SQLITE ? Dialect.SQLITE : Dialect.POSTGRESQL)
                    .migrationWords())
            .target(OLDER)
            .cleanDisabled(false)
            .load();
    flyway.clean();
    flyway.migrate();
    for (String table : tables) {
      List<String> columns = columns(sql, table);
      for (Map<String, Object> row : kept.get(table)) {
        var insert =
            sql.sql(
                "INSERT INTO "
                    + table
                    + " ("
                    + String.join(", ", columns)
                    + ") VALUES ("
                    + String.join(", ", columns.stream().map(c -> ":" + c).toList())
                    + ")");
        for (String column : columns)
          insert =
              row.get(column) == null
                  ? insert.param(
                      column,
                      null,
                      column.equals("logo") ? java.sql.Types.BINARY : type(kept.get(table), column))
                  : insert.param(column, row.get(column));
        insert.update();
      }
    }
    String company = kept.get("companies").getFirst().get("id").toString();
    for (int i = 0; i < WAITING; i++)
      message(sql, company, account, "id%04d".formatted(i), "queued", null, null);
    message(sql, company, account, "id9001", "delayed", null, null);
    message(sql, company, account, "id9002", "sending", 5L, null);
    message(sql, company, account, "id9003", "sending", 5L, 4L);
    message(sql, company, account, "id9004", "unclear", null, 4L);
    if (source instanceof HikariDataSource pool) pool.close();
  }

  private static int type(List<Map<String, Object>> rows, String column) {
    return column.endsWith("_at")
            || column.endsWith("_until")
            || column.startsWith("last_")
            || column.endsWith("_since")
        ? java.sql.Types.BIGINT
        : java.sql.Types.VARCHAR;
  }

  private List<String> columns(JdbcClient sql, String table) {
    return sql.sql(
            kind == TestDatabase.SQLITE
                ? "SELECT name FROM pragma_table_info('" + table + "')"
                : "SELECT column_name FROM information_schema.columns WHERE table_name = '"
                    + table
                    + "'")
        .query(String.class)
        .list();
  }

  private static void message(
      JdbcClient sql,
      String company,
      String account,
      String id,
      String state,
      Long lease,
      Long handed) {
    String mime =
        "X-Id: "
            + id
            + "\r\nSubject: Hello\r\nMessage-ID: <msg_"
            + id
            + "@acme.example>\r\nFrom: s@acme.example\r\nTo: a@x.example\r\n\r\nHi.\r\n";
    sql.sql(
            """
            INSERT INTO messages (company_id, id, state, account_id, subject, sender, return_path, message_id, size, bulk,
              origin_kind, origin_id, origin_name, reasons, created_at, due_at, attempts, tries, fence, lease_owner, lease_until, handed_over_at)
            VALUES (:company, :id, :state, :account, 'Hello', 's@acme.example', 's@acme.example', :message, :size, 0,
              'key', 'key_1', 'key', '{}', 1, 1, 0, 0, 1, :owner, :lease, :handed)
            """)
        .param("company", company)
        .param("id", "msg_" + id)
        .param("state", state)
        .param("account", account)
        .param("message", "<msg_" + id + "@acme.example>")
        .param("size", mime.length())
        .param("owner", lease == null ? null : "node_old", java.sql.Types.VARCHAR)
        .param("lease", lease, java.sql.Types.BIGINT)
        .param("handed", handed, java.sql.Types.BIGINT)
        .update();
    sql.sql(
            "INSERT INTO message_contents (company_id, message_id, mime) VALUES (:company, :id, :mime)")
        .param("company", company)
        .param("id", "msg_" + id)
        .param("mime", mime.getBytes(StandardCharsets.UTF_8))
        .update();
    sql.sql(
            "INSERT INTO message_recipients (company_id, message_id, position, address, role, state, changed_at) VALUES (:company, :id, 0, 'a@x.example', 'TO', 'pending', 1)")
        .param("company", company)
        .param("id", "msg_" + id)
        .update();
  }

  private static Map<String, Long> states(RunningPostroom postroom) {
    Map<String, Long> states = new HashMap<>();
    for (var message : json(postroom.get("/api/v1/messages?limit=200")).get("data"))
      states.merge(message.get("state").asString(), 1L, Long::sum);
    return states;
  }

  private static DataSource source(Settings settings) throws Exception {
    var url = settings.get(Settings.Name.POSTROOM_DATABASE_URL);
    if (url.isEmpty()) {
      Files.createDirectories(settings.home());
      var source = new SQLiteDataSource();
      source.setUrl("jdbc:sqlite:" + settings.home().resolve("postroom.db"));
      return source;
    }
    var config = new HikariConfig();
    config.setJdbcUrl(PostgresUrl.toJdbc(url.get()));
    config.setMaximumPoolSize(2);
    return new HikariDataSource(config);
  }
}
