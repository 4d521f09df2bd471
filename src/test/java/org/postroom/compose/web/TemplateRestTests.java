package org.postroom.compose.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Role;
import org.postroom.mail.MailContent;
import org.postroom.templates.Template.Level;
import org.postroom.templates.TemplateChanges;
import org.postroom.templates.TemplateDraft;
import org.postroom.templates.Templates;
import org.postroom.testkit.Browser;
import org.postroom.testkit.RunningPostroom;
import tools.jackson.databind.JsonNode;

/** Templates as programs and browsers ask for them. */
class TemplateRestTests {
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
    TemplateScene.fill(postroom);
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void thePreviewIsByteForByteWhatIsStored() {
    String template = TemplateScene.template(postroom, "invoice", "en", "Exact");
    JsonNode preview =
        json(
            postroom.post(
                "/api/v1/templates/" + template + "/preview",
                "{\"document\": {\"kind\": \"invoice\", \"number\": \"INV-2026-0412\"}}"));
    HttpResponse<String> sent =
        postroom.post(
            "/api/v1/messages",
            """
            {"document": {"kind": "invoice", "number": "INV-2026-0412"}, "template": "%s"}
            """
                .formatted(template));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    JsonNode message = json(sent);
    assertThat(message.at("/reasons/template").asString()).contains("Template “Exact” in English");
    MailContent stored = content(message.get("id").asString());
    assertThat(lines(stored.html())).isEqualTo(preview.get("html").asString());
    assertThat(lines(stored.text())).isEqualTo(preview.get("text").asString());
    assertThat(message.get("subject").asString()).isEqualTo(preview.get("subject").asString());
    assertThat(preview.get("html").asString())
        .contains("<strong>INV-2026-0412</strong>", "Rye flour, stone ground");
    assertThat(preview.get("missing").isEmpty()).isTrue();
  }

  @Test
  void theBuiltInTextPreviewsAsItIsSent() {
    JsonNode preview =
        json(
            postroom.post(
                "/api/v1/templates/built-in:quote:en/preview",
                "{\"document\": {\"kind\": \"quote\", \"number\": \"Q-1\"}}"));
    JsonNode sent =
        json(
            postroom.post(
                "/api/v1/messages?dry_run=true",
                "{\"document\": {\"kind\": \"quote\", \"number\": \"Q-1\"}, \"to\": [\"a@b.example\"]}"));
    assertThat(preview.get("html").asString()).isEqualTo(sent.get("html").asString());
  }

  @Test
  void aMisspeltPlaceholderIsRefusedWithItsPlaceAndTheNearestName() {
    HttpResponse<String> refused =
        postroom.post(
            "/api/v1/templates",
            """
            {"purpose": "invoice", "language": "en", "name": "Wrong",
             "body": {"subject": "S", "message": "Hello,\\n\\nto be paid by {{document.duedate}}."}}
            """);
    assertThat(refused.statusCode()).isEqualTo(422);
    JsonNode error = json(refused).at("/errors/0");
    assertThat(error.get("pointer").asString()).isEqualTo("/body/message");
    assertThat(error.get("code").asString()).isEqualTo("unknown_placeholder");
    assertThat(error.get("message").asString())
        .startsWith("Line 3, column 17: ")
        .contains("Did you mean document.due_date?");
    assertThat(json(postroom.get("/api/v1/templates")).toString()).doesNotContain("Wrong");
  }

  @Test
  void thePageRefusesItTooAndKeepsWhatWasTyped() {
    Browser browser = Browser.signedIn(postroom);
    Browser.Page form = browser.open("/templates/new?purpose=invoice&language=en");
    Browser.Page refused =
        browser.submit(
            form,
            "form#words",
            java.util.Map.of("name", "Typed", "action", "save", "body/message", "{{partner.nam}}"));
    assertThat(refused.html().select(".invalid-feedback").text())
        .contains("Did you mean partner.name?");
    assertThat(refused.html().select("[id=body-message]").text()).contains("{{partner.nam}}");
    assertThat(refused.html().select("#name").val()).isEqualTo("Typed");
    assertThat(json(postroom.get("/api/v1/templates")).toString()).doesNotContain("Typed");
  }

