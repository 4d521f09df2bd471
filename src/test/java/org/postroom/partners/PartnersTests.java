package org.postroom.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.testkit.Doors;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource
class PartnersTests {
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Caller ERP = Doors.caller("co_1", Right.WRITE_DOCUMENTS);
  private static final String FULL =
      """
      {"type": "vendor", "name": "Contoso Bakery", "language": "pt-BR", "currency": "EUR",
       "tax_id": "NL8001", "phone": "+31 20 1234",
       "emails": {"main": "info@contoso.example", "cc": [],
                  "billing": ["Accounts, payable\\u00fc <ap@contoso.example>"],
                  "shipment": ["dock@contoso.example"]},
       "bill_to": {"name": "Contoso HQ", "address": ["Street 1", "Town"], "country": "NL",
                   "emails": ["hq@contoso.example"]},
       "ship_to": null,
       "contacts": [{"name": "Anna", "email": "anna@contoso.example", "phone": null,
                     "roles": ["purchasing"]}],
       "use_contact_email": true, "notifications": {"reminder": false}, "send_from": null,
       "layouts": {"invoice": "lay_1"}, "templates": {"reminder": "tpl_1"},
       "attributes": {"group": "A", "credit": 1200.50, "tags": ["x", {"deep": null}],
                      "odd": "half \\ud83d nul \\u0000"}}\
      """;

  @Parameter TestDatabase kind;
  private Database database;
  private Partners partners;

