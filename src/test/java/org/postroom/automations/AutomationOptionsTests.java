package org.postroom.automations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.automations.World.about;
import static org.postroom.automations.World.code;
import static org.postroom.automations.World.outcome;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** What is settled for an automatic mail is kept, checked, and done. */
@ParameterizedClass
@EnumSource
class AutomationOptionsTests {
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
  void onlyWhatIsGivenChangesAndTheVersionCounts() {
    JsonNode first =
        world.settle("invoice_issued", "{\"enabled\": true, \"cc\": [\"boss@acme.example\"]}");
    assertThat(first.get("version").asInt()).isEqualTo(1);
    JsonNode second = world.settle("invoice_issued", "{\"delay\": \"PT2H\"}");
    assertThat(second.get("enabled").asBoolean()).isTrue();
    assertThat(second.at("/cc/0").asString()).isEqualTo("boss@acme.example");
    assertThat(second.get("delay").asString()).isEqualTo("PT2H");
    JsonNode read = json(world.postroom.get("/api/v1/automations/invoice_issued"));
    assertThat(read).isEqualTo(second);
    assertThat(world.settle("invoice_issued", read.toString()).get("version").asInt())
        .as("what was read can be sent back and changes nothing")
        .isEqualTo(2);
    assertThat(
            world.settle("invoice_issued", "{\"delay\": null, \"cc\": null}").get("delay").isNull())
        .isTrue();
  }

  @Test
  void aChangeOnAnOldVersionIsRefused() {
    world.settle("invoice_issued", "{\"enabled\": true}");
    HttpResponse<String> refused =
        world.postroom.send(
            world
                .postroom
                .request("/api/v1/automations/invoice_issued")
                .header("Content-Type", "application/json")
                .header("If-Match", "\"0\"")
                .method("PATCH", BodyPublishers.ofString("{\"enabled\": false}")));
    assertThat(refused.statusCode()).isEqualTo(412);
  }

  @Test
  void whatDoesNotExistOrFitIsRefusedWithItsPlace() {
    refused("invoice_issued", "{\"template\": \"tpl_none\"}", "/template");
    refused("invoice_issued", "{\"account\": \"acc_none\"}", "/account");
    refused("invoice_issued", "{\"to\": \"internal\"}", "/to");
    refused("invoice_issued", "{\"to\": \"addresses\"}", "/addresses");
    refused("invoice_issued", "{\"approval\": true}", "/approval");
    refused("invoice_issued", "{\"except\": {\"partners\": [\"nobody\"]}}", "/except/partners");
    refused(
        "invoice_issued",
        "{\"except\": {\"documents\": [{\"kind\": \"invoice\", \"number\": \"INV-0\"}]}}",
        "/except/documents");
    refused("invoice_issued", "{\"delay\": \"P31D\"}", "/delay");
    refused(
        "invoice_issued",
        "{\"working_time\": {\"days\": [], \"from\": \"18:00\", \"until\": \"08:00\"}}",
        "/working_time/until");
    refused(
        "invoice_issued",
        "{\"condition\": {\"field\": \"document.kind\", \"operator\": \"is\", \"value\": \"invioce\"}}",
        "/condition/value");
    refused("invoice_issued", "{\"enabeld\": true}", "/enabeld");
  }