  @Test
  void whatIsRequiredAndEmptyIsToldAndStopsASend() {
    String template =
        json(postroom.post(
                "/api/v1/templates",
                """
                {"purpose": "invoice", "language": "en", "name": "Strict",
                 "body": {"subject": "S", "message": "Order {{required document.references.customer_order}}"}}
                """))
            .get("id")
            .asString();
    JsonNode preview =
        json(
            postroom.post(
                "/api/v1/templates/" + template + "/preview",
                "{\"document\": {\"kind\": \"invoice\", \"number\": \"INV-2026-0412\"}}"));
    assertThat(preview.at("/missing/0").asString()).isEqualTo("document.references.customer_order");
    HttpResponse<String> sent =
        postroom.post(
            "/api/v1/messages",
            """
            {"document": {"kind": "invoice", "number": "INV-2026-0412"}, "template": "%s"}
            """
                .formatted(template));
    assertThat(sent.statusCode()).isEqualTo(422);
    assertThat(json(sent).at("/errors/0/pointer").asString()).isEqualTo("/template");
  }

  @Test
  void changesOnlyWhatWasSeen() {
    String path = "/api/v1/templates/" + TemplateScene.template(postroom, "rma", "en", "Seen");
    HttpResponse<String> read = postroom.get(path);
    String tag = read.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> changed = patch(path, tag, "{\"body\": {\"heading\": \"New\"}}");
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(json(changed).at("/body/closing").asString()).isEqualTo("Bye");
    assertThat(json(changed).get("version").asLong()).isEqualTo(2);
    assertThat(patch(path, tag, "{\"name\": \"X\"}").statusCode()).isEqualTo(412);
    HttpResponse<String> restored = postroom.post(path + "/versions/1/restore", "");
    assertThat(json(restored).at("/body/heading").asString()).isEmpty();
    assertThat(json(postroom.get(path + "/versions")).at("/data/0/number").asLong()).isEqualTo(3);
    assertThat(postroom.send(postroom.request(path).DELETE()).statusCode()).isEqualTo(204);
    assertThat(postroom.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void personalTemplatesAreThereForTheirOwnerAlone() {
    Templates templates = postroom.bean(Templates.class);
    String company = postroom.bean(Access.class).companies().getFirst().id();
    var anna =
        new Caller(
            company, Caller.Kind.PERSON, "usr_anna", "Anna", null, Role.SALES.rights(), false);
    var builtIn = templates.builtIn(company, "bill", "en").orElseThrow();
    String id =
        postroom
            .bean(TemplateChanges.class)
            .create(
                anna,
                new TemplateDraft(
                    "bill",
                    "en",
                    Level.PERSONAL,
                    "Annas own",
                    builtIn.body(),
                    builtIn.copies(),
                    false,
                    null))
            .id();
    for (String path : List.of("", "/versions"))
      assertThat(postroom.get("/api/v1/templates/" + id + path).statusCode()).isEqualTo(404);
    for (String path : List.of("/preview", "/versions/1/restore"))
      assertThat(postroom.post("/api/v1/templates/" + id + path, "{}").statusCode()).isEqualTo(404);
    assertThat(patch("/api/v1/templates/" + id, "*", "{\"name\": \"x\"}").statusCode())
        .isEqualTo(404);
    assertThat(postroom.send(postroom.request("/api/v1/templates/" + id).DELETE()).statusCode())
        .isEqualTo(404);
    assertThat(postroom.get("/api/v1/templates?purpose=bill").body()).doesNotContain("Annas own");
    Browser administrator = Browser.signedIn(postroom);
    assertThat(administrator.open("/templates").html().text()).doesNotContain("Annas own");
    assertThat(administrator.open("/templates/" + id).status()).isEqualTo(404);
    assertThat(administrator.open("/templates/" + id + "/versions").status()).isEqualTo(404);
  }

  @Test
  void aTestIsARealMailThatDoesNotCountAsSent() {
    String template = TemplateScene.template(postroom, "quote", "en", "Tried");
    HttpResponse<String> tested =
        postroom.post(
            "/api/v1/templates/" + template + "/test",
            """
            {"document": {"kind": "quote", "number": "Q-1"}, "to": "me@acme.example"}
            """);
    assertThat(tested.statusCode()).as(tested.body()).isEqualTo(202);
    JsonNode message = json(tested);
    assertThat(message.get("subject").asString()).isEqualTo("[Test] Tried Q-1");
    assertThat(message.at("/recipients").size()).isEqualTo(1);
    assertThat(message.at("/recipients/0/address").asString()).isEqualTo("me@acme.example");
    assertThat(message.path("document").isNull()).isTrue();
    MailContent stored = content(message.get("id").asString());
    assertThat(stored.attachments()).hasSize(1);
    assertThat(stored.attachments().getFirst().contentType()).isEqualTo("application/pdf");
    assertThat(postroom.post("/api/v1/templates/" + template + "/test", "{}").statusCode())
        .as("a key has no address of its own")
        .isEqualTo(422);
  }

  @Test
  void whatADocumentKindOrAPartnerNamesIsNotDeleted() {
    String template = TemplateScene.template(postroom, "purchase_order", "en", "Named");
    HttpResponse<String> partner =
        postroom.put(
            "/api/v1/partners/mill",
            """
            {"type": "vendor", "name": "Old Mill", "emails": {"main": ["m@mill.example"]},
             "templates": {"purchase_order": "%s"}}
            """
                .formatted(template));
    assertThat(partner.statusCode()).as(partner.body()).isEqualTo(201);
    HttpResponse<String> refused =
        postroom.send(postroom.request("/api/v1/templates/" + template).DELETE());
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(json(refused).get("detail").asString()).contains("the partner Old Mill");
  }

  @Test
  void anUnsavedTemplatePreviewsWithPointersIntoIt() {
    HttpResponse<String> good =
        postroom.post(
            "/api/v1/templates/preview",
            """
            {"template": {"purpose": "invoice", "language": "de", "name": "x",
              "body": {"kind": "html", "subject": "S {{document.number}}",
                       "html": "<p onclick=\\"x()\\">Hallo <b>{{document.number}}</b><script>x()</script></p>"}},
             "document": null}
            """);
    assertThat(good.statusCode()).as(good.body()).isEqualTo(200);
    assertThat(json(good).get("html").asString())
        .contains("INV-2026-0412")
        .doesNotContain("script", "onclick");
    HttpResponse<String> bad =
        postroom.post(
            "/api/v1/templates/preview",
            """
            {"template": {"purpose": "invoice", "language": "de", "name": "x",
              "body": {"subject": "S", "message": "{{nothing.here}}"}}}
            """);
    assertThat(json(bad).at("/errors/0/pointer").asString()).isEqualTo("/template/body/message");
    HttpResponse<String> unknown =
        postroom.post(
            "/api/v1/templates/built-in:invoice:en/preview",
            "{\"document\": {\"kind\": \"invoice\", \"number\": \"none\"}}");
    assertThat(unknown.statusCode()).isEqualTo(422);
  }

  private static MailContent content(String message) {
    return MailContent.read(postroom.bytes("/api/v1/messages/" + message + "/content").body());
  }

  private static HttpResponse<String> patch(String path, String tag, String body) {
    return postroom.send(
        postroom
            .request(path)
            .header("Content-Type", "application/json")
            .header("If-Match", tag)
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  /** Mail ends its lines with CR LF (RFC 2046, 4.1.1); nothing else may differ. */
  private static String lines(String text) {
    return text.replace("\r\n", "\n");
  }
}
