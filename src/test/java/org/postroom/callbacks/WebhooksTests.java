package org.postroom.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.accounts.Account.Health.State;
import org.postroom.accounts.Accounts;
import org.postroom.db.Database;
import org.postroom.outbox.Returns;
import org.postroom.outbox.Returns.News;
import org.postroom.payments.Paid;
import org.postroom.payments.PaymentLink;
import org.postroom.payments.PaymentLinks;
import org.postroom.testkit.HookReceiver;
import org.postroom.testkit.HookReceiver.Call;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Webhooks end to end: what happens in the product, and what a receiver gets of it. */
@ParameterizedClass
@EnumSource
class WebhooksTests {
  @Parameter TestDatabase kind;
  private static RunningPostroom postroom;
  private HookReceiver erp;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) {
    Map<String, Object> settings = new HashMap<>(RunningPostroom.settings(database));
    settings.put("POSTROOM_PUBLIC_URL", "http://127.0.0.1");
    postroom = RunningPostroom.start(settings);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    postroom.close();
  }

  @BeforeEach
  void listen() {
    erp = HookReceiver.start();
  }

  @AfterEach
  void deleteAll() {
    for (JsonNode each : json(postroom.get("/api/v1/webhook_endpoints")).get("data"))
      postroom.send(postroom.request("/api/v1/webhook_endpoints/" + text(each, "id")).DELETE());
    erp.close();
  }

  @Test
  void aMessagesWayIsToldSignedAndOnce() {
    JsonNode endpoint = endpoint("/hook?x=1", "[]");
    String message = message();
    List<Call> calls = told(message, "message.sent");
    assertThat(calls.stream().map(Call::type))
        .containsExactlyInAnyOrder("message.queued", "message.sent");
    assertThat(calls).allMatch(call -> call.signedWith(text(endpoint, "secret")));
    assertThat(calls).allMatch(call -> call.age().abs().compareTo(Duration.ofMinutes(1)) < 0);
    Call sent = calls.stream().filter(call -> call.type().equals("message.sent")).findFirst().get();
    assertThat(sent.path()).isEqualTo("/hook?x=1");
    assertThat(sent.headers()).containsEntry("content-type", "application/json");
    assertThat(sent.id()).isEqualTo(text(sent.body(), "id")).startsWith("hap_");
    assertThat(sent.body().propertyNames())
        .containsExactly("id", "type", "created_at", "company", "data");
    JsonNode data = sent.body().get("data");
    assertThat(text(data, "detail")).isNotBlank();
    assertThat(data.at("/message/id").asString()).isEqualTo(message);
    assertThat(data.at("/message/recipients/0/address").asString()).isEqualTo("a@contoso.example");
    assertThat(text(one(endpoint), "state")).isEqualTo("working");
  }

  @Test
  void onlyWhatItAskedForIsTold() {
    endpoint("/some", "[\"message.cancelled\"]");
    String stopped = message("{\"send_at\": \"2099-01-01T00:00:00Z\", ");
    postroom.post("/api/v1/messages/" + stopped + "/cancel", "");
    eventually(() -> erp.calls("message.cancelled"), calls -> calls.size() == 1);
    assertThat(erp.calls()).hasSize(1);
  }

  @Test
  void troubleOfAnAccountIsToldAndWhatWaitsForIt() {
    String account = account();
    endpoint("/all", "[]");
    String waits =
        message("{\"send_at\": \"2099-01-01T00:00:00Z\", \"account\": \"" + account + "\", ");
    Accounts accounts = postroom.bean(Accounts.class);
    accounts.needsAttention(company(), account, State.NEEDS_SIGN_IN, "The password changed.");
    Call trouble =
        eventually(() -> erp.calls("account.needs_attention"), calls -> calls.size() == 1)
            .getFirst();
    JsonNode data = trouble.body().get("data");
    assertThat(text(data, "state")).isEqualTo("needs_sign_in");
    assertThat(text(data, "reason")).isEqualTo("The password changed.");
    assertThat(data.at("/account/id").asString()).isEqualTo(account);
    assertThat(told(waits, "message.held")).isNotEmpty();
    accounts.repaired(company(), account);
    eventually(() -> erp.calls("account.recovered"), calls -> calls.size() == 1);
    eventually(
        () -> about(waits).stream().filter(call -> call.type().equals("message.queued")).count(),
        queued -> queued == 2);
  }

  @Test
  void whatComesBackLaterIsToldWithTheAddress() {
    String message = message();
    eventually(
        () -> text(json(postroom.get("/api/v1/messages/" + message)), "state"), "sent"::equals);
    endpoint("/later", "[]");
    for (News news : List.of(News.DELIVERED, News.COMPLAINED, News.ANSWERED, News.BOUNCED))
      postroom
          .bean(Returns.class)
          .report(
              new Returns.Report(
                  company(),
                  message,
                  "report " + news,
                  "a@contoso.example",
                  news,
                  "So.",
                  "550 No"));
    eventually(() -> about(message), calls -> calls.size() == 3);
    assertThat(erp.calls().stream().map(Call::type))
        .containsExactlyInAnyOrder("message.delivered", "message.complained", "message.bounced");
    JsonNode data = erp.calls("message.bounced").getFirst().body().get("data");
    assertThat(text(data, "address")).isEqualTo("a@contoso.example");
    assertThat(text(data, "reply")).isEqualTo("550 No");
  }

  @Test
  void whatCustomersDoWithLinksIsTold() {
    endpoint("/links", "[]");
    put("/invoice/INV-1", "120.00");
    put("/quote/Q-1", "80.00");
    PaymentLinks links = postroom.bean(PaymentLinks.class);
    String invoice = link("invoice", "INV-1");
    Instant now = Instant.now();
    links.declined(company(), invoice, "pi_0", "Card refused");
    links.paid(company(), invoice, new Paid("pi_1", new BigDecimal("120.00"), "EUR", now, "Card"));
    links.paid(company(), invoice, new Paid("re_1", new BigDecimal("-20.00"), "EUR", now, "Card"));
    PaymentLink quote = links.get(Caller.postroom(company()), link("approval", "Q-1"));
    String token = links.url(quote).replaceAll(".*/", "");
    links.decide(token, true, "Anna", null);
    eventually(erp::calls, calls -> calls.size() == 4);
    JsonNode paid = erp.calls("payment.succeeded").getFirst().body().get("data");
    assertThat(text(paid, "payment_link")).isEqualTo(invoice);
    assertThat(paid.at("/document/number").asString()).isEqualTo("INV-1");
    assertThat(paid.at("/amount/amount").asString()).isEqualTo("120.00");
    JsonNode declined = erp.calls("payment.declined").getFirst().body().get("data");
    assertThat(text(declined, "reason")).isEqualTo("Card refused");
    JsonNode back = erp.calls("payment.refunded").getFirst().body().get("data");
    assertThat(back.at("/amount/amount").asString()).isEqualTo("20.00");
    assertThat(erp.calls("quote.approved")).hasSize(1);
  }

  private static void put(String path, String gross) {
    HttpResponse<String> put =
        postroom.put(
            "/api/v1/documents" + path,
            "{\"currency\": \"EUR\", \"totals\": {\"gross\": \"%s\", \"due\": \"%s\"}}"
                .formatted(gross, gross));
    assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
  }

  private static String link(String kind, String number) {
    String document = kind.equals("approval") ? "quote" : kind;
    HttpResponse<String> made =
        postroom.post(
            "/api/v1/payment_links",
            "{\"kind\": \"%s\", \"items\": [{\"kind\": \"%s\", \"number\": \"%s\"}]}"
                .formatted(kind, document, number));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return text(json(made), "id");
  }

  @Test
  void whatIsRefusedIsToldAgainUnderTheSameIdAndEachTryIsKept() {
    JsonNode endpoint = endpoint("/later", "[\"message.cancelled\"]");
    erp.next(500);
    JsonNode test = test(endpoint);
    JsonNode failing =
        eventually(() -> delivery(endpoint, test), it -> it.get("attempts").asInt() == 1);
    assertThat(text(failing, "state")).isEqualTo("pending");
    assertThat(text(failing, "note")).isEqualTo("It answered 500.");
    assertThat(text(one(endpoint), "state")).isEqualTo("failing");
    due(test);
    JsonNode done =
        eventually(() -> delivery(endpoint, test), it -> text(it, "state").equals("delivered"));
    assertThat(done.get("tries")).hasSize(2);
    assertThat(done.at("/tries/0/status").asInt()).isEqualTo(500);
    assertThat(done.at("/tries/0/reply").asString()).isEqualTo("status 500");
    assertThat(done.at("/tries/1/status").asInt()).isEqualTo(200);
    assertThat(done.at("/tries/1/trouble").isNull()).isTrue();
    assertThat(erp.calls()).hasSize(2);
    assertThat(erp.calls().get(0).id()).isEqualTo(erp.calls().get(1).id());
    assertThat(erp.calls().get(0).text())
        .isEqualTo(erp.calls().get(1).text())
        .isEqualTo(text(done, "body"));
    assertThat(one(endpoint).get("failures").asInt()).isZero();

    HttpResponse<String> again =
        postroom.post(path(endpoint) + "/deliveries/" + text(test, "id") + "/redeliver", "");
    assertThat(again.statusCode()).isEqualTo(202);
    eventually(erp::calls, calls -> calls.size() == 3);
    assertThat(erp.calls().get(2).id()).isEqualTo(erp.calls().get(0).id());
  }

  @Test
  void whoIsGoneIsSwitchedOffAndPeopleAreTold() {
    JsonNode endpoint = endpoint("/gone", "[]");
    erp.usually(410);
    JsonNode test = test(endpoint);
    JsonNode off = eventually(() -> one(endpoint), it -> text(it, "state").equals("switched_off"));
    assertThat(off.get("active").booleanValue()).isFalse();
    assertThat(text(off, "off_reason")).contains("410");
    assertThat(text(delivery(endpoint, test), "state")).isEqualTo("failed");
    assertThat(postroom.get("/api/v1/notifications").body())
        .contains("A webhook was switched off: " + erp.url("/gone"));
    assertThat(postroom.post(path(endpoint) + "/test", "").statusCode()).isEqualTo(409);
    String message = message();
    eventually(
        this::events, events -> events.stream().filter(it -> isAbout(it, message)).count() == 2);
    assertThat(
            postroom
                .send(
                    postroom
                        .request(path(endpoint))
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString("{\"active\": true}")))
                .statusCode())
        .isEqualTo(200);
    erp.usually(200);
    assertThat(text(one(endpoint), "state")).isEqualTo("working");
    assertThat(one(endpoint).get("off_at").isNull()).isTrue();
    test(endpoint);
    eventually(() -> erp.calls("webhook.test"), calls -> calls.size() == 2);
    assertThat(about(message)).as("it was off then").isEmpty();
    assertThat(
            json(postroom.post(path(endpoint) + "/redeliver_failed", "")).get("deliveries").asInt())
        .isEqualTo(1);
    eventually(() -> text(delivery(endpoint, test), "state"), "delivered"::equals);
  }

  @Test
  void bothSecretsCountWhileOneTakesTheOthersPlace() {
    JsonNode endpoint = endpoint("/secret", "[\"message.cancelled\"]");
    JsonNode rotated = json(postroom.post(path(endpoint) + "/rotate_secret", ""));
    assertThat(text(rotated, "secret")).isNotEqualTo(text(endpoint, "secret"));
    assertThat(rotated.get("secret_before_until").isNull()).isFalse();
    test(endpoint);
    Call both = eventually(erp::calls, calls -> calls.size() == 1).getFirst();
    assertThat(both.signedWith(text(endpoint, "secret"))).isTrue();
    assertThat(both.signedWith(text(rotated, "secret"))).isTrue();
    JsonNode newest =
        json(postroom.post(path(endpoint) + "/rotate_secret", "{\"overlap_hours\": 0}"));
    test(endpoint);
    Call single = eventually(erp::calls, calls -> calls.size() == 2).getLast();
    assertThat(single.signedWith(text(rotated, "secret"))).isFalse();
    assertThat(single.signedWith(text(newest, "secret"))).isTrue();
    assertThat(postroom.get(path(endpoint)).body()).doesNotContain("whsec_");
    assertThat(postroom.get("/api/v1/audit").body()).doesNotContain("whsec_");
    String kept =
        postroom
            .bean(Database.class)
            .read(sql ->
                sql.sql("SELECT secret FROM webhook_endpoints WHERE id = :id")
                    .param("id", text(endpoint, "id"))
                    .query(String.class)
                    .single());
    assertThat(kept).startsWith("v1:").doesNotContain(text(newest, "secret").substring(6, 20));
  }

  @Test
  void whoWasAwayCatchesUpWithoutMissingAnything() {
    JsonNode off = endpoint("/away", "[]");
    postroom.send(
        postroom
            .request(path(off))
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString("{\"active\": false}")));
    String last = events().isEmpty() ? "" : text(events().getLast(), "id");
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 12; i++) sent.add(message());
    List<JsonNode> told = new ArrayList<>();
    String[] cursor = {last};
    eventually(
        () -> {
          for (JsonNode event : page(cursor[0], 5)) {
            told.add(event);
            cursor[0] = text(event, "id");
          }
          return told.stream().filter(it -> text(it, "type").equals("message.sent")).count();
        },
        count -> count == 12);
    assertThat(told.stream().map(it -> text(it, "id"))).doesNotHaveDuplicates();
    for (String message : sent)
      assertThat(told.stream().filter(it -> isAbout(it, message)).map(it -> text(it, "type")))
          .as("in order")
          .containsExactly("message.queued", "message.sent");
    assertThat(page(last, 200).stream().map(it -> text(it, "id")))
        .containsExactlyElementsOf(told.stream().map(it -> text(it, "id")).toList());
    assertThat(
            json(postroom.get(
                    "/api/v1/webhook_events?type=message.queued&limit=200&cursor=" + last))
                .get("data"))
        .hasSize(12);
    assertThat(erp.calls()).isEmpty();
    assertThat(postroom.get("/api/v1/webhook_events?cursor=msg_1").statusCode()).isEqualTo(422);
  }

  @Test
  void oneWhoDoesNotAnswerHoldsNobodyElseUp() {
    try (HookReceiver slow = HookReceiver.start()) {
      slow.hold();
      JsonNode stuck = make(slow.url("/slow"), "[]");
      endpoint("/quick", "[]");
      List<String> sent = new ArrayList<>();
      for (int i = 0; i < 10; i++) sent.add(message());
      for (String each : sent) told(each, "message.sent");
      assertThat(slow.mostAtOnce("/slow")).isBetween(1, 6);
      slow.open();
      eventually(
          () ->
              json(postroom.get(path(stuck) + "/deliveries?state=delivered&limit=200")).get("data"),
          done -> done.size() == 20);
    }
  }

  @Test
  void addressesThatLeadNowhereAreRefused() {
    Map<String, String> wrong =
        Map.of(
            "http://10.0.0.7/hook", "private network",
            "https://169.254.169.254/latest", "private network",
            "http://[::1]:8080/", "private network",
            "http://8.8.8.8/hook", "https://",
            "ftp://erp.example/", "https://",
            "https://me:secret@erp.example/", "Leave name and password out",
            "https://erp.example/#x", "#",
            "https:///nowhere", "no",
            "erp", "https://",
            "https://erp example/", "no address");
    wrong.forEach((url, why) -> {
      HttpResponse<String> reply =
          postroom.post("/api/v1/webhook_endpoints", "{\"url\": \"" + url + "\"}");
      assertThat(reply.statusCode()).as(url + reply.body()).isEqualTo(422);
      assertThat(json(reply).at("/errors/0/pointer").asString()).isEqualTo("/url");
      assertThat(json(reply).at("/errors/0/message").asString()).as(url).contains(why);
    });
    HttpResponse<String> unknown =
        postroom.post(
            "/api/v1/webhook_endpoints",
            "{\"url\": \"https://erp.example/\", \"events\": [\"message.sendt\"]}");
    assertThat(unknown.body()).contains("/events/0").contains("message.sent");
  }

  @Test
  void aRepeatedRequestMakesNoSecondEndpointAndTellsNoSecret() {
    HttpResponse<String> first = null;
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> reply =
          postroom.send(
              postroom
                  .request("/api/v1/webhook_endpoints")
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", "hook-" + kind)
                  .POST(BodyPublishers.ofString("{\"url\": \"" + erp.url("/x") + "\"}")));
      assertThat(reply.statusCode()).isEqualTo(201);
      if (first == null) first = reply;
      else {
        assertThat(json(reply).get("secret").isNull()).isTrue();
        assertThat(text(json(reply), "id")).isEqualTo(text(json(first), "id"));
      }
    }
    assertThat(json(postroom.get("/api/v1/webhook_endpoints")).get("data")).hasSize(1);
  }

  @Test
  void withoutAnEndpointNothingIsWrittenDown() {
    Database database = postroom.bean(Database.class);
    long before = rows(database);
    String message = message();
    eventually(
        () -> text(json(postroom.get("/api/v1/messages/" + message)), "state"), "sent"::equals);
    assertThat(rows(database)).isEqualTo(before);
  }

  private static long rows(Database database) {
    return database.read(
        sql -> sql.sql("SELECT count(*) FROM happenings").query(Long.class).single());
  }

  private JsonNode endpoint(String path, String events) {
    return make(erp.url(path), events);
  }

  private JsonNode make(String url, String events) {
    HttpResponse<String> made =
        postroom.post(
            "/api/v1/webhook_endpoints", "{\"url\": \"" + url + "\", \"events\": " + events + "}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made);
  }

  private JsonNode one(JsonNode endpoint) {
    return json(postroom.get(path(endpoint)));
  }

  private JsonNode test(JsonNode endpoint) {
    HttpResponse<String> test = postroom.post(path(endpoint) + "/test", "");
    assertThat(test.statusCode()).as(test.body()).isEqualTo(202);
    return json(test);
  }

  private JsonNode delivery(JsonNode endpoint, JsonNode delivery) {
    return json(postroom.get(path(endpoint) + "/deliveries/" + text(delivery, "id")));
  }

  private static String path(JsonNode endpoint) {
    return "/api/v1/webhook_endpoints/" + text(endpoint, "id");
  }

  /** The pause is over. */
  private void due(JsonNode delivery) {
    postroom
        .bean(Database.class)
        .run(sql ->
            sql.sql("UPDATE webhook_deliveries SET due_at = 0 WHERE id = :id")
                .param("id", text(delivery, "id"))
                .update());
  }

  private List<Call> told(String message, String last) {
    eventually(
        () -> about(message), calls -> calls.stream().anyMatch(call -> call.type().equals(last)));
    return eventually(() -> about(message), calls -> !calls.isEmpty());
  }

  private List<Call> about(String message) {
    return erp.calls().stream().filter(call -> isAbout(call.body(), message)).toList();
  }

  private static boolean isAbout(JsonNode event, String message) {
    return event.at("/data/message/id").asString("").equals(message);
  }

  private List<JsonNode> events() {
    List<JsonNode> all = new ArrayList<>();
    for (List<JsonNode> page = page("", 200);
        !page.isEmpty();
        page = page(text(all.getLast(), "id"), 200)) all.addAll(page);
    return all;
  }

  private List<JsonNode> page(String cursor, int limit) {
    JsonNode page =
        json(postroom.get("/api/v1/webhook_events?limit=" + limit + "&cursor=" + cursor));
    return StreamSupport.stream(page.get("data").spliterator(), false).toList();
  }

  private String message() {
    return message("{");
  }

  private String message(String start) {
    HttpResponse<String> sent =
        postroom.post(
            "/api/v1/messages",
            start + "\"subject\": \"Hello\", \"text\": \"Hi.\", \"to\": [\"a@contoso.example\"]}");
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    return text(json(sent), "id");
  }

  private String account() {
    return text(
        json(
            postroom.post(
                "/api/v1/accounts",
                "{\"kind\": \"local\", \"name\": \"Box\", \"email\": \"box@acme.example\"}")),
        "id");
  }

  private String company() {
    return postroom.bean(Access.class).companies().getFirst().id();
  }

  private static String text(JsonNode node, String name) {
    return node.get(name).asString();
  }
}
