package org.postroom.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.documents.Samples.ERP;
import static org.postroom.documents.Samples.bytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.documents.Stored.Change;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.partners.PartnersForTests;
import org.postroom.testkit.TestDatabase;

/** Documents on both databases. */
@ParameterizedClass
@EnumSource
class DocumentsSuiteTests {
  private static final DocumentKind INVOICE = DocumentKind.INVOICE;
  @Parameter TestDatabase kind;
  private Database database;
  private Documents documents;

  @BeforeEach
  void open() {
    database = kind.open(null);
    documents = new Documents(database, PartnersForTests.on(database));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aDocumentIsCreatedLeftAloneAndUpdated() {
    Stored first = put("INV-1", Samples.invoice());
    assertThat(first.change()).isEqualTo(Change.CREATED);
    assertThat(first.document().version()).isEqualTo(1);
    Stored same = put("INV-1", Samples.invoice());
    assertThat(same.change()).isEqualTo(Change.UNCHANGED);
    assertThat(same.document()).isEqualTo(first.document());
    Stored other = put("INV-1", Samples.invoice().replace("Rye", "Oat"));
    assertThat(other.change()).isEqualTo(Change.UPDATED);
    assertThat(other.document().version()).isEqualTo(2);
    assertThat(other.document().id()).isEqualTo(first.document().id());
    assertThat(other.document().createdAt()).isEqualTo(first.document().createdAt());
    assertThat(find("INV-1")).isEqualTo(other.document());
  }

  @Test
  void everyFieldComesBack() {
    for (DocumentKind each : List.of(INVOICE, DocumentKind.STATEMENT)) {
      Document full = Samples.full(each, "a/b c.d Ü 漢");
      documents.put(ERP, full, Source.json(bytes("{}")));
      assertThat(documents.find("co_1", each, full.number()).orElseThrow().document())
          .isEqualTo(full);
    }
  }

  @Test
  void theBodyIsKeptByteForByte() {
    put("INV-1", Samples.invoice());
    Source source = documents.source("co_1", INVOICE, "INV-1").orElseThrow();
    assertThat(source.body()).isEqualTo(bytes(Samples.invoice()));
    assertThat(source.contentType()).isEqualTo("application/json");
  }

  @Test
  void companiesDoNotSeeEachOther() {
    put("INV-1", Samples.invoice());
    var other = Samples.caller("co_2", ERP.rights());
    assertThat(documents.find("co_2", INVOICE, "INV-1")).isEmpty();
    assertThat(documents.list("co_2", DocumentFilter.ALL, 10, null).data()).isEmpty();
    assertThatThrownBy(() -> documents.pay(other, INVOICE, "INV-1", payment("P1", "1.00")))
        .isInstanceOf(Problem.class);
  }

  @Test
  void writingNeedsTheRight() {
    var reader = Samples.caller("co_1", Set.of());
    Document document = documents.readJson(INVOICE, "INV-1", bytes(Samples.invoice()));
    assertThatThrownBy(() -> documents.put(reader, document, Source.json(bytes("{}"))))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(403));
    assertThat(documents.find("co_1", INVOICE, "INV-1")).isEmpty();
  }

