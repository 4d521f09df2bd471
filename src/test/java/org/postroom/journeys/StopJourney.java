package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.DatabaseLock;
import org.postroom.testkit.PostroomProcess;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import tools.jackson.databind.JsonNode;

/** The product is asked to stop (SIGTERM) while mails are being handed over. */
class StopJourney {
  private ScriptedSmtpServer server;
  private PostroomProcess postroom;
  private List<String> ids;

  @BeforeEach
  void start() {
    server = ScriptedSmtpServer.start(SmtpOffer.plain());
    postroom = PostroomProcess.start();
    post(
        "/api/v1/accounts",
        201,
        """
        {"kind": "smtp", "name": "Invoices", "email": "s@acme.example", "default": true, "active": true,
         "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
        """
            .formatted(server.port()));
    server.at(Verb.CONTENT).stall();
    ids = IntStream.range(0, 12).mapToObj(this::send).toList();
    // Both connections of the account wait for the answer to a content.
    eventually(server::contents, n -> n == 2);
  }

  @AfterEach
  void close() {
    postroom.close();
    server.close();
  }

  @Test
  void whatIsInDataIsFinishedAndTheRestWaitsForTheNextStart() {
    CompletableFuture<Integer> stopped = CompletableFuture.supplyAsync(postroom::stop);
    // It has given back what it had claimed and not begun, and still waits for the two answers.
    eventually(this::log, text -> text.contains("Stopping: 2 messages are being handed over"));
    eventually(
        () -> DatabaseLock.count(postroom, null, "messages WHERE state = 'sending'"), n -> n == 2);
    assertThat(postroom.isAlive()).isTrue();
    server.script().clear();
    server.release();
    assertThat(stopped.join()).isEqualTo(143);
    assertThat(server.received()).as("nothing more was begun").hasSize(2);

    postroom.restart();
    eventually(() -> states().toList(), all -> all.stream().allMatch("sent"::equals));
    assertThat(server.received()).as("each exactly once").hasSize(ids.size());
  }

  @Test
  void aServerThatDoesNotAnswerDoesNotKeepItFromStopping() {
    assertThat(postroom.stop()).isEqualTo(143);
    assertThat(server.received()).hasSize(2);
    server.script().clear();
    postroom.restart();
    eventually(
        () -> states().sorted().toList(),
        all -> all.stream().noneMatch(state -> state.equals("queued") || state.equals("sending")));
    assertThat(states().filter("unclear"::equals)).as("parked for a person").hasSize(2);
    assertThat(states().filter("sent"::equals)).hasSize(ids.size() - 2);
    assertThat(server.received()).hasSize(ids.size());
  }

  private String log() {
    try {
      return Files.readString(postroom.log());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Stream<String> states() {
    return ids.stream().map(id -> message(id).get("state").stringValue());
  }

  private JsonNode message(String id) {
    return json(postroom.send(postroom.request("/api/v1/messages/" + id).GET()));
  }

  private String send(int number) {
    return json(post(
            "/api/v1/messages",
            202,
            """
            {"subject": "Hello %d", "text": "Good morning", "to": ["a@x.example"]}
            """
                .formatted(number)))
        .get("id")
        .stringValue();
  }

  private HttpResponse<String> post(String path, int status, String json) {
    HttpResponse<String> answer =
        postroom.send(
            postroom
                .request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }
}