  @BeforeEach
  void open() {
    database = kind.open(() -> NOW);
    partners =
        new Partners(
            database,
            new RecipientOrders(database, new org.postroom.access.Audit(database)),
            List.of(),
            List.of());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void keepsEverythingItWasGiven() {
    Partner given =
        read("c1", FULL.replace("Accounts, payable\\u00fc", "\\\"Accounts, payable\\u00fc\\\""));
    Partners.Saved saved = partners.put(ERP, given);
    assertThat(saved.isNew()).isTrue();
    Partner found = partners.find("co_1", "c1").orElseThrow();
    assertThat(found).isEqualTo(saved.partner());
    assertThat(found.version()).isEqualTo(1);
    assertThat(found.updatedAt()).isEqualTo(NOW);
    assertThat(JSON.valueToTree(PartnerJson.write(found)).toString())
        .isEqualTo(JSON.valueToTree(PartnerJson.write(given.stored(1, NOW))).toString());
    assertThat(found.emails().billing().getFirst().display())
        .isEqualTo("Accounts, payableü <ap@contoso.example>");
    assertThat(found.wants(Purpose.REMINDER)).isFalse();
    assertThat(found.wants(Purpose.INVOICE)).isTrue();
  }

  @Test
  void theReplyCanBeSentBackAsItIs() {
    String quoted = FULL.replace("Accounts, payable\\u00fc", "\\\"Accounts, payable\\u00fc\\\"");
    Partner stored = partners.put(ERP, read("c1", quoted)).partner();
    String reply = JSON.writeValueAsString(PartnerJson.write(stored));
    assertThat(partners.put(ERP, read("c1", reply))).isEqualTo(new Partners.Saved(stored, false));
  }

  @Test
  void theVersionGrowsOnlyWithAChange() {
    Partner partner = SamplePartners.named("c1", "Contoso");
    assertThat(partners.put(ERP, partner).partner().version()).isEqualTo(1);
    assertThat(partners.put(ERP, partner).partner().version()).isEqualTo(1);
    Partners.Saved changed = partners.put(ERP, SamplePartners.named("c1", "Contoso Ltd"));
    assertThat(changed.partner().version()).isEqualTo(2);
    assertThat(changed.isNew()).isFalse();
  }

  @Test
  void companiesDoNotSeeEachOthersPartners() {
    partners.put(ERP, SamplePartners.named("c1", "Ours"));
    partners.put(Doors.caller("co_2", Right.WRITE_DOCUMENTS), SamplePartners.named("c1", "Theirs"));
    assertThat(partners.find("co_1", "c1").orElseThrow().name()).isEqualTo("Ours");
    assertThat(partners.find("co_2", "c1").orElseThrow().name()).isEqualTo("Theirs");
    assertThat(partners.find("co_3", "c1")).isEmpty();
    assertThat(partners.list("co_2", PartnerFilter.ALL, 10, null).data()).hasSize(1);
  }

  @Test
  void adoptsOnlyWhomItDoesNotKnow() {
    assertThat(partners.adopt("co_1", SamplePartners.named("c1", "From the document"))).isTrue();
    partners.put(ERP, SamplePartners.named("c1", "From the ERP"));
    assertThat(partners.adopt("co_1", SamplePartners.named("c1", "From the document"))).isFalse();
    assertThat(partners.find("co_1", "c1").orElseThrow().name()).isEqualTo("From the ERP");
  }

  @Test
  void adoptionGoesWithTheTransactionItIsPartOf() {
    assertThatThrownBy(() ->
            database.run(sql -> {
              partners.adopt("co_1", SamplePartners.named("c1", "Gone"));
              throw new IllegalStateException("document refused");
            }))
        .hasMessage("document refused");
    assertThat(partners.find("co_1", "c1")).isEmpty();
  }

  @Test
  void adoptsAPartyWithAnUnknownCurrencyWithoutIt() {
    Partner odd = read("c1", "{\"name\": \"x\", \"language\": \"nl\"}");
    Partner wrong =
        PartnerStore.partner(
            PartnerStore.content(odd)
                .replace("\"currency\":null", "\"currency\":\"EURO\"")
                .replace("\"name\":\"x\"", "\"name\":\"" + "x".repeat(300) + "\""),
            0,
            NOW);
    assertThat(partners.adopt("co_1", wrong)).isTrue();
    Partner adopted = partners.find("co_1", "c1").orElseThrow();
    assertThat(adopted.currency()).isNull();
    assertThat(adopted.name()).hasSize(200);
  }

  @Test
  void listsByNameInSlices() {
    List<String> names = List.of("delta", "Alpha", "charlie", "Bravo", "alpha", "Écho");
    for (int i = 0; i < names.size(); i++)
      partners.put(ERP, SamplePartners.named("c" + i, names.get(i)));
    List<String> seen = new ArrayList<>();
    String cursor = null;
    int slices = 0;
    do {
      Slice<Partner> slice = partners.list("co_1", PartnerFilter.ALL, 2, cursor);
      slice.data().forEach(partner -> seen.add(partner.name()));
      cursor = slice.nextCursor();
      slices++;
    } while (cursor != null);
    assertThat(slices).isEqualTo(3);
    assertThat(seen).containsExactlyInAnyOrderElementsOf(names);
    assertThat(seen.subList(0, 4)).containsExactly("Alpha", "alpha", "Bravo", "charlie");
    assertThatThrownBy(() -> partners.list("co_1", PartnerFilter.ALL, 2, "%%%"))
        .isInstanceOf(Problem.class)
        .hasMessage("This cursor is not one of ours.");
  }

  @Test
  void findsByPartsOfRefNameAndAddressInAnyCase() {
    partners.put(ERP, read("c1", FULL.replace("Accounts, payable\\u00fc", "AP")));
    partners.put(ERP, SamplePartners.named("100%_sure", "Plain"));
    assertThat(refs("BAKERY")).containsExactly("c1");
    assertThat(refs("ap@contoso")).containsExactly("c1");
    assertThat(refs("anna")).containsExactly("c1");
    assertThat(refs("100%_")).containsExactly("100%_sure");
    assertThat(refs("%")).containsExactly("100%_sure");
    assertThat(refs("_")).containsExactly("100%_sure");
    assertThat(refs("!")).isEmpty();
    assertThat(refs("  ")).hasSize(2);
    assertThat(partners.list("co_1", new PartnerFilter(null, Partner.Type.VENDOR), 10, null).data())
        .extracting(Partner::ref)
        .containsExactly("c1");
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    Problem problem =
        catchThrowableOfType(
            Problem.class,
            () ->
                read(
                    "c1",
                    """
                    {"typ": "customer", "type": "custommer", "language": "english!", "currency": "EURO",
                     "emails": {"main": ["info@contoso.example", "not an address"], "billling": []},
                     "bill_to": {"country": "UK", "emails": "a@b@"},
                     "contacts": [{"name": "Anna\\nBcc: x@y.example"}, {"email": 5}],
                     "notifications": {"remainder": true, "invoice": "yes"},
                     "layouts": {"invoce": "lay_1"}, "attributes": []}\
                    """));
    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.errors())
        .extracting(error -> error.pointer() + " " + error.code())
        .containsExactlyInAnyOrder(
            "/typ unknown_field",
            "/type unknown_value",
            "/name required",
            "/language invalid",
            "/currency invalid",
            "/emails/main/1 invalid",
            "/emails/billling unknown_field",
            "/bill_to/country invalid",
            "/bill_to/emails invalid",
            "/contacts/0/name control_characters",
            "/contacts/1/email wrong_type",
            "/notifications/remainder unknown_field",
            "/notifications/invoice wrong_type",
            "/layouts/invoce unknown_field",
            "/attributes wrong_type");
    assertThat(problem.errorAt("/emails/main/1")).contains("not an address");
    assertThat(problem.errorAt("/emails/billling")).contains("Did you mean “billing”?");
    assertThat(problem.errorAt("/type")).contains("Did you mean “customer”?");
    assertThat(problem.errorAt("/notifications/remainder")).contains("“reminder”");
  }

