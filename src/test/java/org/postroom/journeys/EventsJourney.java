package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Business events in all their forms: each makes at most one mail, and a skip says why. */
@ParameterizedClass
@EnumSource
class EventsJourney {
  @Parameter TestDatabase database;
  private RunningPostroom postroom;

  @BeforeEach
  void start() {
    postroom = RunningPostroom.start(database);
    put(
        "partners/contoso",
        "{\"type\": \"customer\", \"name\": \"Contoso Bakery\", \"emails\": {\"main\": [\"info@contoso.example\"], \"billing\": [\"ap@contoso.example\"]}}");
    put("documents/invoice/INV-1", invoice("contoso"));
    enable("invoice_issued");
  }

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void structuredBinaryAndBatchAreUnderstood() {
    for (String number : List.of("INV-12", "INV-13", "INV-14"))
      put("documents/invoice/" + number, invoice("contoso"));
    String structured = id(tell("application/cloudevents+json", event("a1", "INV-1"), Map.of()));
    String plain = id(tell("application/json", event("a2", "INV-12"), Map.of()));
    String binary =
        id(
            tell(
                "application/json",
                "{\"kind\": \"invoice\", \"number\": \"INV-13\"}",
                Map.of(
                    "ce-specversion",
                    "1.0",
                    "ce-id",
                    "a3",
                    "ce-source",
                    "/erp",
                    "ce-type",
                    "invoice.issued",
                    "ce-time",
                    "2026-11-02T09:00:00+01:00")));
    HttpResponse<String> batch =
        tell(
            "application/cloudevents-batch+json",
            "[" + event("a4", "INV-14") + "," + event("a1", "INV-1") + "]",
            Map.of());
    assertThat(batch.statusCode()).as(batch.body()).isEqualTo(202);
    assertThat(json(batch).get(1).get("id").stringValue()).isEqualTo(structured);
    for (String event :
        List.of(structured, plain, binary, json(batch).get(0).get("id").stringValue()))
      handled(event);
    assertThat(messages()).isEqualTo(4);
  }

