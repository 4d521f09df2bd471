package org.postroom.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.Eventually.within;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.DatabaseLock;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostgresServer;
import org.postroom.testkit.PostroomProcess;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import tools.jackson.databind.JsonNode;

/** The product is asked to stop (SIGTERM) while mails are being handed over. */
class StopJourney {
  private static final int IN_DATA = 50;
  private ScriptedSmtpServer server;
  private PostroomProcess postroom;
  private List<String> ids;

  @BeforeEach
  void start() {
    postroom = PostroomProcess.start(Map.of(), Launch.quick());
    open();
  }

  private void open() {
    server = ScriptedSmtpServer.start(SmtpOffer.plain());
    post(
        "/api/v1/accounts",
        201,
        """
        {"kind": "smtp", "name": "Invoices", "email": "s@acme.example", "default": true, "active": true,
         "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false},
         "limits": {"connections": %d}}
        """
            .formatted(server.port(), IN_DATA));
    server.at(Verb.CONTENT).stall();
    ids = IntStream.range(0, IN_DATA + 10).mapToObj(this::send).toList();
    // All connections of the account wait for the answer to a content.
    eventually(server::contents, n -> n == IN_DATA);
  }

  @AfterEach
  void close() {
    postroom.close();
    server.close();
  }

  @Test
  void whatIsInDataIsFinishedAndTheRestWaitsForTheNextStart() throws IOException {
    try (var client = new HalfRequest(postroom)) {
      CompletableFuture<Integer> stopped = CompletableFuture.supplyAsync(postroom::stop);
      eventually(() -> connects(postroom), open -> !open);
      assertThat(client.finish()).as("begun before, answered").startsWith("HTTP/1.1 202");
      // It has given back what it had claimed and not begun, and still waits for the answers.
      eventually(this::log, text -> text.contains("Stopping: 50 messages are being handed over"));
      eventually(
          () -> DatabaseLock.count(postroom, null, "messages WHERE state = 'sending'"),
          n -> n == IN_DATA);
      signalAgain();
      assertThat(postroom.isAlive()).as("a second SIGTERM changes nothing").isTrue();
      server.script().clear();
      server.release();
      assertThat(stopped.join()).isZero();
      assertThat(server.received()).as("nothing more was begun").hasSize(IN_DATA);
    }

    postroom.restart();
    eventually(() -> states().toList(), all -> all.stream().allMatch("sent"::equals));
    eventually(server::received, all -> all.size() == ids.size() + 1);
    assertThat(server.received().stream().map(mail -> new String(mail.content(), UTF_8)))
        .as("each exactly once, the one answered at the end too")
        .doesNotHaveDuplicates();
  }

  @Test
  void aServerThatDoesNotAnswerDoesNotKeepItFromStopping() {
    assertThat(postroom.stop()).isZero();
    assertThat(server.received()).hasSize(IN_DATA);
    server.script().clear();
    postroom.restart();
    eventually(
        () -> states().sorted().toList(),
        all -> all.stream().noneMatch(state -> state.equals("queued") || state.equals("sending")));
    assertThat(states().filter("unclear"::equals)).as("parked for a person").hasSize(IN_DATA);
    assertThat(states().filter("sent"::equals)).hasSize(ids.size() - IN_DATA);
    assertThat(server.received()).hasSize(ids.size());
  }

  /** {@code bench/stop}: it takes as long as the grace, and the database's patience twice. */
  @Test
  void aStopWithoutTheDatabaseEndsToo() {
    Assumptions.assumeTrue(Boolean.getBoolean("stop.long"), "Skipped: run by bench/stop.");
    try (PostgresServer postgres = PostgresServer.start()) {
      postroom.close();
      postroom =
          PostroomProcess.start(Map.of("POSTROOM_DATABASE_URL", postgres.url()), Launch.quick());
      server.close();
      open();
      postgres.goAway();
      server.script().clear();
      server.release();
      assertThat(postroom.stop()).isZero();
      postgres.comeBack();
      postroom.restart();
      within(
          Duration.ofSeconds(90),
          () -> states().sorted().toList(),
          all -> all.stream().noneMatch(state -> state.matches("queued|sending|delayed")));
      assertThat(states().filter("unclear"::equals))
          .as("their answers could not be written down")
          .hasSize(IN_DATA);
      assertThat(server.received()).as("nothing twice").hasSize(ids.size());
    }
  }

  private void signalAgain() {
    try {
      new ProcessBuilder("kill", "-TERM", Long.toString(postroom.pid())).start().waitFor();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static boolean connects(PostroomProcess postroom) {
    URI url = URI.create(postroom.url());
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  /** A request whose head Postroom is working on, and whose body is still to come. */
  private static final class HalfRequest implements AutoCloseable {
    private static final String BODY =
        "{\"subject\": \"Begun before\", \"text\": \"Good morning\", \"to\": [\"a@x.example\"]}";
    private final Socket socket;
    private final BufferedReader in;

    HalfRequest(PostroomProcess postroom) throws IOException {
      URI url = URI.create(postroom.url());
      socket = new Socket(url.getHost(), url.getPort());
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      write(
          "POST /api/v1/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + RunningPostroom.API_KEY
              + "\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: "
              + BODY.length()
              + "\r\n\r\n");
      assertThat(in.readLine()).as("it reads the body").startsWith("HTTP/1.1 100");
      assertThat(in.readLine()).isEmpty();
    }

    String finish() throws IOException {
      write(BODY);
      return in.readLine();
    }

    private void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(UTF_8));
      socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
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
