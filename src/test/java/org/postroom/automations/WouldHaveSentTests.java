package org.postroom.automations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.automations.World.about;
import static org.postroom.automations.World.code;
import static org.postroom.automations.World.outcome;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpResponse;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.compose.Composition;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Before it is switched on: what it would have sent, and afterwards what it did. */
@ParameterizedClass
@EnumSource
class WouldHaveSentTests {
  @Parameter TestDatabase kind;
  private World world;

  @BeforeEach
  void start() {
    world = new World(kind);
    world.invoice("INV-1", "100.00");
    world.invoice("INV-2", "10.00");
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void eventsThatPassedWhileItWasOffSayWhatWouldHaveGone() {
    String first =
        world.told("1", "invoice.issued", about("invoice", "INV-1")).get("id").asString();
    world.told("2", "invoice.issued", about("invoice", "INV-2"));
    world.told("3", "invoice.issued", about("invoice", "INV-0"));
    world.byHand("invoice", "INV-1");
    JsonNode preview =
        preview(
            """
            {"days": 7, "options": {"condition":
              {"field": "document.gross", "operator": "at_least", "value": "50", "currency": "EUR"}}}
            """);
    assertThat(preview.get("mails").asInt()).isEqualTo(1);
    assertThat(preview.get("cut").asBoolean()).isFalse();
    assertThat(preview.at("/data/0/code").asString()).isEqualTo("unknown_document");
    assertThat(preview.at("/data/1/code").asString()).isEqualTo("condition");
    JsonNode mail = preview.at("/data/2/mail");
    assertThat(preview.at("/data/2/event").asString()).isEqualTo(first);
    assertThat(preview.at("/data/2/outcome/code").asString()).isEqualTo("switched_off");
    assertThat(mail.at("/recipients/0/address").asString()).isEqualTo("ap@contoso.example");
    assertThat(mail.get("subject").asString()).contains("INV-1");
    assertThat(world.messages()).as("only the one by hand: looking keeps nothing").hasSize(1);
    assertThat(
            json(world.postroom.get("/api/v1/automations/invoice_issued"))
                .get("enabled")
                .asBoolean())
        .isFalse();
    assertThat(preview("{\"limit\": 1}").get("cut").asBoolean()).isTrue();
  }

  @Test
  void aLookAtOneIsTheMailByteForByte() {
    String event =
        world.told("1", "invoice.issued", about("invoice", "INV-1")).get("id").asString();
    Composition look =
        world
            .postroom
            .bean(WouldHaveSent.class)
            .look(world.caller, Automation.INVOICE_ISSUED, UnaryOperator.identity(), event);
    assertThat(look.subject()).contains("INV-1");
    assertThat(look.attachments()).hasSize(1);
    assertThat(world.messages()).isEmpty();
  }

  @Test
  void whatIsWrongWithATryIsToldWhereItStands() {
    HttpResponse<String> refused =
        world.postroom.post(
            "/api/v1/automations/invoice_issued/preview", "{\"options\": {\"delay\": \"soon\"}}");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("/options/delay");
    assertThat(
            world.postroom.post("/api/v1/automations/overdue_reminder/preview", "{}").statusCode())
        .isEqualTo(409);
  }

  @Test
  void thePackingSlipsPreviewSaysWithWhichMailItWouldGo() {
    world.slip("PS-1", "INV-1");
    world.told("1", "invoice.issued", about("invoice", "INV-1"));
    world.told("2", "invoice.issued", about("invoice", "INV-2"));
    JsonNode preview =
        json(world.postroom.post("/api/v1/automations/packing_slip_with_invoice/preview", "{}"));
    assertThat(preview.at("/data/0/code").asString()).isEqualTo("no_packing_slip");
    assertThat(preview.at("/data/1/mail/subject").asString()).contains("INV-1");
  }

  @Test
  void historyIsReadInPartsAndByReason() {
    world.settle("invoice_issued", "{\"enabled\": true}");
    world.told("1", "invoice.issued", about("invoice", "INV-1"));
    world.told("2", "invoice.issued", about("invoice", "INV-1"));
    world.told("3", "invoice.issued", about("invoice", "INV-2"));
    JsonNode page = history("?limit=2");
    assertThat(page.get("data").findValuesAsString("number")).containsExactly("INV-2", "INV-1");
    JsonNode rest = history("?limit=2&cursor=" + page.get("next_cursor").asString());
    assertThat(rest.get("data").size()).isEqualTo(1);
    assertThat(history("?result=sent").get("data").size()).isEqualTo(2);
    assertThat(history("?code=already_sent").get("data").size()).isEqualTo(1);
    assertThat(history("?result=skipped&code=condition").get("data").size()).isZero();
    Automations.Tally tally =
        world
            .postroom
            .bean(Automations.class)
            .tally(world.company, Automation.INVOICE_ISSUED, java.time.Instant.EPOCH);
    assertThat(tally.sent()).isEqualTo(2);
    assertThat(tally.skipped()).isEqualTo(1);
  }

  @Test
  void nothingDueAndNobodyToTellAreReasons() {
    world.invoice("INV-3", "0.00");
    world.settle("payment_requested", "{\"enabled\": true}");
    JsonNode event = world.told("1", "invoice.payment_requested", about("invoice", "INV-3"));
    assertThat(code(event, "payment_requested")).isEqualTo("nothing_due");
    assertThat(outcome(event, "payment_requested").get("skipped").asString()).contains("INV-3");
  }

  private JsonNode preview(String body) {
    HttpResponse<String> answer =
        world.postroom.post("/api/v1/automations/invoice_issued/preview", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private JsonNode history(String query) {
    return json(world.postroom.get("/api/v1/automations/invoice_issued/history" + query));
  }
}
