package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postroom.testkit.Eventually;
import org.postroom.testkit.PostroomProcess;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator sees of a mail that an event made: its trace, its lines in the log, figures. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WatchedJourney {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern NAME = Pattern.compile("\\b(?:postroom|jvm|process|system)_[a-z_]+");
  private static final List<JsonNode> SPANS = new CopyOnWriteArrayList<>();
  private static HttpServer receiver;
  private static ScriptedSmtpServer server;
  private static PostroomProcess postroom;
  private static String message;

  @BeforeAll
  static void aMailIsSentWhileSomebodyWatches() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/v1/traces",
        exchange -> {
          JsonNode told = JSON.readTree(exchange.getRequestBody().readAllBytes());
          assertThat(exchange.getRequestHeaders().getFirst("Content-Type"))
              .isEqualTo("application/json");
          for (JsonNode resource : told.path("resourceSpans"))
            for (JsonNode scope : resource.path("scopeSpans"))
              scope.path("spans").forEach(SPANS::add);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    server = ScriptedSmtpServer.start(SmtpOffer.plain().auth("acme", "secret word", "PLAIN"));
    postroom =
        PostroomProcess.start(
            Map.of(
                "POSTROOM_LOG_FORMAT",
                "ecs",
                "POSTROOM_TRACES_URL",
                "http://127.0.0.1:" + receiver.getAddress().getPort()));
    send(
        "POST",
        "/accounts",
        """
        {"kind": "smtp", "name": "Invoices", "email": "invoices@acme.example", "default": true, "active": true,
         "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": true, "username": "acme", "password": "secret word"}}
        """
            .formatted(server.port()));
    send(
        "PUT",
        "/partners/contoso",
        """
        {"type": "customer", "name": "Contoso", "emails": {"main": ["anna.private@contoso.example"]}}
        """);
    send(
        "PUT",
        "/documents/invoice/INV-1",
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
         "lines": [{"description": "Rye", "quantity": "1", "unit_price": "1.20", "amount": "1.20"}],
         "totals": {"net": "1.20", "tax": "0.00", "gross": "1.20", "paid": "0.00", "due": "1.20"}}
        """);
    send("PATCH", "/automations/invoice_issued", "{\"enabled\": true}");
    JsonNode event =
        send(
            "POST",
            "/events",
            """
            {"specversion": "1.0", "id": "1", "source": "/erp", "type": "invoice.issued",
             "data": {"kind": "invoice", "number": "INV-1"}}
            """);
    JsonNode handled =
        Eventually.eventually(
            () -> send("GET", "/events/" + event.get("id").stringValue(), ""),
            one -> one.get("state").stringValue().equals("handled"));
    message = handled.get("outcomes").get(0).get("message").stringValue();
    Eventually.eventually(
        () -> send("GET", "/messages/" + message, "").get("state").stringValue(), "sent"::equals);
    bounce();
    send(
        "POST",
        "/messages",
        """
        {"to": ["later@contoso.example"], "subject": "Later", "text": "Later.", "send_at": "%s"}
        """
            .formatted(Instant.now().plus(Duration.ofDays(1))));
  }

  @AfterAll
  static void stop() {
    postroom.close();
    server.close();
    receiver.stop(0);
  }

  @Test
  @Order(1)
  void itsTraceShowsTheEventTheWaitTheTryAndEachStageOfTheTalk() {
    Eventually.eventually(() -> names().contains("message"), found -> found);
    JsonNode root = span("message");
    assertThat(root.path("parentSpanId").isMissingNode()).isTrue();
    assertThat(facts(root)).containsEntry("postroom.message", message);
    assertThat(facts(root)).containsEntry("postroom.state", "sent");
    String trace = root.get("traceId").stringValue();
    assertThat(trace).matches("[0-9a-f]{32}");
    String rootId = root.get("spanId").stringValue();
    for (String step : List.of("event waits", "event makes message", "message waits", "try")) {
      assertThat(span(step).get("traceId").stringValue()).as(step).isEqualTo(trace);
      assertThat(span(step).get("parentSpanId").stringValue()).as(step).isEqualTo(rootId);
    }
    JsonNode attempt = span("try");
    assertThat(facts(attempt)).containsEntry("postroom.outcome", "accepted");
    assertThat(facts(span("event makes message")))
        .containsEntry("postroom.automation", "invoice_issued")
        .containsEntry("postroom.event_type", "invoice.issued");
    for (String stage :
        List.of("connect", "greet", "authenticate", "sender", "recipient", "content")) {
      JsonNode talk = span(stage);
      assertThat(talk.get("parentSpanId").stringValue())
          .as(stage)
          .isEqualTo(attempt.get("spanId").stringValue());
      assertThat(nanos(talk, "start")).isLessThanOrEqualTo(nanos(talk, "end"));
    }
    assertThat(nanos(span("connect"), "start")).isLessThan(nanos(span("content"), "end"));
    assertThat(SPANS.toString()).doesNotContain("anna.private", "contoso", "secret word", "INV-1");
  }

  @Test
  @Order(2)
  void theDashboardAndTheAlertsNameOnlyFiguresThatExist() throws Exception {
    String figures = send("/metrics").body();
    Set<String> there =
        figures
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("[{ ]", 2)[0])
            .collect(Collectors.toSet());
    Set<String> asked = new TreeSet<>();
    expressions(JSON.readTree(Files.readString(Path.of("ops", "grafana", "postroom.json"))))
        .forEach(expression -> asked.addAll(named(expression)));
    Files.readAllLines(Path.of("ops", "prometheus", "alerts.yml")).stream()
        .filter(line -> line.strip().startsWith("expr:"))
        .forEach(line -> asked.addAll(named(line)));
    assertThat(asked).hasSizeGreaterThan(12);
    assertThat(there).containsAll(asked);
    Set<String> told = named(Files.readString(Path.of("docs", "metrics.md")));
    Set<String> families =
        there.stream()
            .filter(name -> name.startsWith("postroom_"))
            .map(name -> name.replaceAll("_(count|sum|max|bucket)$", ""))
            .collect(Collectors.toSet());
    assertThat(told).as("docs/metrics.md").containsAll(families);
    assertThat(figures).contains("route=\"/api/v1/messages/{id}\"").doesNotContain("anna.private");
  }

  /** The last one: only when it has ended the log is whole. */
  @Test
  @Order(3)
  void everyLineOfTheLogIsAnObjectAndTheMessageIsNamedInIts() throws IOException {
    assertThat(postroom.stop()).isZero();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(postroom.log()))
      if (line.startsWith("{")) lines.add(JSON.readTree(line));
      else assertThat(line).as("said by the JVM itself").startsWith("WARNING");
    assertThat(lines).hasSizeGreaterThan(2).allMatch(line -> line.has("@timestamp"));
    List<JsonNode> its =
        lines.stream()
            .filter(line -> message.equals(line.path("message_id").stringValue("")))
            .toList();
    assertThat(its).isNotEmpty();
    assertThat(its.getFirst().path("message").stringValue())
        .startsWith(message + " is sent after ");
    assertThat(lines.toString()).doesNotContain("anna.private", "secret word");
  }

  private static void bounce() {
    String report = "/bounces";
    HttpResponse<String> reply =
        postroom.send(
            postroom
                .request("/api/v1" + report)
                .header("Content-Type", "message/rfc822")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        """
                        From: MAILER-DAEMON@mx.contoso.example\r
                        To: invoices@acme.example\r
                        Subject: Undelivered Mail Returned to Sender\r
                        Content-Type: text/plain\r
                        \r
                        <nobody@contoso.example>: 550 5.1.1 User unknown\r
                        """)));
    assertThat(reply.statusCode() / 100).as(reply.body()).isEqualTo(2);
  }

  private static JsonNode send(String method, String path, String body) {
    HttpRequest.Builder request =
        postroom
            .request("/api/v1" + path)
            .header(
                "Content-Type",
                path.equals("/events") ? "application/cloudevents+json" : "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    HttpResponse<String> reply = postroom.send(request);
    assertThat(reply.statusCode() / 100).as(reply.body()).isEqualTo(2);
    return JSON.readTree(reply.body());
  }

  private static HttpResponse<String> send(String path) {
    return postroom.send(postroom.request(path).GET());
  }

  private static List<String> names() {
    return SPANS.stream().map(span -> span.get("name").stringValue()).toList();
  }

  private static JsonNode span(String name) {
    List<JsonNode> found =
        SPANS.stream().filter(span -> span.get("name").stringValue().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }

  private static long nanos(JsonNode span, String which) {
    return Long.parseLong(span.get(which + "TimeUnixNano").stringValue());
  }

  private static Map<String, String> facts(JsonNode span) {
    Map<String, String> facts = new HashMap<>();
    for (JsonNode fact : span.get("attributes"))
      facts.put(
          fact.get("key").stringValue(),
          fact.get("value").properties().iterator().next().getValue().stringValue(""));
    return facts;
  }

  private static List<String> expressions(JsonNode dashboard) {
    List<String> all = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels"))
      for (JsonNode target : panel.path("targets")) all.add(target.get("expr").stringValue());
    return all;
  }

  private static Set<String> named(String text) {
    return NAME.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
  }
}