  @Test
  void takesWhatErpsCallAListOfAddresses() {
    Partner partner =
        read(
            "c1",
            """
            {"name": "x", "emails": {"main": "a@x.example; b@x.example,A@X.example",
              "cc": "", "billing": [null, " "], "shipment": ["\\"Doe, J\\" <c@x.example>"]}}\
            """);
    assertThat(partner.emails().main())
        .extracting("spec")
        .containsExactly("a@x.example", "b@x.example");
    assertThat(partner.emails().cc()).isEmpty();
    assertThat(partner.emails().billing()).isEmpty();
    assertThat(partner.emails().shipment().getFirst().name()).isEqualTo("Doe, J");
  }

  @Test
  void keepsToItsLimits() {
    String many =
        String.join(",", IntStream.range(0, 51).mapToObj(i -> "\"a" + i + "@x.example\"").toList());
    assertWrong("{\"name\": \"x\", \"emails\": {\"main\": [" + many + "]}}", "/emails/main");
    String joined = many.replace("\"", "");
    assertWrong("{\"name\": \"x\", \"emails\": {\"main\": \"" + joined + "\"}}", "/emails/main");
    String contacts = "{},".repeat(200) + "{}";
    assertWrong("{\"name\": \"x\", \"contacts\": [" + contacts + "]}", "/contacts");
    String large = "{\"a\": \"" + "x".repeat(65 * 1024) + "\"}";
    assertWrong("{\"name\": \"x\", \"attributes\": " + large + "}", "/attributes");
    String deep = "{\"a\":".repeat(17) + "1" + "}".repeat(17);
    assertWrong("{\"name\": \"x\", \"attributes\": " + deep + "}", "/attributes");
    assertWrong("{\"name\": \"" + "x".repeat(201) + "\"}", "/name");
    assertWrong("{\"name\": \"lone \\ud83d\"}", "/name");
    assertThatThrownBy(() -> read("c1", "[]")).hasMessage("The body must be a JSON object.");
  }

