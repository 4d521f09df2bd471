package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostroomProcess;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Several processes on one PostgreSQL, and a look into it from outside. */
final class Nodes implements AutoCloseable {
  private final String url = TestDatabase.freshPostgresUrl();
  private final Map<String, PostroomProcess> all = new java.util.LinkedHashMap<>();
  final Database database;

  /** Started at the same moment on an empty database; their names are theirs only. */
  Nodes(String... names) {
    List<CompletableFuture<PostroomProcess>> starting =
        Stream.of(names).map(name -> CompletableFuture.supplyAsync(() -> launch(name))).toList();
    for (int i = 0; i < names.length; i++) all.put(names[i], starting.get(i).join());
    database = Databases.postgres(url, null);
  }

  private PostroomProcess launch(String name) {
    return start(name, Launch.quick());
  }

  private PostroomProcess start(String name, Launch how) {
    return PostroomProcess.start(Map.of("POSTROOM_DATABASE_URL", url, "POSTROOM_NODE", name), how);
  }

  PostroomProcess add(String name, Launch how) {
    PostroomProcess node = start(name, how);
    all.put(name, node);
    return node;
  }

  PostroomProcess node(String name) {
    return all.get(name);
  }

  List<String> names() {
    return List.copyOf(all.keySet());
  }

  /** Any but that one. */
  PostroomProcess other(String name) {
    return all.entrySet().stream()
        .filter(each -> !each.getKey().equals(name) && each.getValue().isAlive())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  /** What a test froze and did not wake shall not hold up the next. */
  void wakeAll() {
    for (var each : all.entrySet()) if (each.getValue().isAlive()) signal(each.getKey(), "CONT");
  }

  /** SIGSTOP and SIGCONT. */
  void signal(String name, String signal) {
    try {
      String pid = Long.toString(node(name).pid());
      int exit = new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
      assertThat(exit).as("kill -%s", signal).isZero();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** As if so much time had passed since the node last said that it lives. */
  void leasesAge(String name, Duration by) {
    database.run(sql -> {
      for (String statement :
          List.of(
              "UPDATE messages SET lease_until = lease_until - :by WHERE lease_owner = :node AND state = 'sending'",
              "UPDATE account_lanes SET lease_until = lease_until - :by WHERE node = :node"))
        sql.sql(statement).param("by", by.toMillis()).param("node", name).update();
    });
  }

  long count(String from) {
    return database.read(sql -> sql.sql("SELECT count(*) FROM " + from).query(Long.class).single());
  }

  String text(String query) {
    return database.read(sql -> sql.sql(query).query(String.class).list()).toString();
  }

  /** Tries that ended on that node, by its own figures. */
  long tries(String name) {
    PostroomProcess node = node(name);
    return node.send(node.request("/metrics").GET())
        .body()
        .lines()
        .filter(line -> line.startsWith("postroom_delivery_seconds_count"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** The account that everything leaves through from now on. */
  String account(PostroomProcess node, ScriptedSmtpServer server, int connections, int perMinute) {
    return made(
            node,
            201,
            "POST",
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "At %d", "email": "invoices@acme.example", "default": true, "active": true,
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false},
             "limits": {"connections": %d, "per_minute": %d}}
            """
                .formatted(server.port(), server.port(), connections, perMinute))
        .get("id")
        .stringValue();
  }

  /** A short mail to one person; its id. */
  String send(PostroomProcess node, String subject) {
    return made(
            node,
            202,
            "POST",
            "/api/v1/messages",
            """
            {"subject": "%s", "text": "Good morning", "to": ["a@x.example"]}
            """
                .formatted(subject))
        .get("id")
        .stringValue();
  }

  JsonNode made(PostroomProcess node, int status, String verb, String path, String body) {
    HttpResponse<String> answer =
        node.send(
            node.request(path)
                .header("Content-Type", "application/json")
                .method(verb, BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json(answer);
  }

  @Override
  public void close() {
    all.values().forEach(PostroomProcess::close);
    database.close();
  }
}
