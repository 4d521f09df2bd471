package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.mail.MailContent;
import org.postroom.testkit.Browser;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/**
 * A document kind, a partner and a rule that each want another layout, template and account: who
 * decides, and what the reasons say.
 */
@ParameterizedClass
@EnumSource
class WhoDecidesJourney {
  @Parameter TestDatabase database;
  private RunningPostroom postroom;

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void theClosestDecidesEachPartForItselfAndSaysWhy() throws Exception {
    postroom = RunningPostroom.start(database);
    String ofKind = account("Billing");
    String ofPartner = account("Key accounts");
    String ofRule = account("Export desk");
    String kindText = template("Plain words", "Kind {{document.number}}");
    String partnerText = template("Warm words", "Partner {{document.number}}");
    String ruleText = template("Export words", "Rule {{document.number}}");
    String own = layout();

    invoice("INV-1", "anybody", "100.00");
    invoice("INV-2", "contoso", "100.00");
    invoice("INV-3", "contoso", "9000.00");
    partner("anybody", "");
    partner("contoso", "");
    expect("INV-1", "built-in", "Invoice INV-1", "Built-in layout", "Built-in text", "Default");

    put(
        "routes",
        "{\"invoice\": {\"account\": \"%s\", \"template\": \"%s\", \"layout\": \"built-in:payment-history\"}}"
            .formatted(ofKind, kindText));
    String kind = "Set for the document kind invoice";
    expect("INV-1", "built-in:payment-history", "Kind INV-1", kind, kind, "document kind invoice");

    partner(
        "contoso",
        ", \"send_from\": \"%s\", \"templates\": {\"invoice\": \"%s\"}, \"layouts\": {\"invoice\": \"built-in:commercial\"}"
            .formatted(ofPartner, partnerText));
    String contoso = "Set for contoso";
    expect("INV-2", "built-in:commercial", "Partner INV-2", contoso, contoso, "of the partner");
    expect("INV-1", "built-in:payment-history", "Kind INV-1", kind, kind, "document kind invoice");

    JsonNode rule =
        made(
            "rules",
            """
            {"name": "Large invoices", "enabled": true,
             "condition": {"field": "document.gross", "operator": "more_than", "value": "5000", "currency": "EUR"},
             "effects": {"layout": "%s", "template": "%s", "account": "%s", "recipients": {"bcc": ["archive@acme.example"]}, "hold": "Ask Anna first."}}\
            """
                .formatted(own, ruleText, ofRule));
    String large = "Large invoices";
    expect("INV-3", own, "Rule INV-3", large, large, large);
    expect("INV-2", "built-in:commercial", "Partner INV-2", contoso, contoso, "of the partner");

    JsonNode explicit =
        dry(
            "INV-3",
            ", \"layout\": \"built-in\", \"template\": \"%s\", \"account\": \"%s\""
                .formatted(kindText, ofKind));
    assertThat(explicit.get("subject").stringValue()).isEqualTo("Kind INV-3");
    assertThat(explicit.get("account").stringValue()).isEqualTo(ofKind);
    assertThat(explicit.get("reasons").get("layout").stringValue())
        .contains("Chosen for this message");

    whatARuleNamesStays(rule, own, ruleText, ofRule);
    sentAsDecided(own, ruleText, ofRule);
  }

  /** Held until somebody agrees, then it leaves as it was shown. */
  private void sentAsDecided(String layout, String template, String account) throws Exception {
    JsonNode sent =
        made("messages", "{\"document\": {\"kind\": \"invoice\", \"number\": \"INV-3\"}}");
    String id = sent.get("id").stringValue();
    assertThat(sent.get("state").stringValue()).isEqualTo("held");
    assertThat(sent.get("note").stringValue()).contains("Large invoices", "Ask Anna first.");
    assertThat(sent.get("template").stringValue()).isEqualTo(template);
    assertThat(sent.get("layout").stringValue()).isEqualTo(layout);
    assertThat(sent.get("account").stringValue()).isEqualTo(account);
    assertThat(sent.get("recipients").findValuesAsString("address"))
        .containsExactly("ap@contoso.example", "archive@acme.example");
    assertThat(resent(id)).as("no way around whoever must agree").isEqualTo("held");
    HttpResponse<String> byItself = postroom.post("/api/v1/messages/" + id + "/approve", "{}");
    assertThat(byItself.statusCode()).as("the sender alone").isEqualTo(403);
    Browser person = Browser.signedIn(postroom);
    assertThat(person.open("/messages/" + id).html().select("dl.kv").text())
        .contains("Export words", "Our own paper", "Export desk (Local)");
    person.submit(
        person.open("/messages/" + id),
        "form:has(button[value=approve])",
        Map.of("decision", "approve"));
    eventually(
        () -> json(postroom.get("/api/v1/messages/" + id)).get("state").stringValue(),
        "sent"::equals);
    assertThat(resent(id)).as("agreed to as it was, to whom it went").isEqualTo("held");
    MailContent mail =
        MailContent.read(postroom.bytes("/api/v1/messages/" + id + "/content").body());
    assertThat(sent.get("subject").stringValue()).isEqualTo("Rule INV-3");
    try (var pdf = Loader.loadPDF(mail.attachments().getFirst().content())) {
      assertThat(new PDFTextStripper().getText(pdf)).contains("Our own paper", "INV-3");
    }
    assertThat(postroom.bytes("/api/v1/documents/invoice/INV-3.pdf").body())
        .isEqualTo(mail.attachments().getFirst().content());
  }