  @Test
  void writingNeedsItsRight() {
    assertThatThrownBy(
            () -> partners.put(Doors.caller("co_1", Right.SEND), SamplePartners.named("c1", "x")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("write documents");
  }

  @Test
  void refusesAnAccountThatDoesNotExistAndSaysWhoUsesOne() {
    partners =
        new Partners(
            database,
            new RecipientOrders(database, new org.postroom.access.Audit(database)),
            List.of((company, account) -> company.equals("co_1") && account.equals("acc_1")),
            List.of());
    partners.put(ERP, read("c1", "{\"name\": \"Contoso\", \"send_from\": \"acc_1\"}"));
    assertThat(partners.sentFrom("co_1", "acc_1").orElseThrow().name()).isEqualTo("Contoso");
    assertThat(partners.sentFrom("co_1", "acc_2")).isEmpty();
    Partner wrong = read("c1", "{\"name\": \"Contoso\", \"send_from\": \"acc_2\"}");
    Problem problem = catchThrowableOfType(Problem.class, () -> partners.put(ERP, wrong));
    assertThat(problem.errorAt("/send_from")).isEqualTo("There is no account “acc_2”.");
  }

  @Test
  void manyAtOnceMakeOnePartner() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var saves =
          threads.invokeAll(
              IntStream.range(0, 20)
                  .<java.util.concurrent.Callable<Partners.Saved>>mapToObj(
                      i -> () -> partners.put(ERP, SamplePartners.named("c1", "Name " + i)))
                  .toList());
      List<Boolean> fresh = new ArrayList<>();
      for (var save : saves) fresh.add(save.get().isNew());
      assertThat(fresh).containsOnlyOnce(true);
    }
    assertThat(partners.find("co_1", "c1").orElseThrow().version()).isEqualTo(20);
  }

  @Test
  void aCompanysOwnRecipientOrderReplacesTheBuiltInUntilRestored() {
    var orders = new RecipientOrders(database, new org.postroom.access.Audit(database));
    Caller admin = Doors.caller("co_1", Right.MANAGE_AUTOMATIONS);
    var own =
        new RecipientOrder(
            Purpose.INVOICE,
            List.of(List.of(RecipientSource.MAIN, RecipientSource.BILLING)),
            List.of());
    orders.put(admin, own);
    assertThat(orders.of("co_1", Purpose.INVOICE)).isEqualTo(own);
    assertThat(orders.entry("co_2", Purpose.INVOICE).changed()).isFalse();
    assertThat(orders.list("co_1"))
        .hasSize(Purpose.values().length)
        .filteredOn(RecipientOrders.Entry::changed)
        .extracting(RecipientOrders.Entry::order)
        .containsExactly(own);
    assertThat(
            partners
                .resolve(
                    "co_1",
                    Purpose.INVOICE,
                    SamplePartners.partner(SamplePartners.PLACES, true),
                    SamplePartners.document(SamplePartners.PLACES),
                    List.of(),
                    List.of())
                .reason())
        .isEqualTo("Main address and billing address of Contoso Bakery");
    orders.restore(admin, Purpose.INVOICE);
    assertThat(orders.entry("co_1", Purpose.INVOICE).changed()).isFalse();
    assertThatThrownBy(() -> orders.put(ERP, own)).isInstanceOf(Problem.class);
  }

  private List<String> refs(String q) {
    return partners.list("co_1", new PartnerFilter(q, null), 10, null).data().stream()
        .map(Partner::ref)
        .toList();
  }

  private static void assertWrong(String body, String pointer) {
    Problem problem = catchThrowableOfType(Problem.class, () -> read("c1", body));
    assertThat(problem).as(pointer).isNotNull();
    assertThat(problem.errors()).extracting(Problem.FieldError::pointer).containsExactly(pointer);
  }

  private static Partner read(String ref, String body) {
    return PartnerJson.read(ref, JSON.readTree(body));
  }
}