  @Test
  void listsFilterAndPage() {
    for (int i = 0; i < 25; i++) put("INV-" + i, Samples.invoice());
    put(
        "SPECIAL_100%",
        Samples.invoice()
            .replace("contoso", "fabrikam")
            .replace("2026-11-02", "2026-01-15")
            .replace("\"due\": \"32.70\"", "\"due\": \"0.00\"")
            .replace("\"paid\": \"0.00\"", "\"paid\": \"32.70\""));
    documents.put(
        ERP,
        documents.readJson(DocumentKind.QUOTE, "Q-1", bytes(Samples.invoice())),
        Source.json(bytes("{}")));
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      Slice<StoredDocument> page = documents.list("co_1", DocumentFilter.ALL, 10, cursor);
      page.data().forEach(document -> seen.add(document.document().number()));
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(seen)
        .hasSize(27)
        .doesNotHaveDuplicates()
        .startsWith("Q-1", "SPECIAL_100%", "INV-24");
    assertThat(numbers(new DocumentFilter(DocumentKind.QUOTE, null, null, null, null, null)))
        .containsExactly("Q-1");
    assertThat(numbers(new DocumentFilter(null, "fabrikam", null, null, null, null)))
        .containsExactly("SPECIAL_100%");
    assertThat(numbers(new DocumentFilter(null, null, "l_100%", null, null, null)))
        .containsExactly("SPECIAL_100%");
    assertThat(numbers(new DocumentFilter(null, null, "CONTOSO bak", null, null, null)))
        .hasSize(27);
    assertThat(
            numbers(
                new DocumentFilter(
                    null, null, null, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 31), null)))
        .containsExactly("SPECIAL_100%");
    assertThat(numbers(new DocumentFilter(null, null, null, null, null, true)))
        .hasSize(25)
        .doesNotContain("Q-1");
    assertThat(numbers(new DocumentFilter(INVOICE, null, null, null, null, false)))
        .containsExactly("SPECIAL_100%");
    assertThatThrownBy(() -> documents.list("co_1", DocumentFilter.ALL, 10, "x' OR 1=1"))
        .isInstanceOf(Problem.class);
  }

  @Test
  void paymentsLowerWhatIsDueOncePerReference() {
    put("INV-1", Samples.invoice());
    StoredDocument paid = documents.pay(ERP, INVOICE, "INV-1", payment("P1", "12.70"));
    assertThat(paid.amountDue()).isEqualByComparingTo("20.00");
    assertThat(paid.totals().paid()).isEqualByComparingTo("12.70");
    assertThat(paid.totals().due()).isEqualByComparingTo("20.00");
    assertThat(documents.pay(ERP, INVOICE, "INV-1", payment("P1", "12.70"))).isEqualTo(paid);
    assertThatThrownBy(() -> documents.pay(ERP, INVOICE, "INV-1", payment("P1", "12.71")))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(409));
    assertThat(documents.pay(ERP, INVOICE, "INV-1", payment("P2", "20.00")).warnings())
        .noneMatch(text -> text.contains("Overpaid"));
    assertThat(numbers(new DocumentFilter(null, null, null, null, null, true))).isEmpty();
    StoredDocument over = documents.pay(ERP, INVOICE, "INV-1", payment("P3", "0.30"));
    assertThat(over.warnings())
        .anyMatch(text -> text.contains("Overpaid") && text.contains("0.30 EUR"));
    assertThat(documents.list("co_1", DocumentFilter.ALL, 10, null).data().getFirst().totals())
        .isEqualTo(over.totals());
    assertThat(over.payments())
        .extracting(Payment::reference)
        .containsExactlyInAnyOrder("P1", "P2", "P3");
  }

  @Test
  void aDocumentThatSaysWhatIsPaidTakesInThePaymentsToldBefore() {
    put("INV-1", Samples.invoice());
    documents.pay(ERP, INVOICE, "INV-1", payment("P1", "12.70"));
    put("INV-1", Samples.invoice().replace("Rye", "Oat"));
    assertThat(find("INV-1").amountDue())
        .as("nothing new about paid")
        .isEqualByComparingTo("20.00");
    put(
        "INV-1",
        Samples.invoice()
            .replace(
                "\"paid\": \"0.00\", \"due\": \"32.70\"",
                "\"paid\": \"12.70\", \"due\": \"20.00\""));
    assertThat(find("INV-1").amountDue()).isEqualByComparingTo("20.00");
    assertThat(find("INV-1").payments()).singleElement().matches(payment -> !payment.counted());
    assertThat(documents.pay(ERP, INVOICE, "INV-1", payment("P2", "20.00")).amountDue())
        .isEqualByComparingTo("0");
  }

  @Test
  void paymentsInAnotherCurrencyOrForNothingKnownAreRefused() {
    put("INV-1", Samples.invoice());
    var dollars = new NewPayment("P1", BigDecimal.ONE, LocalDate.of(2026, 11, 20), "USD");
    assertThatThrownBy(() -> documents.pay(ERP, INVOICE, "INV-1", dollars))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> documents.pay(ERP, INVOICE, "INV-2", payment("P1", "1")))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
  }

  @Test
  void manyPaymentsAtOnceAreAllCounted() throws Exception {
    put("INV-1", Samples.invoice());
    List<Callable<StoredDocument>> payers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String reference = "P" + i;
      payers.add(() -> documents.pay(ERP, INVOICE, "INV-1", payment(reference, "1.00")));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(payers)) done.get();
    }
    assertThat(find("INV-1").amountDue()).isEqualByComparingTo("2.70");
  }

  @Test
  void manyPutsAtOnceGiveEachItsVersion() throws Exception {
    List<Callable<Stored>> writers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String body = Samples.invoice().replace("Rye", "Rye " + i);
      writers.add(() -> put("INV-1", body));
    }
    Set<Long> versions = new java.util.HashSet<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(writers)) versions.add(done.get().document().version());
    }
    assertThat(versions).hasSize(20).contains(1L, 20L);
  }

  @Test
  void aFinishedPdfIsKeptWithTheDocument() throws Exception {
    byte[] pdf = pdf(3);
    Document document = documents.readJson(INVOICE, "INV-1", bytes(Samples.invoice()));
    Source source =
        new Source("application/json", bytes(Samples.invoice()), FinishedPdf.check(pdf));
    assertThat(documents.put(ERP, document, source).document().pdfPages()).isEqualTo(3);
    assertThat(documents.pdf("co_1", INVOICE, "INV-1").orElseThrow().bytes()).isEqualTo(pdf);
    assertThat(documents.put(ERP, document, source).change()).isEqualTo(Change.UNCHANGED);
    assertThat(documents.put(ERP, document, Source.json(bytes(Samples.invoice()))).change())
        .isEqualTo(Change.UPDATED);
    assertThat(documents.pdf("co_1", INVOICE, "INV-1")).isEmpty();
  }

  @Test
  void whatIsNoUsablePdfIsRefused() throws Exception {
    assertThatThrownBy(() -> FinishedPdf.check(bytes("hello")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("not a PDF");
    assertThatThrownBy(() -> FinishedPdf.check(bytes("%PDF-1.7\nhello")))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> FinishedPdf.check(new byte[0])).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> FinishedPdf.check(pdf(0))).isInstanceOf(Problem.class);
    var out = new ByteArrayOutputStream();
    try (var document = new PDDocument()) {
      document.addPage(new PDPage());
      document.protect(
          new org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy(
              "owner", "user", new org.apache.pdfbox.pdmodel.encryption.AccessPermission()));
      document.save(out);
    }
    assertThatThrownBy(() -> FinishedPdf.check(out.toByteArray()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("protected");
  }

  @Test
  void theWholeCorpusIsKeptAndComesBack() throws Exception {
    for (var file : Samples.corpus()) {
      Received received = documents.readUbl(java.nio.file.Files.readAllBytes(file));
      StoredDocument stored =
          documents
              .put(ERP, received, Source.xml(java.nio.file.Files.readAllBytes(file)))
              .document();
      assertThat(stored.document()).isEqualTo(received.document());
      assertThat(documents.find("co_1", stored.document().kind(), stored.document().number()))
          .contains(stored);
    }
  }

  private Stored put(String number, String body) {
    return documents.put(
        ERP, documents.readJson(INVOICE, number, bytes(body)), Source.json(bytes(body)));
  }

  private StoredDocument find(String number) {
    return documents.find("co_1", INVOICE, number).orElseThrow();
  }

  private List<String> numbers(DocumentFilter filter) {
    return documents.list("co_1", filter, 200, null).data().stream()
        .map(stored -> stored.document().number())
        .toList();
  }

  private static NewPayment payment(String reference, String amount) {
    return new NewPayment(reference, new BigDecimal(amount), LocalDate.of(2026, 11, 20), null);
  }

  static byte[] pdf(int pages) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var document = new PDDocument()) {
      for (int i = 0; i < pages; i++) document.addPage(new PDPage());
      document.save(out);
    }
    return out.toByteArray();
  }
}
