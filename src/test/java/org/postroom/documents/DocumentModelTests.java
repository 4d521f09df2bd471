package org.postroom.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postroom.access.Company;
import org.postroom.documents.Document.Adjustment;
import org.postroom.documents.Document.Contact;
import org.postroom.documents.Document.Line;
import org.postroom.documents.Document.Party;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.documents.Document.Tax;
import org.postroom.documents.Document.Totals;
import org.postroom.mail.Address;
import org.postroom.partners.Partner;
import org.postroom.text.Output;
import org.postroom.text.Placeholder;
import org.postroom.text.Plain;
import org.postroom.text.Scope;
import org.postroom.text.Text;
import org.postroom.text.Vocabulary;

class DocumentModelTests {
  private static final LocalDate DUE = LocalDate.of(2026, 12, 2);
  private static final LocalDate TODAY = DUE.plusDays(12);

  /** Who writes a mail adds these. */
  private static final Set<String> OF_OTHERS =
      Set.of("sender", "links", "payment", "reminder", "print", "words");

  @Test
  void modelAndVocabularySayTheSameNames() {
    Set<String> told = new TreeSet<>();
    collect("", model(), told);
    Set<String> promised =
        Vocabulary.groups(Scope.MAIL).stream()
            .flatMap(group -> group.placeholders().stream())
            .map(Placeholder::full)
            .filter(path -> !OF_OTHERS.contains(path.split("\\.")[0]))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(told).isEqualTo(promised);
  }

  @Test
  void everyPromisedPlaceholderHasAValue() {
    assertThat(Vocabulary.values(Plain.of(model()), Scope.MAIL, Locale.US))
        .filteredOn(present -> !OF_OTHERS.contains(present.placeholder().full().split("\\.")[0]))
        .allSatisfy(
            present -> assertThat(present.value()).as(present.placeholder().full()).isNotBlank());
  }

  @Test
  void countsDaysOverdueToTheGivenDay() {
    assertThat(text("{{document.days_overdue}}", model(TODAY))).isEqualTo("12");
    assertThat(text("{{document.days_overdue}}", model(DUE))).isEqualTo("0");
    assertThat(text("{{document.days_overdue}}", model(DUE.minusDays(3)))).isEqualTo("0");
  }

  @Test
  void theCompanysAccountServesWhereTheDocumentNamesNone() {
    Company company = SampleDocuments.acme();
    StoredDocument stored = stored(document(PaymentTerms.NONE));
    Map<String, Object> model = DocumentModel.of(company, stored, null, Locale.ENGLISH, TODAY);
    assertThat(
            text(
                "{{document.payment.iban}}|{{document.payment.reference}}|{{document.payment.account_name}}",
                model))
        .isEqualTo("DE89 3704 0044 0532 0130 00|INV-1|Seller");
  }

  @Test
  void leavesOutWhatIsNotThere() {
    assertThat(DocumentModel.of(SampleDocuments.acme(), null, null, Locale.ENGLISH, TODAY))
        .containsOnlyKeys("company");
  }

  /** Every path down to a value; what the ERP names itself only to its map. */
  private static void collect(String path, Object value, Set<String> told) {
    if (value instanceof Map<?, ?> map && !path.matches(".*\\.(fields|references|attributes)")) {
      map.forEach((name, below) ->
          collect(path.isEmpty() ? name.toString() : path + "." + name, below, told));
      return;
    }
    told.add(path);
    if (value instanceof List<?> list && list.getFirst() instanceof Map<?, ?> entry)
      entry.forEach((name, below) -> collect(path + "." + name, below, told));
  }

  private static String text(String source, Map<String, Object> model) {
    return Text.of(source, Output.TEXT).fill(Plain.of(model), Locale.US);
  }

  private static Map<String, Object> model() {
    return model(TODAY);
  }

  private static Map<String, Object> model(LocalDate today) {
    PaymentTerms terms =
        new PaymentTerms("30 days", "IBAN", "BIC", "Bank", "Holder", "Ref", "SEPA");
    return DocumentModel.of(
        SampleDocuments.acme(), stored(document(terms)), partner(), Locale.ENGLISH, today);
  }

  private static StoredDocument stored(Document document) {
    Payment payment = new Payment("PAY-1", BigDecimal.ONE, DUE, true, Instant.EPOCH);
    return new StoredDocument(
        "doc_1",
        document,
        1,
        new BigDecimal("9.00"),
        List.of(payment),
        null,
        true,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static Document document(PaymentTerms terms) {
    BigDecimal one = BigDecimal.ONE;
    Line line =
        new Line(
            "1",
            "SKU",
            "Coffee",
            List.of("more"),
            one,
            "kg",
            one,
            one,
            one,
            one,
            "S",
            one,
            DUE,
            Map.of("colour", "red"));
    return new Document(
        DocumentKind.INVOICE,
        "INV-1",
        "10442",
        DUE,
        DUE,
        DUE,
        "EUR",
        "en",
        party("Seller"),
        party("Buyer"),
        party("Bill"),
        party("Ship"),
        new Contact("Anna", "a@b.example", "+49"),
        List.of(),
        List.of(line),
        List.of(new Adjustment("Discount", one, one)),
        List.of(new Tax("VAT", "S", one, one, one, "none")),
        new Totals(one, one, one, one, one, one, one),
        terms,
        Map.of("order", "7"),
        List.of("Note"),
        Map.of("own", "x"),
        ledger(),
        List.of());
  }

  private static Party party(String name) {
    return new Party(
        name, List.of("Street 1"), "DE", "a@b.example", "+49", "DE1", List.of("GLN 1"));
  }

  private static Ledger ledger() {
    var entry =
        new Ledger.Entry(DUE, DUE, "invoice", "INV-1", "PO", BigDecimal.TEN, BigDecimal.ONE);
    var bucket = new Ledger.Bucket(1, 30, BigDecimal.TEN);
    var group =
        new Ledger.Group("EUR", BigDecimal.ONE, List.of(entry), List.of(bucket), BigDecimal.TEN);
    return new Ledger(Ledger.Kind.ACTIVITY, DUE, DUE, List.of(group));
  }

  private static Partner partner() {
    Address address = Address.parse("a@b.example");
    Partner.Place place =
        new Partner.Place("Nordwind", List.of("Street 1"), "DE", List.of(address));
    return new Partner(
        "10442",
        Partner.Type.CUSTOMER,
        "Nordwind",
        "de",
        "EUR",
        "DE1",
        "+49",
        new Partner.Emails(List.of(address), List.of(), List.of(), List.of()),
        place,
        place,
        List.of(new Partner.Contact("Anna", address, "+49", List.of("buyer"))),
        true,
        Map.of(),
        null,
        Map.of(),
        Map.of(),
        Map.of("segment", "A"),
        1,
        Instant.EPOCH);
  }
}
