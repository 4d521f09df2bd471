package org.postroom.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/**
 * What is wrong is refused with a problem that says where and why, and leaves nothing behind. Each
 * test looks at all tables before and after.
 */
@ParameterizedClass
@EnumSource
class BadInputJourney {
  private static final List<String> TABLES =
      List.of(
          "documents",
          "document_sources",
          "document_pdfs",
          "document_payments",
          "partners",
          "accounts",
          "messages",
          "message_recipients",
          "message_contents",
          "message_events",
          "business_events",
          "local_messages");
  private static final int MB = 1024 * 1024;
  private static final String INVOICE = "/api/v1/documents/invoice/I-1";

  @Parameter TestDatabase database;
  private RunningPostroom postroom;
  private Map<String, Long> before;

  @BeforeEach
  void start() {
    postroom = RunningPostroom.start(database);
    before = counts();
  }

  @AfterEach
  void nothingWasStored() {
    try {
      assertThat(counts()).isEqualTo(before);
    } finally {
      postroom.close();
    }
  }

  @Test
  void documentsThatAreWrong() {
    refused(put("/api/v1/documents/invoce/I-1", "{\"currency\": \"EUR\"}"), 404, "unknown_kind");
    refused(put(INVOICE, "{}"), 422, "/currency", "required");
    refused(put(INVOICE, "{\"currency\": \"EURO\"}"), 422, "/currency", "not_a_currency");
    JsonNode unknown =
        refused(
            put(INVOICE, "{\"currency\": \"EUR\", \"due_dat\": \"2026-01-01\"}"),
            422,
            "/due_dat",
            "unknown_field");
    assertThat(unknown.get("detail").asString()).contains("due_date");
    refused(
        put(INVOICE, "{\"currency\": \"EUR\", \"lines\": [{\"quantity\": \"1\"}]}"),
        422,
        "/lines/0/description",
        "required");
    refused(
        put(INVOICE, "{\"currency\": \"EUR\", \"totals\": {\"net\": \"1,5\"}}"),
        422,
        "/totals/net",
        "not_a_decimal");
    refused(
        put(INVOICE, "{\"currency\": \"EUR\", \"issue_date\": \"2026-02-30\"}"),
        422,
        "/issue_date",
        "not_a_date");
    refused(
        put(
            INVOICE,
            """
            {"currency": "EUR", "lines": [{"description": "x", "amount": "100.00"}],
             "totals": {"net": "100.00", "tax": "0.00", "gross": "200.00"}}
            """),
        422,
        "/totals/gross",
        "contradiction");
    refused(put(INVOICE, "{\"currency\": \"EUR\", \"number\": \"I-2\"}"), 422, null, null);
    refused(put("/api/v1/documents/invoice/" + "9".repeat(101), "{}"), 422, "number", "bad_number");
    refused(put("/api/v1/documents/invoice/%20x", "{}"), 422, "number", "bad_number");
  }

  @Test
  void bodiesThatAreNotWhatTheySay() {
    refused(put(INVOICE, "{\"currency\": "), 400, "unreadable");
    refused(put(INVOICE, ""), 400, "unreadable");
    refused(put(INVOICE, "[1, 2]"), 422, "", "wrong_type");
    refused(put(INVOICE, "{\"currency\": \"EUR\", \"currency\": \"USD\"}"), 400, "unreadable");
    refused(postroom.put(INVOICE, "text/plain", "{}"), 415, "unsupported_media_type");
    refused(postroom.put(INVOICE, "application/xml", "{}"), 400, "unreadable");
    refused(
        postroom.put(INVOICE, "multipart/form-data; boundary=x", "broken"),
        422,
        "document",
        "required");
    refused(
        postroom.put(
            INVOICE,
            "multipart/form-data; boundary=x",
            part("document", "application/json", "{\"currency\": \"EUR\"}")
                + part("pdf", "application/pdf", "not a pdf")
                + "--x--\r\n"),
        422,
        null,
        null);
    refused(send("POST", "/api/v1/messages", "text/plain", "{}"), 415, "unsupported_media_type");
    refused(postroom.post("/api/v1/messages", "{\"subject\": "), 400, "unreadable");
    refused(postroom.post("/api/v1/messages", "\"text\""), 400, "unreadable");
    refused(
        send("POST", "/api/v1/events", "application/cloudevents+json", "{\"a\""),
        400,
        "unreadable");
  }