  private void refused(String automation, String body, String pointer) {
    HttpResponse<String> answer = world.patch(automation, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(json(answer).get("errors").findValuesAsString("pointer"))
        .as(answer.body())
        .contains(pointer);
  }

  @Test
  void aTemplateMustBeForThePurposeAndIsKeptWhileItIsNamed() {
    String reminder = template("reminder");
    refused("invoice_issued", "{\"template\": \"" + reminder + "\"}", "/template");
    String invoice = template("invoice");
    world.settle("invoice_issued", "{\"enabled\": true, \"template\": \"" + invoice + "\"}");
    HttpResponse<String> deleted =
        world.postroom.send(world.postroom.request("/api/v1/templates/" + invoice).DELETE());
    assertThat(deleted.statusCode()).isEqualTo(409);
    assertThat(deleted.body()).contains("Invoice issued");
    JsonNode event = world.told("1", "invoice.issued", about("invoice", "INV-1"));
    JsonNode message = world.message(outcome(event, "invoice_issued").get("message").asString());
    assertThat(message.get("subject").asString()).isEqualTo("Own words INV-1");
    assertThat(message.at("/reasons/template").asString()).contains("Invoice issued");
  }

  private String template(String purpose) {
    HttpResponse<String> made =
        world.postroom.post(
            "/api/v1/templates",
            """
            {"purpose": "%s", "language": "en", "name": "Own %1$s",
             "body": {"subject": "Own words {{document.number}}", "message": "Hello."}}
            """
                .formatted(purpose));
    if (made.statusCode() != 201) throw new AssertionError(made.body());
    return json(made).get("id").asString();
  }

  @Test
  void anAccountIsKeptWhileItIsNamedAndSends() {
    HttpResponse<String> made =
        world.postroom.post(
            "/api/v1/accounts",
            "{\"kind\": \"local\", \"name\": \"Billing box\", \"email\": \"billing@acme.example\"}");
    String account = json(made).get("id").asString();
    world.settle("invoice_issued", "{\"enabled\": true, \"account\": \"" + account + "\"}");
    assertThat(
            world
                .postroom
                .send(world.postroom.request("/api/v1/accounts/" + account).DELETE())
                .statusCode())
        .isEqualTo(409);
    JsonNode event = world.told("1", "invoice.issued", about("invoice", "INV-1"));
    JsonNode message = world.message(outcome(event, "invoice_issued").get("message").asString());
    assertThat(message.get("account").asString()).isEqualTo(account);
    assertThat(message.at("/reasons/account").asString())
        .isEqualTo("Set for the automatic mail “Invoice issued”");
  }

  @Test
  void smallAmountsExceptionsAndPartnersAreLeftOutForTheirReason() {
    world.invoice("INV-2", "10.00");
    world.invoice("INV-3", "500.00");
    world.settle(
        "invoice_issued",
        """
        {"enabled": true, "except": {"documents": [{"kind": "invoice", "number": "INV-3"}]},
         "condition": {"field": "document.gross", "operator": "at_least", "value": "50", "currency": "EUR"}}
        """);
    assertThat(code(world.told("1", "invoice.issued", about("invoice", "INV-1")), "invoice_issued"))
        .isEmpty();
    JsonNode small = world.told("2", "invoice.issued", about("invoice", "INV-2"));
    assertThat(code(small, "invoice_issued")).isEqualTo("condition");
    assertThat(outcome(small, "invoice_issued").get("skipped").asString()).contains("gross amount");
    assertThat(code(world.told("3", "invoice.issued", about("invoice", "INV-3")), "invoice_issued"))
        .isEqualTo("excluded");
    world.settle(
        "invoice_issued", "{\"condition\": null, \"except\": {\"partners\": [\"contoso\"]}}");
    JsonNode excluded = world.told("4", "invoice.issued", about("invoice", "INV-2"));
    assertThat(code(excluded, "invoice_issued")).isEqualTo("excluded");
    assertThat(outcome(excluded, "invoice_issued").get("skipped").asString())
        .contains("Contoso Bakery");
  }

  @Test
  void furtherCopiesAndFixedAddresses() {
    world.settle(
        "invoice_issued",
        "{\"enabled\": true, \"cc\": [\"boss@acme.example\"], \"bcc\": [\"file@acme.example\"]}");
    JsonNode event = world.told("1", "invoice.issued", about("invoice", "INV-1"));
    JsonNode message = world.message(outcome(event, "invoice_issued").get("message").asString());
    assertThat(message.get("recipients").findValuesAsString("address"))
        .containsExactly("ap@contoso.example", "boss@acme.example", "file@acme.example");
    assertThat(message.get("recipients").findValuesAsString("role"))
        .containsExactly("to", "cc", "bcc");
    world.document("item_receipt", "IR-1", "");
    world.settle(
        "goods_received",
        "{\"enabled\": true, \"to\": \"addresses\", \"addresses\": [\"store@acme.example\"], \"cc\": [\"boss@acme.example\"]}");
    JsonNode goods = world.told("2", "goods.received", about("item_receipt", "IR-1"));
    JsonNode told = world.message(outcome(goods, "goods_received").get("message").asString());
    assertThat(told.get("recipients").findValuesAsString("address"))
        .containsExactly("store@acme.example", "boss@acme.example");
  }

  @Test
  void itWaitsForItsDelay() {
    world.settle("invoice_issued", "{\"enabled\": true, \"delay\": \"P2D\"}");
    JsonNode event = world.told("1", "invoice.issued", about("invoice", "INV-1"));
    JsonNode message = world.message(outcome(event, "invoice_issued").get("message").asString());
    assertThat(message.get("state").asString()).isEqualTo("queued");
    assertThat(message.at("/reasons/send_at").asString()).contains("delay");
  }

  @Test
  void aQuoteToApproveIsAnotherPurpose() {
    world.document("quote", "Q-1", ", \"totals\": {\"net\": \"5.00\", \"gross\": \"5.00\"}");
    JsonNode settled = world.settle("quote_issued", "{\"enabled\": true, \"approval\": true}");
    assertThat(settled.get("purpose").asString()).isEqualTo("quote_approval");
    JsonNode event = world.told("1", "quote.issued", about("quote", "Q-1"));
    // Here nobody can reach the page behind the link: the mail that asks for it is not sent
    // without.
    assertThat(code(event, "quote_issued")).isEqualTo("no_public_url");
    world.settle("quote_issued", "{\"approval\": false}");
    JsonNode plain = world.told("2", "quote.issued", about("quote", "Q-1"));
    assertThat(
            world
                .message(outcome(plain, "quote_issued").get("message").asString())
                .get("purpose")
                .asString())
        .isEqualTo("quote");
  }

  @Test
  void everyChangeIsInTheAuditTrail() {
    world.settle("invoice_issued", "{\"enabled\": true, \"delay\": \"PT1H\"}");
    JsonNode trail = json(world.postroom.get("/api/v1/audit"));
    assertThat(trail.get("data").findValuesAsString("what"))
        .contains("automation.switched", "automation.changed");
  }
}
