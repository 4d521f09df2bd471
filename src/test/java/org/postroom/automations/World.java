package org.postroom.automations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** A running Postroom with a customer, and short ways to tell it of business. */
final class World implements AutoCloseable {
  final RunningPostroom postroom;
  final String company;
  final Caller caller;

  World(TestDatabase kind) {
    postroom = RunningPostroom.start(kind);
    company = postroom.bean(Access.class).companies().getFirst().id();
    caller = Caller.postroom(company);
    put(
        "partners/contoso",
        "{\"type\": \"customer\", \"name\": \"Contoso Bakery\", \"emails\": {\"main\": [\"info@contoso.example\"], \"billing\": [\"ap@contoso.example\"]}}");
  }

  @Override
  public void close() {
    postroom.close();
  }

  void put(String path, String body) {
    HttpResponse<String> answer = postroom.put("/api/v1/" + path, body);
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 201);
  }

  void invoice(String number, String due) {
    put(
        "documents/invoice/" + number,
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
         "references": {"order": "SO-%s"},
         "lines": [{"description": "Rye flour", "quantity": "1", "unit": "kg", "unit_price": "%s", "tax_rate": "0.00", "amount": "%2$s"}],
         "totals": {"net": "%2$s", "tax": "0.00", "gross": "%2$s", "paid": "0.00", "due": "%2$s"}}
        """
            .formatted(number, due));
  }

  void slip(String number, String order) {
    document("packing_slip", number, ", \"references\": {\"order\": \"SO-" + order + "\"}");
  }

  void document(String kind, String number, String more) {
    put(
        "documents/" + kind + "/" + number,
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "currency": "EUR",
         "lines": [{"description": "Rye flour", "quantity": "25", "unit": "kg"}]%s}
        """
            .formatted(more));
  }

  HttpResponse<String> patch(String automation, String body) {
    return postroom.send(
        postroom
            .request("/api/v1/automations/" + automation)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  JsonNode settle(String automation, String body) {
    HttpResponse<String> answer = patch(automation, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  /** Tells an event and waits until it was looked at. */
  JsonNode told(String id, String type, String data) {
    return settled(tell(id, type, data));
  }

  String tell(String id, String type, String data) {
    HttpResponse<String> told = telling(id, type, data);
    assertThat(told.statusCode()).as(told.body()).isEqualTo(202);
    return json(told).get("id").stringValue();
  }

  HttpResponse<String> telling(String id, String type, String data) {
    String event =
        "{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"/erp\", \"type\": \"%s\", \"data\": %s}"
            .formatted(id, type, data);
    return postroom.send(
        postroom
            .request("/api/v1/events")
            .header("Content-Type", "application/cloudevents+json")
            .POST(BodyPublishers.ofString(event)));
  }

  static String about(String kind, String number) {
    return "{\"kind\": \"%s\", \"number\": \"%s\"}".formatted(kind, number);
  }

  JsonNode settled(String event) {
    return eventually(
        () -> json(postroom.get("/api/v1/events/" + event)),
        read -> !read.get("state").stringValue().equals("accepted"));
  }

  /** The outcome of one automation. */
  static JsonNode outcome(JsonNode event, String automation) {
    for (JsonNode each : event.get("outcomes"))
      if (each.get("automation").stringValue().equals(automation)) return each;
    throw new AssertionError("No outcome of " + automation + " in " + event);
  }

  static String code(JsonNode event, String automation) {
    return outcome(event, automation).path("code").asString("");
  }

  List<JsonNode> messages() {
    List<JsonNode> all = new ArrayList<>();
    json(postroom.get("/api/v1/messages?limit=200")).get("data").forEach(all::add);
    return all;
  }

  JsonNode message(String id) {
    return json(postroom.get("/api/v1/messages/" + id));
  }

  String content(String id) {
    return postroom.get("/api/v1/messages/" + id + "/content").body();
  }

  /** A person's or program's own mail about the document; its id. */
  String byHand(String kind, String number) {
    HttpResponse<String> sent =
        postroom.post("/api/v1/messages", "{\"document\": " + about(kind, number) + "}");
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    return json(sent).get("id").stringValue();
  }
}