  @Test
  void xmlThatMeansHarm() {
    String laughs =
        """
        <?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
        <Invoice>&c;</Invoice>
        """;
    String outside =
        """
        <?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><Invoice>&f;</Invoice>
        """;
    String parameter =
        """
        <?xml version="1.0"?><!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;]><Invoice/>
        """;
    for (String bomb :
        List.of(
            laughs,
            outside,
            parameter,
            "<a>".repeat(100_000) + "</a>".repeat(100_000),
            "<Invoice x=\"" + "y".repeat(5 * MB) + "\"/>",
            "<Invoice " + attributes(5_000) + "/>",
            "<Invoice>" + "z".repeat(3 * MB) + "</Invoice>",
            "<html><body>no</body></html>",
            "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"/>")) {
      HttpResponse<String> reply = send("POST", "/api/v1/documents", "application/xml", bomb);
      assertThat(reply.statusCode()).as(start(bomb)).isIn(400, 422);
      JsonNode problem = problem(reply);
      assertThat(problem.get("detail").asString()).doesNotContain("root:", "Exception", "com.sun");
    }
  }

  @Test
  void bodiesThatAreTooLarge() {
    byte[] json =
        ("{\"currency\": \"EUR\", \"notes\": [\"" + "n".repeat(30 * MB) + "\"]}").getBytes(UTF_8);
    byte[] xml = ("<Invoice>" + "n".repeat(30 * MB) + "</Invoice>").getBytes(UTF_8);
    String form = part("document", "application/json", "{\"currency\": \"EUR\"}");
    byte[] pdf =
        (form + part("pdf", "application/pdf", "%PDF-1.7 " + "n".repeat(30 * MB)) + "--x--\r\n")
            .getBytes(UTF_8);
    for (boolean chunked : new boolean[] {false, true}) {
      refused(large("PUT", INVOICE, "application/json", json, chunked), 413, "too_large");
      refused(
          large("POST", "/api/v1/documents", "application/xml", xml, chunked), 413, "too_large");
      refused(
          large("PUT", INVOICE, "multipart/form-data; boundary=x", pdf, chunked), 413, "too_large");
      byte[] beyond = ("{\"subject\": \"" + "s".repeat(33 * MB) + "\"}").getBytes(UTF_8);
      refused(
          large("POST", "/api/v1/messages", "application/json", beyond, chunked), 413, "too_large");
    }
    byte[] mail =
        ("{\"subject\": \"s\", \"to\": [\"a@b.example\"], \"text\": \""
                + "t".repeat(30 * MB)
                + "\"}")
            .getBytes(UTF_8);
    HttpResponse<String> reply = large("POST", "/api/v1/messages", "application/json", mail, true);
    assertThat(reply.statusCode()).isIn(400, 413, 422);
    problem(reply);
  }

  @Test
  void linesSmuggledIntoHeaders() {
    for (String line : List.of("\\r\\n", "\\n", "\\r", "\\u0000", "\\u2028", "\\u0085")) {
      String evil = line + "Bcc: thief@evil.example";
      message("\"subject\": \"Hi" + evil + "\"", "/subject", "control_characters");
      message("\"to\": [\"a@b.example" + evil + "\"]", "/to/0", null);
      message("\"to\": [\"Anna" + evil + " <a@b.example>\"]", "/to/0", null);
      message("\"cc\": [\"a@b.example" + evil + "\"]", "/cc/0", null);
      message(
          "\"attachments\": [{\"filename\": \"a" + evil + ".pdf\", \"content\": \"aGk=\"}]",
          "/attachments/0/filename",
          null);
      message(
          "\"attachments\": [{\"filename\": \"a.pdf\", \"content_type\": \"text/plain"
              + evil
              + "\", \"content\": \"aGk=\"}]",
          "/attachments/0/content_type",
          null);
      account("\"display_name\": \"Acme" + evil + "\"", "/display_name");
      account("\"reply_to\": \"a@b.example" + evil + "\"", "/reply_to");
      account("\"name\": \"Box" + evil + "\"", "/name");
      refused(put("/api/v1/partners/p", "{\"name\": \"P" + evil + "\"}"), 422, "/name", null);
      refused(
          put(
              "/api/v1/partners/p",
              "{\"name\": \"P\", \"emails\": {\"main\": [\"a@b.example" + evil + "\"]}}"),
          422,
          "/emails/main/0",
          null);
      refused(
          put(INVOICE, "{\"currency\": \"EUR\", \"bill_to\": {\"name\": \"B" + evil + "\"}}"),
          422,
          "/bill_to/name",
          null);
    }
  }

  @Test
  void messagesThatAreWrong() {
    for (String none :
        List.of("not an address", "@b.example", "a@", "a@b@c", "a b@c.example", "<>"))
      message("\"to\": [\"" + none + "\"]", "/to/0", "invalid");
    message(
        "\"attachments\": [{\"filename\": \"a\", \"content\": \"***\"}]",
        "/attachments/0/content",
        "not_base64");
    message(
        "\"attachments\": [{\"filename\": \"a\", \"content\": \"aGk\u00e9\"}]",
        "/attachments/0/content",
        "not_base64");
    message(
        "\"attachments\": [{\"filename\": \"../a\", \"content\": \"aGk=\"}]",
        "/attachments/0/filename",
        "invalid");
    message("\"send_at\": \"tomorrow\"", "/send_at", "invalid");
    message("\"account\": \"acc_nobody\"", "/account", null);
    message("\"recipients\": []", "/recipients", "unknown_field");
    JsonNode near = message("\"subjekt\": \"x\"", "/subjekt", "unknown_field");
    assertThat(near.toString()).contains("Did you mean “subject”?");
    refused(post("/api/v1/messages", "{}"), 422, "/subject", "required");
    refused(
        post("/api/v1/messages", "{\"document\": {\"kind\": \"invoice\", \"number\": \"none\"}}"),
        422,
        null,
        null);
    refused(
        post("/api/v1/messages/batch", "{\"messages\": [" + "{},".repeat(100) + "{}]}"),
        422,
        "/messages",
        "too_many");
    JsonNode batch =
        json(post("/api/v1/messages/batch", "{\"messages\": [{}, 7, \"x\", null, []]}"));
    assertThat(batch.get("data")).hasSize(5).allMatch(each -> each.get("status").asInt() >= 400);
    refused(post("/api/v1/messages/msg_none/resend", "{}"), 404, "not_found");
  }

  @Test
  void eventsThatAreWrong() {
    String event =
        "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/e\", \"type\": \"%s\", \"data\": %s}";
    refused(
        tell(event.formatted("invoice.isued", "{\"kind\": \"invoice\", \"number\": \"1\"}")),
        422,
        "/type",
        "unknown_event");
    refused(tell(event.formatted("invoice.issued", "null")), 422, "/data", "required");
    refused(
        tell(event.formatted("invoice.issued", "{\"kind\": \"invoic\", \"number\": \"1\"}")),
        422,
        "/data/kind",
        "unknown_kind");
    refused(
        tell(
            event.formatted(
                "invoice.issued",
                "{\"kind\": \"invoice\", \"number\": \"1\", \"currency\": \"?\"}")),
        422,
        "/data/currency",
        "not_a_currency");
    refused(tell("{\"specversion\": \"0.3\"}"), 422, "/specversion", "unknown_value");
    HttpResponse<String> batch =
        send(
            "POST",
            "/api/v1/events",
            "application/cloudevents-batch+json",
            "["
                + event.formatted("invoice.issued", "{\"kind\": \"invoice\", \"number\": \"1\"}")
                + ", {}]");
    refused(batch, 422, "/1/id", "required");
  }

  @Test
  void questionsThatAreWrong() {
    for (String list :
        List.of(
            "messages",
            "partners",
            "accounts",
            "documents",
            "events",
            "api_keys",
            "audit",
            "local_messages")) {
      String path = "/api/v1/" + list;
      for (String limit : List.of("0", "201", "-1"))
        refused(postroom.get(path + "?limit=" + limit), 422, "limit", "out_of_range");
      HttpResponse<String> word = postroom.get(path + "?limit=many");
      assertThat(word.statusCode()).as(path).isIn(400, 422);
      assertThat(problem(word).at("/errors/0/pointer").asString()).isEqualTo("limit");
      for (String cursor : List.of("nonsense", "%00", "%27%20OR%201=1", "x".repeat(3000))) {
        HttpResponse<String> reply = postroom.get(path + "?cursor=" + cursor);
        assertThat(reply.statusCode()).as(path + " " + start(cursor)).isEqualTo(422);
        assertThat(problem(reply).at("/errors/0/pointer").asString()).isEqualTo("cursor");
      }
    }
    refused(postroom.get("/api/v1/messages?state=gone"), 422, "state", "unknown_value");
    refused(postroom.get("/api/v1/messages?created_after=now"), 422, "created_after", "not_a_time");
    refused(postroom.get("/api/v1/messages?colour=red"), 422, "colour", "unknown_parameter");
    refused(postroom.get("/api/v1/documents?kind=x"), 404, "unknown_kind");
    refused(postroom.get("/api/v1/documents?from=x"), 422, "from", "not_a_date");
    refused(postroom.get("/api/v1/partners?type=x"), 422, "type", "unknown_value");
    refused(postroom.get("/api/v1/messages?q=%00"), 422, null, null);
    refused(postroom.get("/api/v1/partners?q=%00"), 422, null, null);
    refused(postroom.get("/api/v1/messages/%00"), 404, 400);
    refused(postroom.get("/api/v1/nothing"), 404, "not_found");
    refused(send("PATCH", "/api/v1/messages", "application/json", "{}"), 405, "method_not_allowed");
  }

  @Test
  void keysOfRepeatedRequestsThatAreWrong() {
    String body = "{\"name\": \"%s\", \"scopes\": [\"messages:read\"]}";
    assertThat(keyed("k1", body.formatted("a")).statusCode()).isEqualTo(201);
    refused(keyed("k1", body.formatted("b")), 422, "idempotency_mismatch");
    refused(keyed("with space", body.formatted("a")), 400, "bad_request");
    refused(keyed("x".repeat(256), body.formatted("a")), 400, "bad_request");
  }

  private JsonNode message(String field, String pointer, String code) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("subject", "\"subject\": \"Hello\"");
    fields.put("text", "\"text\": \"Hi.\"");
    fields.put("to", "\"to\": [\"a@b.example\"]");
    fields.put(field.substring(1, field.indexOf('"', 1)), field);
    String body = "{" + String.join(", ", fields.values()) + "}";
    return refused(post("/api/v1/messages", body), 422, pointer, code);
  }

