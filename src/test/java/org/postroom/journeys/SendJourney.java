package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.Browser;
import org.postroom.testkit.RunningPostroom;
import tools.jackson.databind.JsonNode;

/** Sending by program: what is chosen and why, what is shown before, what is refused. */
class SendJourney {
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
    put(
        "partners/contoso",
        """
        {"type": "customer", "name": "Contoso Bäckerei", "language": "de", "currency": "EUR",
         "emails": {"main": ["info@contoso.example"], "cc": ["boss@contoso.example"], "billing": ["ap@contoso.example", "AP@contoso.example"]}}\
        """);
    put(
        "documents/invoice/INV-1",
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
         "lines": [{"description": "Roggenmehl", "quantity": "25", "unit": "kg", "unit_price": "1.20", "tax_rate": "9.00", "amount": "30.00"}],
         "totals": {"net": "30.00", "tax": "2.70", "gross": "32.70", "due": "32.70"}}\
        """);
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void aDryRunShowsTheVeryMailAndKeepsNothing() {
    int before = json(postroom.get("/api/v1/messages")).get("data").size();
    HttpResponse<String> dry =
        postroom.post(
            "/api/v1/messages?dry_run=true",
            "{\"document\": {\"kind\": \"invoice\", \"number\": \"INV-1\"}}");
    assertThat(dry.statusCode()).as(dry.body()).isEqualTo(200);
    JsonNode preview = json(dry);
    assertThat(preview.get("subject").stringValue())
        .isEqualTo("Rechnung INV-1 von Acme Bakery Supplies");
    assertThat(preview.get("recipients").findValuesAsString("address"))
        .containsExactly("ap@contoso.example", "boss@contoso.example");
    assertThat(preview.get("reasons").get("recipients").stringValue()).contains("illing");
    assertThat(preview.get("reasons").get("account").stringValue())
        .isEqualTo("Default account of the company");
    assertThat(preview.get("attachments").get(0).get("filename").stringValue())
        .endsWith("INV-1.pdf");
    assertThat(json(postroom.get("/api/v1/messages")).get("data").size()).isEqualTo(before);
  }

  @Test
  void freeMailCarriesItsFilesAndHiddenRecipientsStayHidden() {
    String file =
        Base64.getEncoder().encodeToString("id;name\r\n1;Ö".getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> sent =
        postroom.post(
            "/api/v1/messages",
            """
            {"subject": "Preisliste 2027 – neu", "html": "<p>Guten Tag,<br>siehe <a href='https://acme.example/p'>Preise</a></p>",
             "to": "Anna <anna@x.example>", "bcc": ["secret@x.example"],
             "attachments": [{"filename": "Preise Öl.csv", "content_type": "text/csv", "content": "%s"}]}\
            """
                .formatted(file));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    String id = json(sent).get("id").stringValue();
    JsonNode message =
        eventually(
            () -> json(postroom.get("/api/v1/messages/" + id)),
            m -> m.get("state").stringValue().equals("sent"));
    assertThat(message.get("recipients").findValuesAsString("role")).containsExactly("to", "bcc");
    String mime =
        new String(
            postroom.bytes("/api/v1/messages/" + id + "/content").body(), StandardCharsets.UTF_8);
    assertThat(mime)
        .doesNotContain("secret@x.example")
        .doesNotContain("Bcc")
        .contains("Guten Tag,", "Preise (https://acme.example/p)")
        .doesNotContain("Auto-Submitted");
  }

  @Test
  void aTimeInTheFutureWaitsAndCanBeCancelled() {
    String later = Instant.now().plusSeconds(3600).toString();
    JsonNode message =
        json(
            postroom.post(
                "/api/v1/messages",
                "{\"subject\": \"x\", \"text\": \"y\", \"to\": [\"a@x.example\"], \"send_at\": \"%s\"}"
                    .formatted(later)));
    assertThat(message.get("state").stringValue()).isEqualTo("queued");
    String id = message.get("id").stringValue();
    assertThat(
            json(postroom.post("/api/v1/messages/" + id + "/cancel", ""))
                .get("state")
                .stringValue())
        .isEqualTo("cancelled");
    assertThat(postroom.post("/api/v1/messages/" + id + "/cancel", "").statusCode()).isEqualTo(409);
  }

  @Test
  void aBatchAcceptsAndRefusesEachByItself() {
    HttpResponse<String> batch =
        postroom.post(
            "/api/v1/messages/batch",
            """
            {"messages": [{"subject": "x", "text": "y", "to": ["a@x.example"]}, {"subject": "x", "text": "y", "to": ["not an address"]}]}\
            """);
    assertThat(batch.statusCode()).isEqualTo(202);
    assertThat(json(batch).get("data").get(0).get("id").stringValue()).startsWith("msg_");
    assertThat(json(batch).get("data").get(1).get("errors").get(0).get("pointer").stringValue())
        .isEqualTo("/to/0");
  }

  @Test
  void aDocumentWithNobodyToSendToIsRefusedAndBecomesWork() {
    put("documents/invoice/LOST-1", "{\"currency\": \"EUR\", \"totals\": {\"gross\": \"1.00\"}}");
    put("documents/invoice/LOST-2", "{\"currency\": \"EUR\", \"totals\": {\"gross\": \"1.00\"}}");
    Browser person = Browser.signedIn(postroom);
    String body = "{\"document\": {\"kind\": \"invoice\", \"number\": \"LOST-1\"}}";
    assertThat(postroom.post("/api/v1/messages?dry_run=true", body).statusCode()).isEqualTo(422);
    assertThat(person.open("/no-address").html().text()).doesNotContain("LOST-1");

    HttpResponse<String> refused = postroom.post("/api/v1/messages", body);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(json(refused).at("/errors/0/code").stringValue()).isEqualTo("no_recipient");
    HttpResponse<String> batch =
        postroom.post(
            "/api/v1/messages/batch",
            "{\"messages\": [%s]}".formatted(body.replace("LOST-1", "LOST-2")));
    assertThat(batch.statusCode()).as(batch.body()).isEqualTo(202);
    assertThat(person.open("/no-address").html().text()).contains("LOST-1", "LOST-2");
  }

  @Test
  void theSameIdempotencyKeySendsOnce() {
    String body = "{\"subject\": \"once\", \"text\": \"y\", \"to\": [\"a@x.example\"]}";
    var first =
        postroom.send(
            postroom
                .request("/api/v1/messages")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k-1")
                .POST(BodyPublishers.ofString(body)));
    var second =
        postroom.send(
            postroom
                .request("/api/v1/messages")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k-1")
                .POST(BodyPublishers.ofString(body)));
    var other =
        postroom.send(
            postroom
                .request("/api/v1/messages")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k-1")
                .POST(BodyPublishers.ofString(body.replace("once", "twice"))));
    assertThat(second.statusCode()).isEqualTo(202);
    assertThat(json(second).get("id")).isEqualTo(json(first).get("id"));
    assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(other.statusCode()).isEqualTo(422);
  }

  private static void put(String path, String body) {
    HttpResponse<String> put = postroom.put("/api/v1/" + path, body);
    assertThat(put.statusCode()).as(put.body()).isIn(200, 201);
  }
}
