package org.postroom.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.partners.SamplePartners.addresses;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.mail.Address;
import org.postroom.testkit.TestDatabase;

/**
 * The built-in orders, step by step: each line is what counts next once the one before is empty.
 */
class RecipientOrderTests {
  private static final List<Address> TEMPLATE_CC = addresses("template-cc@us.example");
  private static final List<Address> TEMPLATE_BCC = addresses("template-bcc@us.example");

  private Database database;
  private RecipientOrders orders;

  @BeforeEach
  void open() {
    database = TestDatabase.SQLITE.open(null);
    orders = new RecipientOrders(database, new org.postroom.access.Audit(database));
  }

  @AfterEach
  void close() {
    database.close();
  }

  /**
   * Where the address of each step comes from, first to last, and whether the partner's CC goes.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "QUOTE              | d.contact p.contact d.bill p.bill p.main | no",
        "ORDER_CONFIRMATION | d.contact p.contact d.bill p.bill p.main | no",
        "ORDER_ALLOCATION   | d.contact p.contact d.bill p.bill p.main | no",
        "ORDER_RELEASE      | d.contact p.contact d.bill p.bill p.main | no",
        "RMA                | d.contact p.contact d.bill p.bill p.main | no",
        "SHIP_CONFIRMATION  | d.contact+d.shipment p.contact+d.shipment d.shipment d.ship p.ship p.shipment p.main | no",
        "PACKING_SLIP       | d.contact+d.shipment p.contact+d.shipment d.shipment d.ship p.ship p.shipment p.main | no",
        "INVOICE            | d.bill p.bill p.billing p.main | yes",
        "CREDIT_MEMO        | d.bill p.bill p.billing p.main | yes",
        "REMINDER           | d.bill p.bill p.billing p.main | yes",
        "STATEMENT          | d.bill p.bill p.billing p.main | yes",
        "PAYMENT_SUCCEEDED  | d.bill p.bill p.billing p.main | yes",
        "PAYMENT_DECLINED   | d.bill p.bill p.billing p.main | yes",
        "DEPOSIT_LINK       | p.billing p.main | no",
        "PAYMENT_LINK       | p.billing p.main | no",
        "QUOTE_APPROVAL     | p.main | no",
        "PURCHASE_ORDER     | d.contact p.contact p.main | yes",
        "ITEM_RECEIPT       | d.contact p.contact p.main | yes",
        "BILL               | d.contact p.contact p.main | yes",
        "BILL_PAYMENT       | d.contact p.contact p.main | yes",
        "GOODS_RECEIVED     | d.contact | no"
      })
  void eachPurposeFollowsItsOrder(Purpose purpose, String steps, String partnerCc) {
    RecipientOrder order = orders.of("co_1", purpose);
    Set<String> filled = new HashSet<>(SamplePartners.PLACES);
    for (String step : steps.split(" ")) {
      List<String> places = List.of(step.split("\\+"));
      Recipients found = resolve(order, filled);
      assertThat(specs(found.to())).as(purpose + " " + step).isEqualTo(emails(places));
      assertThat(found.cc().contains(Address.of("p.cc@x.example")))
          .isEqualTo(partnerCc.equals("yes"));
      assertThat(found.cc()).containsAll(TEMPLATE_CC);
      assertThat(found.bcc()).isEqualTo(TEMPLATE_BCC);
      filled.remove(places.getFirst());
    }
    Recipients nobody = resolve(order, filled);
    assertThat(nobody.to()).isEmpty();
    assertThat(nobody.reason()).startsWith("No address: looked for ");
  }

  @ParameterizedTest
  @EnumSource
  void everyPurposeHasABuiltInOrder(Purpose purpose) {
    RecipientOrders.Entry entry = orders.entry("co_1", purpose);
    assertThat(entry.changed()).isFalse();
    assertThat(entry.order().purpose()).isEqualTo(purpose);
    assertThat(entry.order().alternatives()).isNotEmpty();
  }

  @Test
  void contactsCountOnlyWhereTheyAreOn() {
    Partner off =
        SamplePartners.partner(Set.of("p.contact", "p.main"), /* useContactEmail= */ false);
    OnDocument document = SamplePartners.document(Set.of("d.contact"));
    assertThat(specs(resolve(Purpose.QUOTE, off, document).to()))
        .containsExactly("p.main@x.example");
    assertThat(specs(resolve(Purpose.PURCHASE_ORDER, off, document).to()))
        .containsExactly("d.contact@x.example");
    assertThat(specs(resolve(Purpose.QUOTE, null, document).to()))
        .containsExactly("d.contact@x.example");
  }

  @Test
  void aContactWhoseRoleIsThePurposeComesBeforeTheFirst() {
    var first = new Partner.Contact("Anna", Address.of("anna@x.example"), null, List.of());
    var second = new Partner.Contact("Ben", Address.of("ben@x.example"), null, List.of("Quote"));
    var third = new Partner.Contact("Cleo", null, null, List.of("quote"));
    Partner partner = SamplePartners.withContacts(third, first, second);
    assertThat(specs(resolve(Purpose.QUOTE, partner, OnDocument.NOTHING).to()))
        .containsExactly("ben@x.example");
    assertThat(specs(resolve(Purpose.RMA, partner, OnDocument.NOTHING).to()))
        .containsExactly("anna@x.example");
  }

  @Test
  void reasonsSayWhereAddressesComeFrom() {
    Partner partner = SamplePartners.partner(Set.of("p.main", "p.contact"), true);
    assertThat(
            resolve(Purpose.INVOICE, partner, SamplePartners.document(Set.of("d.bill"))).reason())
        .isEqualTo("Bill-to address of the document");
    assertThat(resolve(Purpose.INVOICE, partner, OnDocument.NOTHING).reason())
        .isEqualTo("Main address of Contoso Bakery");
    assertThat(
            resolve(
                    Purpose.SHIP_CONFIRMATION,
                    partner,
                    SamplePartners.document(Set.of("d.contact", "d.shipment")))
                .reason())
        .isEqualTo("Contact and shipment notification address of the document");
    assertThat(
            resolve(
                    Purpose.SHIP_CONFIRMATION,
                    partner,
                    SamplePartners.document(Set.of("d.shipment")))
                .reason())
        .isEqualTo("Contact of Contoso Bakery and shipment notification address of the document");
    assertThat(
            resolve(Purpose.INVOICE, SamplePartners.partner(Set.of(), true), OnDocument.NOTHING)
                .reason())
        .isEqualTo(
            "No address: looked for bill-to address, billing address and main address, but neither"
                + " the document nor Contoso Bakery has one.");
    assertThat(resolve(Purpose.QUOTE_APPROVAL, null, OnDocument.NOTHING).reason())
        .isEqualTo(
            "No address: looked for main address, but the document has none, and it names no"
                + " partner.");
  }

  @Test
  void duplicatesStayInTheirFirstRole() {
    var partner =
        SamplePartners.withEmails(
            new Partner.Emails(
                addresses("Ap@contoso.example", "ap@CONTOSO.example"),
                addresses("AP@contoso.example", "boss@contoso.example"),
                List.of(),
                List.of()));
    Recipients found =
        orders
            .of("co_1", Purpose.INVOICE)
            .resolve(
                partner,
                OnDocument.NOTHING,
                addresses("BOSS@contoso.example", "us@us.example"),
                addresses("us@us.example", "ap@contoso.example", "archive@us.example"));
    assertThat(specs(found.to())).containsExactly("Ap@contoso.example");
    assertThat(specs(found.cc())).containsExactly("boss@contoso.example", "us@us.example");
    assertThat(specs(found.bcc())).containsExactly("archive@us.example");
  }

  /** Whatever order a company sets and whatever is filled. */
  @Test
  void neverRepeatsAnAddressAndFindsNobodyOnlyWhereThereIsNobody() {
    long seed = 20261121;
    Random random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      RecipientOrder order = randomOrder(random);
      boolean useContact = random.nextBoolean();
      Set<String> places = new HashSet<>(SamplePartners.PLACES);
      places.removeIf(place -> random.nextInt(3) > 0);
      Partner partner =
          random.nextInt(5) == 0 ? null : SamplePartners.shared(random, places, useContact);
      OnDocument document = SamplePartners.document(places);
      Recipients found = order.resolve(partner, document, TEMPLATE_CC, addresses("p.cc@x.example"));
      List<String> keys =
          Stream.of(found.to(), found.cc(), found.bcc())
              .flatMap(List::stream)
              .map(Address::key)
              .toList();
      String message = "seed " + seed + " round " + round + " " + order;
      assertThat(keys).as(message).doesNotHaveDuplicates();
      assertThat(found.to().isEmpty())
          .as(message)
          .isEqualTo(everySourceIsEmpty(order, partner, document));
      assertThat(found.to().isEmpty())
          .as(message)
          .isEqualTo(found.reason().startsWith("No address"));
    }
  }

  private static boolean everySourceIsEmpty(
      RecipientOrder order, Partner partner, OnDocument document) {
    var lookup = new Lookup(order.purpose(), partner, document, TEMPLATE_CC);
    return order.alternatives().stream()
        .flatMap(List::stream)
        .allMatch(source -> lookup.find(source).addresses().isEmpty());
  }

  private static RecipientOrder randomOrder(Random random) {
    RecipientSource[] sources = RecipientSource.values();
    List<List<RecipientSource>> groups = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      List<RecipientSource> group = new ArrayList<>();
      for (int j = 0; j <= random.nextInt(3); j++)
        group.add(sources[random.nextInt(sources.length)]);
      groups.add(group);
    }
    Purpose purpose = Purpose.values()[random.nextInt(Purpose.values().length)];
    return new RecipientOrder(
        purpose, groups, List.of(RecipientSource.PARTNER_CC, RecipientSource.TEMPLATE_CC));
  }

  private Recipients resolve(RecipientOrder order, Set<String> filled) {
    return order.resolve(
        SamplePartners.partner(filled, true),
        SamplePartners.document(filled),
        TEMPLATE_CC,
        TEMPLATE_BCC);
  }

  private Recipients resolve(Purpose purpose, Partner partner, OnDocument document) {
    return orders.of("co_1", purpose).resolve(partner, document, TEMPLATE_CC, TEMPLATE_BCC);
  }

  private static List<String> emails(List<String> places) {
    return places.stream().map(place -> place + "@x.example").toList();
  }

  private static List<String> specs(List<Address> addresses) {
    return addresses.stream().map(Address::spec).toList();
  }
}
