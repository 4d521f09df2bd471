package org.postroom.partners.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.documents.DocumentKind;
import org.postroom.partners.PartnerJson;
import org.postroom.partners.Partners;
import org.postroom.partners.Purpose;
import org.postroom.partners.RecipientOrders;
import org.postroom.testkit.Doors;
import org.postroom.testkit.TestDatabase;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PartnerDoorTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CONTOSO =
      """
      {"type": "customer", "name": "Contoso Bakery", "language": "en", "currency": "EUR",
       "emails": {"main": ["info@contoso.example"], "cc": [], "billing": ["ap@contoso.example"],
                  "shipment": []},
       "contacts": [{"name": "Anna", "email": "anna@contoso.example", "roles": ["purchasing"]}]}\
      """;

  private AnnotationConfigApplicationContext context;
  private MockMvcTester erp;

  @BeforeEach
  void open() {
    context = new AnnotationConfigApplicationContext();
    context.registerBean(Database.class, () -> TestDatabase.SQLITE.open(null));
    context.register(org.postroom.access.Audit.class, RecipientOrders.class, Partners.class);
    context.registerBean(
        "sendFromCheck",
        org.postroom.partners.SendFromCheck.class,
        () -> (company, account) -> account.equals("acc_1"));
    context.refresh();
    erp = door(Right.WRITE_DOCUMENTS, Right.MANAGE_AUTOMATIONS);
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void putsAndGetsAPartnerInTheShapeOfTheContract() {
    assertThat(put("/api/v1/partners/contoso", CONTOSO)).hasStatus(201);
    assertThat(put("/api/v1/partners/contoso", CONTOSO)).hasStatus(200);
    JsonNode got = json(erp.get().uri("/api/v1/partners/contoso").exchange());
    JsonNode sent = JSON.readTree(CONTOSO);
    for (String field : List.of("type", "name", "language", "currency", "emails"))
      assertThat(got.get(field)).as(field).isEqualTo(sent.get(field));
    assertThat(got.at("/contacts/0/email").stringValue()).isEqualTo("anna@contoso.example");
    assertThat(got.get("ref").stringValue()).isEqualTo("contoso");
    assertThat(got.get("version").intValue()).isEqualTo(1);
    assertThat(got.get("updated_at").stringValue()).endsWith("Z");
    assertThat(erp.get().uri("/api/v1/partners/nobody").exchange()).hasStatus(404);
  }

  @Test
  void saysWhatIsWrongWithPointers() {
    MvcTestResult result =
        put(
            "/api/v1/partners/c1",
            "{\"nmae\": \"x\", \"send_from\": \"acc_9\", \"emails\": {\"main\": \"x\"}}");
    assertThat(result).hasStatus(422);
    List<String> pointers = new ArrayList<>();
    json(result).get("errors").forEach(error -> pointers.add(error.get("pointer").stringValue()));
    assertThat(pointers).containsExactlyInAnyOrder("/nmae", "/name", "/emails/main");
    assertThat(put("/api/v1/partners/c1", "{\"name\": \"x\", \"send_from\": \"acc_9\"}"))
        .hasStatus(422);
    assertThat(put("/api/v1/partners/c1", "{\"name\": \"x\", \"send_from\": \"acc_1\"}"))
        .hasStatus(201);
    assertThat(put("/api/v1/partners/c1", "[]")).hasStatus(400);
    MockMvcTester reader = door(Right.SEND);
    assertThat(
            reader
                .put()
                .uri("/api/v1/partners/c1")
                .contentType(MediaType.APPLICATION_JSON)
                .content(CONTOSO)
                .exchange())
        .hasStatus(403);
  }

  @Test
  void listsWithFilterAndCursor() {
    for (int i = 0; i < 5; i++)
      put("/api/v1/partners/c" + i, CONTOSO.replace("Contoso Bakery", "Contoso " + i));
    JsonNode first =
        json(erp.get().uri("/api/v1/partners?q=contoso&type=customer&limit=3").exchange());
    assertThat(first.get("data")).hasSize(3);
    assertThat(first.get("has_more").booleanValue()).isTrue();
    String cursor = first.get("next_cursor").stringValue();
    JsonNode rest =
        json(erp.get().uri("/api/v1/partners?q=contoso&limit=3&cursor={c}", cursor).exchange());
    assertThat(rest.get("data")).hasSize(2);
    assertThat(rest.get("next_cursor").isNull()).isTrue();
    assertThat(json(erp.get().uri("/api/v1/partners?type=vendor").exchange()).get("data"))
        .isEmpty();
    assertThat(erp.get().uri("/api/v1/partners?type=friend").exchange()).hasStatus(422);
    assertThat(erp.get().uri("/api/v1/partners?limit=0").exchange()).hasStatus(422);
  }

  @Test
  void recipientOrdersAreReadChangedAndRestored() {
    JsonNode all = json(erp.get().uri("/api/v1/recipient_orders").exchange());
    assertThat(all.get("data")).hasSize(Purpose.values().length);
    String own =
        "{\"alternatives\": [\"main\", [\"billing\", \"bill_to\"]], \"always\": [\"partner_cc\"]}";
    JsonNode changed = json(put("/api/v1/recipient_orders/invoice", own));
    assertThat(changed)
        .isEqualTo(
            JSON.readTree(
                """
                {"purpose": "invoice", "alternatives": [["main"], ["billing", "bill_to"]],
                 "always": ["partner_cc"], "changed": true}\
                """));
    assertThat(json(erp.get().uri("/api/v1/recipient_orders/invoice").exchange()))
        .isEqualTo(changed);
    assertThat(put("/api/v1/recipient_orders/invoice", changed.toString())).hasStatus(200);
    JsonNode restored = json(erp.delete().uri("/api/v1/recipient_orders/invoice").exchange());
    assertThat(restored.get("changed").booleanValue()).isFalse();
    assertThat(restored.at("/alternatives/0/0").stringValue()).isEqualTo("bill_to");
  }

  @Test
  void recipientOrdersThatMakeNoSenseAreRefused() {
    MvcTestResult result =
        put(
            "/api/v1/recipient_orders/invoice",
            "{\"alternatives\": [\"mian\", [], [1]], \"always\": [\"nobody\"], \"x\": 1}");
    assertThat(result).hasStatus(422);
    List<String> pointers = new ArrayList<>();
    json(result).get("errors").forEach(error -> pointers.add(error.get("pointer").stringValue()));
    assertThat(pointers)
        .containsExactlyInAnyOrder(
            "/alternatives/0", "/alternatives/1", "/alternatives/2/0", "/always/0", "/x");
    assertThat(json(result).at("/errors/0/message").stringValue()).contains("“main”");
    assertThat(put("/api/v1/recipient_orders/invoice", "{\"alternatives\": []}")).hasStatus(422);
    MvcTestResult unknown = put("/api/v1/recipient_orders/invoise", "{}");
    assertThat(unknown).hasStatus(404);
    assertThat(json(unknown).get("detail").stringValue()).contains("“invoice”");
  }

  /** The schema names the fields the reader knows, neither more nor fewer. */
  @Test
  void theSchemaIsThatOfTheReader() {
    MvcTestResult result = erp.get().uri("/api/v1/schemas/partner.json").exchange();
    assertThat(result).hasStatus(200).hasContentType("application/schema+json");
    JsonNode schema = json(result);
    JsonNode replied = JSON.valueToTree(PartnerJson.write(PartnerJson.read("c1", full(schema))));
    assertThat(new TreeSet<>(schema.get("properties").propertyNames()))
        .isEqualTo(new TreeSet<>(replied.propertyNames()));
    for (String inner : List.of("emails", "bill_to", "notifications", "layouts", "templates"))
      assertThat(new TreeSet<>(properties(schema, inner).propertyNames()))
          .as(inner)
          .isEqualTo(new TreeSet<>(replied.get(inner).propertyNames()));
    assertThat(new TreeSet<>(schema.at("/$defs/contact/properties").propertyNames()))
        .isEqualTo(new TreeSet<>(replied.at("/contacts/0").propertyNames()));
    assertThat(properties(schema, "notifications").propertyNames())
        .hasSize(Purpose.values().length);
    assertThat(properties(schema, "layouts").propertyNames()).hasSize(DocumentKind.values().length);
  }

  /** A body with every field the schema names. */
  private static JsonNode full(JsonNode schema) {
    var body = JSON.createObjectNode();
    body.put("name", "x").put("currency", "EUR").put("language", "en");
    for (String map : List.of("notifications", "layouts", "templates")) {
      var inner = body.putObject(map);
      for (String name : properties(schema, map).propertyNames()) {
        if (map.equals("notifications")) inner.put(name, true);
        else inner.put(name, "id_1");
      }
    }
    for (String name : properties(schema, "emails").propertyNames())
      body.withObject("/emails").put(name, name + "@x.example");
    for (String place : List.of("bill_to", "ship_to"))
      body.putObject(place)
          .put("name", "x")
          .put("address", "y")
          .put("country", "NL")
          .put("emails", "a@b.example");
    body.putArray("contacts").addObject().put("email", "a@b.example").put("roles", "x");
    return body;
  }

  private static JsonNode properties(JsonNode schema, String field) {
    JsonNode of = schema.at("/properties/" + field);
    if (of.has("$ref")) of = schema.at(of.get("$ref").stringValue().substring(1));
    return of.get("properties");
  }

  private MockMvcTester door(Right... rights) {
    return Doors.open(
        Doors.caller("co_1", rights),
        new PartnerController(context.getBean(Partners.class)),
        new RecipientOrderController(context.getBean(RecipientOrders.class)),
        new PartnerSchemaController());
  }

  private MvcTestResult put(String uri, String body) {
    return erp.put().uri(uri).contentType(MediaType.APPLICATION_JSON).content(body).exchange();
  }

  private static JsonNode json(MvcTestResult result) {
    return JSON.readTree(result.getResponse().getContentAsByteArray());
  }
}