  private void account(String field, String pointer) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", "\"name\": \"Box\"");
    fields.put("email", "\"email\": \"box@acme.example\"");
    fields.put(field.substring(1, field.indexOf('"', 1)), field);
    String body = "{\"kind\": \"local\", " + String.join(", ", fields.values()) + "}";
    refused(post("/api/v1/accounts", body), 422, pointer, null);
  }

  private HttpResponse<String> keyed(String key, String body) {
    return postroom.send(
        postroom
            .request("/api/v1/api_keys")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> tell(String event) {
    return send("POST", "/api/v1/events", "application/cloudevents+json", event);
  }

  private HttpResponse<String> put(String path, String body) {
    return postroom.put(path, body);
  }

  private HttpResponse<String> post(String path, String body) {
    return postroom.post(path, body);
  }

  private HttpResponse<String> send(String method, String path, String type, String body) {
    return postroom.send(
        postroom
            .request(path)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> large(
      String method, String path, String type, byte[] body, boolean chunked) {
    HttpRequest.BodyPublisher publisher =
        chunked
            ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
            : BodyPublishers.ofByteArray(body);
    return postroom.send(
        postroom.request(path).header("Content-Type", type).method(method, publisher));
  }

  private static JsonNode refused(HttpResponse<String> reply, int status, String code) {
    JsonNode problem = problem(reply);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    assertThat(problem.get("code").asString()).as(reply.body()).isEqualTo(code);
    return problem;
  }

  private static void refused(HttpResponse<String> reply, int status, int orStatus) {
    assertThat(reply.statusCode()).as(reply.body()).isIn(status, orStatus);
    problem(reply);
  }

  /** Refused for a field: its pointer and code; null where either will do. */
  private static JsonNode refused(
      HttpResponse<String> reply, int status, String pointer, String code) {
    assertThat(reply.statusCode()).as(start(reply.body())).isEqualTo(status);
    JsonNode problem = problem(reply);
    if (pointer != null)
      assertThat(problem.get("errors"))
          .as(reply.body())
          .anySatisfy(error -> {
            assertThat(error.get("pointer").asString()).isEqualTo(pointer);
            assertThat(error.get("message").asString()).isNotBlank();
            if (code != null) assertThat(error.get("code").asString()).isEqualTo(code);
          });
    return problem;
  }

  private static JsonNode problem(HttpResponse<String> reply) {
    assertThat(reply.headers().firstValue("Content-Type"))
        .as(reply.statusCode() + " " + start(reply.body()))
        .contains("application/problem+json");
    JsonNode problem = json(reply);
    assertThat(problem.get("status").asInt()).isEqualTo(reply.statusCode());
    assertThat(problem.get("detail").asString()).isNotBlank().hasSizeLessThan(2000);
    assertThat(problem.get("code").asString()).isNotBlank();
    assertThat(problem.get("request_id").asString()).isNotBlank();
    return problem;
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    postroom
        .bean(Database.class)
        .read(sql -> {
          for (String table : TABLES)
            counts.put(table, sql.sql("SELECT count(*) FROM " + table).query(Long.class).single());
          return true;
        });
    return counts;
  }

  private static String part(String name, String type, String content) {
    return "--x\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"; filename=\""
        + name
        + "\"\r\nContent-Type: "
        + type
        + "\r\n\r\n"
        + content
        + "\r\n";
  }

  private static String attributes(int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) text.append(" a").append(i).append("=\"1\"");
    return text.toString();
  }

  private static String start(String text) {
    return text.substring(0, Math.min(text.length(), 200));
  }
}