  private String resent(String id) {
    return made("messages/" + id + "/resend", "{\"to\": [\"other@contoso.example\"]}")
        .get("state")
        .stringValue();
  }

  private void whatARuleNamesStays(JsonNode rule, String layout, String template, String account) {
    for (String path :
        new String[] {"layouts/" + layout, "templates/" + template, "accounts/" + account}) {
      HttpResponse<String> refused = postroom.send(postroom.request("/api/v1/" + path).DELETE());
      assertThat(refused.statusCode()).as(path + refused.body()).isEqualTo(409);
      assertThat(refused.body()).contains(rule.get("name").stringValue());
    }
    for (String body :
        new String[] {
          "{\"invoice\": {\"layout\": \"lay_none\"}}",
          "{\"quote\": {\"template\": \"%s\"}}".formatted(template)
        }) {
      HttpResponse<String> wrong = postroom.put("/api/v1/routes", body);
      assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(422);
    }
    HttpResponse<String> wrong =
        postroom.put(
            "/api/v1/partners/nobody",
            "{\"type\": \"customer\", \"name\": \"N\", \"layouts\": {\"invoice\": \"lay_none\"}}");
    assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(422);
    assertThat(wrong.body()).contains("/layouts/invoice");
  }

  private void expect(
      String number, String layout, String subject, String why, String words, String account) {
    JsonNode shown = dry(number, "");
    JsonNode reasons = shown.get("reasons");
    assertThat(shown.get("subject").stringValue()).startsWith(subject);
    assertThat(reasons.get("layout").stringValue()).contains(why);
    assertThat(reasons.get("template").stringValue()).contains(words);
    assertThat(reasons.get("account").stringValue()).contains(account);
    JsonNode sentLayout = shown.get("layout");
    if (sentLayout != null) assertThat(sentLayout.stringValue()).isEqualTo(layout);
  }

  private JsonNode dry(String number, String more) {
    HttpResponse<String> dry =
        postroom.post(
            "/api/v1/messages?dry_run=true",
            "{\"document\": {\"kind\": \"invoice\", \"number\": \"%s\"}%s}"
                .formatted(number, more));
    assertThat(dry.statusCode()).as(dry.body()).isEqualTo(200);
    return json(dry);
  }

  private String account(String name) {
    String email = name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.') + "@acme.example";
    return made(
            "accounts",
            "{\"kind\": \"local\", \"name\": \"%s\", \"email\": \"%s\", \"local\": {}}"
                .formatted(name, email))
        .get("id")
        .stringValue();
  }

  private String template(String name, String subject) {
    return made(
            "templates",
            """
            {"purpose": "invoice", "language": "en", "name": "%s", "body": {"subject": "%s", "greeting": "Hello,", "message": "Here it is."}}\
            """
                .formatted(name, subject))
        .get("id")
        .stringValue();
  }

  private String layout() {
    return made(
            "layouts",
            """
            {"name": "Our own paper", "kinds": ["invoice"], "html": "<h1>Our own paper</h1><p>{{document.number}}</p>", "css": "h1 { color: #224466 }"}\
            """)
        .get("id")
        .stringValue();
  }

  private void partner(String ref, String more) {
    put(
        "partners/" + ref,
        "{\"type\": \"customer\", \"name\": \"%1$s\", \"emails\": {\"billing\": [\"ap@%1$s.example\"]}%2$s}"
            .formatted(ref, more));
  }

  private void invoice(String number, String partner, String gross) {
    put(
        "documents/invoice/" + number,
        """
        {"partner": "%s", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
         "lines": [{"description": "Rye flour", "amount": "%2$s"}], "totals": {"net": "%2$s", "gross": "%2$s"}}\
        """
            .formatted(partner, gross));
  }

  private JsonNode made(String path, String body) {
    HttpResponse<String> made = postroom.post("/api/v1/" + path, body);
    assertThat(made.statusCode()).as(path + ": " + made.body()).isBetween(200, 299);
    return json(made);
  }

  private void put(String path, String body) {
    HttpResponse<String> put = postroom.put("/api/v1/" + path, body);
    assertThat(put.statusCode()).as(path + ": " + put.body()).isBetween(200, 299);
  }
}
