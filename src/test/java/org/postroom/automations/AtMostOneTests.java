package org.postroom.automations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.automations.World.about;
import static org.postroom.automations.World.code;
import static org.postroom.automations.World.outcome;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.documents.DocumentKind;
import org.postroom.payments.PaymentNews;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** A happening makes one mail, whoever tells it, however often, in whatever order. */
@ParameterizedClass
@EnumSource
class AtMostOneTests {
  @Parameter TestDatabase kind;
  private World world;

  @BeforeEach
  void start() {
    world = new World(kind);
    world.invoice("INV-1", "100.00");
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void theSameHappeningUnderOtherIdsAtOnceMakesOneMail() throws Exception {
    world.settle("invoice_issued", "{\"enabled\": true}");
    List<Callable<String>> tellers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String id = "replay-" + i;
      tellers.add(() -> world.tell(id, "invoice.issued", about("invoice", "INV-1")));
    }
    List<String> events = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(tellers)) events.add(done.get());
    }
    List<String> codes = events.stream().map(world::settled).map(e -> code(e, "invoice_issued")).toList();
    assertThat(codes).containsOnlyOnce("").hasSize(8);
    assertThat(codes.stream().filter(code -> !code.isEmpty())).containsOnly("already_sent");
    assertThat(world.messages()).hasSize(1);
  }

  @Test
  void eightHandsOnTheSameEventMakeOneMail() throws Exception {
    world.settle("invoice_issued", "{\"enabled\": true}");
    HandleEvent handleEvent = world.postroom.bean(HandleEvent.class);
    Database database = world.postroom.bean(Database.class);
    world.postroom.bean(EventWork.class).stop();
    String id = world.tell("one", "invoice.issued", about("invoice", "INV-1"));
    BusinessEvent event =
        database.read(sql -> EventRows.find(sql, world.company, id)).orElseThrow();
    List<Callable<String>> hands = new ArrayList<>();
    for (int i = 0; i < 8; i++)
      hands.add(() -> {
        try {
          return handleEvent.handle(event).word();
        } catch (HandleEvent.HandledElsewhere elsewhere) {
          return "elsewhere";
        }
      });
    List<String> ended = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var done : threads.invokeAll(hands)) ended.add(done.get());
    }
    assertThat(ended).containsOnlyOnce("handled").contains("elsewhere");
    assertThat(world.messages()).hasSize(1);
  }

  @Test
  void whatWasSentByHandIsNotSentAgainAndTheReasonNamesIt() {
    world.settle("invoice_issued", "{\"enabled\": true}");
    String own = world.byHand("invoice", "INV-1");
    JsonNode event = world.told("1", "invoice.issued", about("invoice", "INV-1"));
    assertThat(code(event, "invoice_issued")).isEqualTo("already_sent");
    assertThat(outcome(event, "invoice_issued").get("skipped").asString()).contains("by ", own);
    assertThat(world.messages()).hasSize(1);
  }

  @Test
  void whatWasCancelledByHandCountsAsNotSent() {
    world.settle("invoice_issued", "{\"enabled\": true}");
    String later =
        json(
                world.postroom.post(
                    "/api/v1/messages",
                    "{\"document\": " + about("invoice", "INV-1") + ", \"send_at\": \"2099-01-01T00:00:00Z\"}"))
            .get("id")
            .asString();
    assertThat(world.postroom.post("/api/v1/messages/" + later + "/cancel", "").statusCode())
        .isEqualTo(200);
    JsonNode event = world.told("1", "invoice.issued", about("invoice", "INV-1"));
    assertThat(code(event, "invoice_issued")).isEmpty();
  }

  @Test
  void partialAllocationsSayWhichOneTheyAre() {
    world.document("sales_order", "SO-1", "");
    world.settle("order_allocation", "{\"enabled\": true}");
    String first = "{\"kind\": \"sales_order\", \"number\": \"SO-1\", \"occasion\": \"part 1\"}";
    String second = first.replace("part 1", "part 2");
    assertThat(code(world.told("1", "sales_order.allocated", first), "order_allocation")).isEmpty();
    assertThat(code(world.told("2", "sales_order.allocated", second), "order_allocation")).isEmpty();
    assertThat(code(world.told("3", "sales_order.allocated", second), "order_allocation"))
        .isEqualTo("already_sent");
    assertThat(world.messages()).hasSize(2);
  }

  @Test
  void invoiceAndPackingSlipAreOneMailWithBoth() {
    world.slip("PS-1", "INV-1");
    world.settle("invoice_issued", "{\"enabled\": true}");
    world.settle("packing_slip_with_invoice", "{\"enabled\": true}");
    JsonNode event = world.told("1", "invoice.issued", about("invoice", "INV-1"));
    String message = outcome(event, "invoice_issued").get("message").asString();
    assertThat(outcome(event, "packing_slip_with_invoice").get("message").asString())
        .isEqualTo(message);
    assertThat(code(event, "packing_slip_with_invoice")).isEqualTo("goes_along");
    assertThat(world.messages()).hasSize(1);
    assertThat(world.content(message)).contains("INV-1", "PS-1").containsPattern("(?s)application/pdf.*application/pdf");
    JsonNode again = world.told("2", "invoice.issued", about("invoice", "INV-1"));
    assertThat(code(again, "packing_slip_with_invoice")).isEqualTo("already_sent");
    assertThat(world.messages()).hasSize(1);
  }

  @Test
  void withoutAPackingSlipTheInvoiceGoesAloneAndTheOtherMayBeToldAgain() {
    world.settle("packing_slip_with_invoice", "{\"enabled\": true}");
    JsonNode event = world.told("1", "invoice.issued", about("invoice", "INV-1"));
    assertThat(code(event, "invoice_issued")).isEqualTo("switched_off");
    assertThat(code(event, "packing_slip_with_invoice")).isEqualTo("no_packing_slip");
    world.slip("PS-1", "INV-1");
    JsonNode again = world.told("1", "invoice.issued", about("invoice", "INV-1"));
    assertThat(outcome(again, "packing_slip_with_invoice").has("message")).isTrue();
    assertThat(code(again, "invoice_issued")).isEqualTo("switched_off");
    world.invoice("INV-2", "7.00");
    world.settle("invoice_issued", "{\"enabled\": true}");
    JsonNode alone = world.told("2", "invoice.issued", about("invoice", "INV-2"));
    assertThat(outcome(alone, "invoice_issued").has("message")).isTrue();
    assertThat(code(alone, "packing_slip_with_invoice")).isEqualTo("no_packing_slip");
    world.slip("PS-2", "INV-2");
    JsonNode late = world.told("2", "invoice.issued", about("invoice", "INV-2"));
    assertThat(code(late, "packing_slip_with_invoice")).isEqualTo("already_sent");
    assertThat(world.messages()).hasSize(2);
  }

  @Test
  void anEventBeforeItsDocumentIsLookedAtWhenThatArrives() {
    world.settle("invoice_issued", "{\"enabled\": true}");
    JsonNode early = world.told("1", "invoice.issued", about("invoice", "INV-9"));
    assertThat(code(early, "invoice_issued")).isEqualTo("unknown_document");
    JsonNode other = world.told("2", "invoice.issued", about("invoice", "INV-9"));
    world.invoice("INV-9", "9.00");
    String[] ids = {early.get("id").asString(), other.get("id").asString()};
    eventually(
        () -> {
          world.settled(ids[0]);
          return world.messages().size();
        },
        Integer.valueOf(1)::equals);
    List<String> codes = new ArrayList<>();
    for (String id : ids)
      codes.add(
          eventually(
              () -> code(world.settled(id), "invoice_issued"),
              code -> !code.equals("unknown_document")));
    assertThat(codes).containsExactlyInAnyOrder("", "already_sent");
    assertThat(world.messages()).hasSize(1);
  }

  @Test
  void whatIsMissedByTheArrivalIsFoundByLookingBack() {
    world.settle("invoice_issued", "{\"enabled\": true}");
    JsonNode early = world.told("1", "invoice.issued", about("invoice", "INV-9"));
    Database database = world.postroom.bean(Database.class);
    // As if the document had been stored in the very moment the event was looked at.
    database.run(sql -> sql.sql("UPDATE business_events SET waits = 0").update());
    world.invoice("INV-9", "9.00");
    database.run(sql -> sql.sql("UPDATE business_events SET waits = 1").update());
    assertThat(world.postroom.bean(Reopen.class).overlooked()).isEqualTo(1);
    eventually(
        () -> world.settled(early.get("id").asString()).get("state").asString(), "handled"::equals);
    assertThat(world.postroom.bean(Reopen.class).overlooked()).isZero();
  }

  @Test
  void aPaymentIsToldOnceByWhicheverIsFirst() {
    world.settle("payment_succeeded", "{\"enabled\": true}");
    PaymentEvents payments = world.postroom.bean(PaymentEvents.class);
    Database database = world.postroom.bean(Database.class);
    var news =
        new PaymentNews.News(
            world.company, "pay_1/succeeded/pi_77", PaymentNews.What.PAYMENT_SUCCEEDED, "pay_1",
            DocumentKind.INVOICE, "INV-1", new BigDecimal("40.00"), "EUR", null, Instant.now());
    database.run(sql -> payments.heard(news));
    database.run(sql -> payments.heard(news));
    JsonNode own =
        eventually(
            () -> json(world.postroom.get("/api/v1/events?type=payment.succeeded")).get("data"),
            data -> data.size() == 1 && !data.at("/0/state").asString().equals("accepted"));
    assertThat(own.at("/0/source").asString()).isEqualTo("postroom:payments");
    String message = own.at("/0/outcomes/0/message").asString();
    assertThat(world.content(message)).contains("40");
    String data = "{\"kind\": \"invoice\", \"number\": \"INV-1\", \"reference\": \"%s\", \"amount\": \"60.00\", \"currency\": \"EUR\"}";
    JsonNode erp = world.told("1", "payment.succeeded", data.formatted("pi_77"));
    assertThat(code(erp, "payment_succeeded")).isEqualTo("already_sent");
    JsonNode second = world.told("2", "payment.succeeded", data.formatted("pi_78"));
    assertThat(code(second, "payment_succeeded")).isEmpty();
    assertThat(world.messages()).hasSize(2);
  }

  @Test
  void anInvitationGoesToItsPartnerOnce() {
    world.settle("portal_invitation", "{\"enabled\": true}");
    String data = "{\"partner\": \"contoso\", \"link\": \"https://portal.acme.example/w/1\"}";
    JsonNode event = world.told("1", "customer.portal_invited", data);
    String message = outcome(event, "portal_invitation").get("message").asString();
    assertThat(event.get("partner").asString()).isEqualTo("contoso");
    assertThat(event.get("document").isNull()).isTrue();
    assertThat(world.message(message).at("/recipients/0/address").asString())
        .isEqualTo("info@contoso.example");
    assertThat(code(world.told("2", "customer.portal_invited", data), "portal_invitation"))
        .isEqualTo("already_sent");
    JsonNode nobody = world.told("3", "customer.portal_invited", data.replace("contoso", "nobody"));
    assertThat(code(nobody, "portal_invitation")).isEqualTo("unknown_partner");
    assertThat(world.telling("4", "customer.portal_invited", "{\"partner\": \"contoso\", \"link\": \"javascript:x\"}").statusCode())
        .isEqualTo(422);
  }

  @Test
  void strangeTimesAreKeptOrRefusedAndNeverAct() {
    world.settle("invoice_issued", "{\"enabled\": true}");
    String event =
        "{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"/erp\", \"type\": \"invoice.issued\", \"time\": \"%s\", \"data\": {\"kind\": \"invoice\", \"number\": \"INV-1\"}}";
    for (String time : List.of("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"))
      assertThat(world.postroom.post("/api/v1/events", event.formatted(time, time)).statusCode())
          .as(time)
          .isEqualTo(202);
    assertThat(
            world.postroom.post("/api/v1/events", event.formatted("x", "+999999999-12-31T23:59:59Z")).statusCode())
        .isEqualTo(422);
    assertThat(world.telling("q", "quote.approved", about("invoice", "INV-1")).statusCode())
        .as("only Postroom tells of decisions")
        .isEqualTo(422);
    eventually(() -> world.messages().size(), Integer.valueOf(1)::equals);
  }

  @Test
  void whoeverCatchesUpReadsOldestFirst() {
    String first = world.told("1", "invoice.issued", about("invoice", "INV-1")).get("id").asString();
    String second = world.told("2", "invoice.issued", about("invoice", "INV-1")).get("id").asString();
    String third = world.told("3", "quote.issued", about("quote", "Q-1")).get("id").asString();
    assertThat(ids("?after=" + first + "&limit=1")).containsExactly(second);
    assertThat(ids("?after=" + first + "&limit=1&cursor=" + second)).containsExactly(third);
    assertThat(ids("?document=invoice/INV-1")).containsExactly(second, first);
    assertThat(ids("?state=handled")).isEmpty();
    assertThat(ids("?type=quote.issued&state=skipped")).containsExactly(third);
  }

  private List<String> ids(String query) {
    return json(world.postroom.get("/api/v1/events" + query)).get("data").findValuesAsString("id");
  }
}