  @Test
  void theSameEventFromManyAtOnceMakesOneMail() throws Exception {
    List<Callable<String>> tellers = new ArrayList<>();
    for (int i = 0; i < 12; i++)
      tellers.add(() -> id(tell("application/cloudevents+json", event("same", "INV-1"), Map.of())));
    HashSet<String> ids = new HashSet<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(tellers)) ids.add(done.get());
    }
    assertThat(ids).hasSize(1);
    handled(ids.iterator().next());
    assertThat(messages()).isEqualTo(1);
  }

  @Test
  void anEventMayCarryItsDocument() {
    String carried =
        "{\"specversion\": \"1.0\", \"id\": \"c1\", \"source\": \"/erp\", \"type\": \"invoice.issued\", \"data\": {\"kind\": \"invoice\", \"number\": \"INV-9\", "
            + invoice("contoso").substring(1)
            + "}";
    JsonNode event = handled(id(tell("application/cloudevents+json", carried, Map.of())));
    assertThat(event.get("outcomes").get(0).get("automation").stringValue())
        .isEqualTo("invoice_issued");
    assertThat(postroom.get("/api/v1/documents/invoice/INV-9").statusCode()).isEqualTo(200);
  }

  @Test
  void anEventBeforeItsDocumentIsExplainedAndMayBeToldAgain() {
    String early = id(tell("application/cloudevents+json", event("e1", "INV-2"), Map.of()));
    assertThat(settled(early).get("outcomes").get(0).get("code").stringValue())
        .isEqualTo("unknown_document");
    put("documents/invoice/INV-2", invoice("contoso"));
    assertThat(id(tell("application/cloudevents+json", event("e1", "INV-2"), Map.of())))
        .isEqualTo(early);
    handled(early);
    tell("application/cloudevents+json", event("e1", "INV-2"), Map.of());
    assertThat(messages()).isEqualTo(1);
  }

  @Test
  void nobodyToSendToIsARecordedReason() {
    put("documents/invoice/INV-3", invoice("nobody"));
    JsonNode event =
        settled(id(tell("application/cloudevents+json", event("n1", "INV-3"), Map.of())));
    assertThat(event.get("state").stringValue()).isEqualTo("skipped");
    assertThat(event.get("outcomes").get(0).get("code").stringValue()).isEqualTo("no_recipient");
  }

  @Test
  void aPartnerWhoWantsNoSuchMailGetsNone() {
    put(
        "partners/quiet",
        "{\"type\": \"customer\", \"name\": \"Quiet Bakery\", \"emails\": {\"main\": [\"q@quiet.example\"]}, \"notifications\": {\"invoice\": false}}");
    put("documents/invoice/INV-4", invoice("quiet"));
    JsonNode event =
        settled(id(tell("application/cloudevents+json", event("q1", "INV-4"), Map.of())));
    assertThat(event.get("outcomes").get(0).get("code").stringValue())
        .isEqualTo("switched_off_for_partner");
    assertThat(event.get("outcomes").get(0).get("skipped").stringValue()).contains("Quiet Bakery");
  }

  @Test
  void whatIsNoEventIsRefusedWholeWithPointers() {
    HttpResponse<String> refused =
        tell(
            "application/cloudevents-batch+json",
            "["
                + event("ok", "INV-1")
                + ", {\"specversion\": \"0.3\", \"id\": \"\", \"source\": \"/erp\", \"type\": \"invoice.isued\", \"data\": {\"kind\": \"bill of lading\"}}]",
            Map.of());
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(json(refused).get("errors").findValuesAsString("pointer"))
        .contains("/1/specversion", "/1/id", "/1/type", "/1/data/kind", "/1/data/number");
    assertThat(json(postroom.get("/api/v1/events")).get("data").size()).isZero();
    assertThat(tell("application/cloudevents+json", "[1", Map.of()).statusCode()).isEqualTo(400);
  }

  private JsonNode handled(String event) {
    JsonNode settled = settled(event);
    assertThat(settled.get("state").stringValue()).as(settled.toString()).isEqualTo("handled");
    return settled;
  }

  private JsonNode settled(String event) {
    return eventually(
        () -> json(postroom.get("/api/v1/events/" + event)),
        e -> !e.get("state").stringValue().equals("accepted"));
  }

  private int messages() {
    return json(postroom.get("/api/v1/messages")).get("data").size();
  }

  private HttpResponse<String> tell(String type, String body, Map<String, String> headers) {
    var request =
        postroom
            .request("/api/v1/events")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return postroom.send(request);
  }

  private static String id(HttpResponse<String> told) {
    assertThat(told.statusCode()).as(told.body()).isEqualTo(202);
    return json(told).get("id").stringValue();
  }

  private void put(String path, String body) {
    HttpResponse<String> put = postroom.put("/api/v1/" + path, body);
    assertThat(put.statusCode()).as(put.body()).isIn(200, 201);
  }

  private void enable(String automation) {
    postroom.send(
        postroom
            .request("/api/v1/automations/" + automation)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString("{\"enabled\": true}")));
  }

  private static String event(String id, String number) {
    return "{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"/erp\", \"type\": \"invoice.issued\", \"data\": {\"kind\": \"invoice\", \"number\": \"%s\"}}"
        .formatted(id, number);
  }

  private static String invoice(String partner) {
    return """
    {"partner": "%s", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
     "lines": [{"description": "Rye flour", "quantity": "25", "unit": "kg", "unit_price": "1.20", "tax_rate": "9.00", "amount": "30.00"}],
     "totals": {"net": "30.00", "tax": "2.70", "gross": "32.70", "paid": "0.00", "due": "32.70"}}\
    """
        .formatted(partner);
  }
}
