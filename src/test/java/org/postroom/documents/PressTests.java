package org.postroom.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.access.Company;
import org.postroom.db.Settings;
import org.postroom.documents.Document.Line;
import org.postroom.documents.Document.Party;
import org.postroom.documents.SampleDocuments.Draft;

/** What the direct drawing of the built-in layouts must keep to, whatever the document says. */
class PressTests {
  private static final Layouts LAYOUTS =
      new Layouts(new Settings(Map.of("POSTROOM_HOME", "target/none")));

  /** Below this on an A4 sheet stands the foot, in points from the top. */
  private static final float FOOT = 841.89f - 33 * 72 / 25.4f;

  /** A piece of text as it was drawn, and where it ends. */
  private record Place(int page, String text, float y, float end) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void losesNoTextAndKeepsOutOfTheFoot(long seed) throws IOException {
    Random random = new Random(seed);
    DocumentKind kind = DocumentKind.values()[(int) (seed % DocumentKind.values().length)];
    Draft draft = new Draft(kind, "NO-" + seed);
    List<String> said = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (int i = 0, count = random.nextInt(1, 90); i < count; i++) {
      String text = words(random, said, random.nextInt(1, 60));
      String detail = words(random, said, random.nextInt(1, 40));
      Line line = SampleDocuments.line(i + 1, "S" + i, text, "1." + i, "3.1" + i);
      lines.add(
          new Line(
              line.id(),
              line.sku(),
              text,
              List.of(detail),
              line.quantity(),
              "kg",
              line.unitPrice(),
              null,
              random.nextInt(4) == 0 ? BigDecimal.ONE : null,
              line.taxRate(),
              null,
              line.amount(),
              null,
              Map.of()));
    }
    draft.lines = lines;
    draft.notes = List.of(words(random, said, 300), words(random, said, 5));
    List<String> address = List.of(words(random, said, 8), words(random, said, 2));
    draft.buyer =
        new Party(words(random, said, 5), address, "IE", null, null, "T" + seed, List.of());
    if (kind.toVendor()) draft.seller = draft.buyer;
    if (kind.priced()) draft.sum("1.00");
    List<Place> places = places(render(draft.make()));
    assertThat(squeezed(places)).contains(said);
    assertThat(places).noneMatch(place -> place.end() > 595.28f - 10);
    keepsOutOfTheFoot(places, said);
  }

  @Test
  void numbersThePagesOfLongDocuments() throws IOException {
    byte[] pdf = render(lines(5_000));
    assertThat(pdf).hasSizeLessThan(2_000_000);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      int pages = document.getNumberOfPages();
      assertThat(pages).isBetween(120, 250);
      StringBuilder all = new StringBuilder();
      for (int page : new int[] {1, 2, pages / 2, pages - 1, pages}) {
        String text = text(document, page);
        all.append(text);
        assertThat(text).contains("Page " + page + " of " + pages);
        if (page > 1) assertThat(text).contains("Acme Coffee GmbH · Invoice INV-LONG");
        if (text.contains("CF-")) assertThat(text).contains("Description", "Unit price");
      }
      assertThat(all).contains("CF-1001 ", "CF-6000 ", "Amount due");
    }
  }

  @Test
  void keepsTheSumsWithTheLastLine() throws IOException {
    for (int count = 12; count < 38; count++) {
      try (PDDocument document = Loader.loadPDF(render(lines(count)))) {
        for (int page = 1; page <= document.getNumberOfPages(); page++) {
          String text = text(document, page);
          if (text.contains("VAT 19%")) assertThat(text).contains("CF-" + (1000 + count) + " ");
        }
      }
    }
  }

  @Test
  void groupsStatementsByCurrency() throws IOException {
    Document statement = new Specimens(Locale.UK).of(DocumentKind.STATEMENT);
    byte[] pdf = LAYOUTS.render(statement, SampleDocuments.acme(), Locale.UK).pdf();
    String text = text(pdf);
    assertThat(text)
        .contains("Open items as of 2 November 2026", "Euro (EUR)", "British Pound (GBP)")
        .contains("US Dollar (USD)", "€1,904.95", "£505.49", "US$130.00", "-120.00")
        .contains("Not yet due", "1–30 days late", "More than 60 days late", "Payment PAY-USD-0313")
        .contains("How to pay")
        .doesNotContain("2,540.44"); // the sum over currencies
    assertThat(text.indexOf("£505.49")).isLessThan(text.indexOf("US Dollar (USD)"));
  }

  @Test
  void listsPaymentsInThatVariantOnly() throws IOException {
    Company acme = SampleDocuments.acme();
    Printing printing = new Specimens(Locale.UK).withPayments(acme, Locale.UK);
    Rendered rendered = LAYOUTS.print(printing);
    assertThat(rendered.layout()).isEqualTo("built-in:payment-history");
    assertThat(text(rendered.pdf()))
        .contains("Payments received", "11 Nov 2026", "SEPA-2026-5501", "€500.00", "€819.32");
    byte[] usual = LAYOUTS.render(printing.document(), acme, Locale.UK).pdf();
    assertThat(text(usual)).doesNotContain("SEPA-2026-5501");
  }

  @Test
  void whatTheDocumentSaysWasPaidStandsAboveThePaymentsTold() throws IOException {
    Printing all = new Specimens(Locale.UK).withPayments(SampleDocuments.acme(), Locale.UK);
    assertThat(history(all, all.payments())).doesNotContain("Already paid");
    assertThat(history(all, all.payments().subList(0, 1)))
        .contains("Already paid", "€150.00")
        .doesNotContain("SEPA-2026-5733");
    assertThat(history(all, List.of())).contains("Already paid", "€650.00");
    Document open = new Specimens(Locale.UK).of(DocumentKind.INVOICE);
    Printing nothing = new Printing(open, List.of(), all.company(), null, Locale.UK, all.layout());
    assertThat(text(LAYOUTS.print(nothing).pdf())).contains("No payment so far.");
  }

  /** The text below the heading of the payments. */
  private static String history(Printing printing, List<Payment> told) throws IOException {
    Printing other =
        new Printing(
            printing.document(), told, printing.company(), null, Locale.UK, printing.layout());
    String text = text(LAYOUTS.print(other).pdf());
    return text.substring(text.indexOf("Payments received"));
  }

  @Test
  void tellsCustomsWhatTheyAsk() throws IOException {
    Document invoice = new Specimens(Locale.GERMANY).of(DocumentKind.INVOICE);
    Printing printing =
        new Printing(
            invoice,
            List.of(),
            SampleDocuments.acme(),
            null,
            Locale.GERMANY,
            "built-in:commercial");
    String text = text(LAYOUTS.print(printing).pdf());
    assertThat(text)
        .contains("Handelsrechnung IN-2026-0412", "Zolltarifnr.", "0901 21 00", "Ursprung")
        .contains("DAP Dublin", "Bruttogewicht 41 kg", "Packstücke 3", "wahr und richtig");
  }

  @Test
  void offersVariantsToTheKindsTheyPrint() {
    assertThat(LAYOUTS.list("com_1", DocumentKind.INVOICE))
        .extracting(Layout::id)
        .containsExactly("built-in", "built-in:payment-history", "built-in:commercial");
    assertThat(LAYOUTS.list("com_1", DocumentKind.QUOTE))
        .extracting(Layout::id)
        .containsExactly("built-in");
    assertThat(LAYOUTS.find("com_1", "built-in:commercial")).isPresent();
  }

  @ParameterizedTest
  @EnumSource(DocumentKind.class)
  void everyKindSaysWhatItIsFor(DocumentKind kind) throws IOException {
    for (Locale language : List.of(Locale.UK, Locale.GERMANY)) {
      Document document = new Specimens(language).of(kind);
      String text = text(LAYOUTS.render(document, SampleDocuments.acme(), language).pdf());
      assertThat(text)
          .contains(Layouts.kindLabel(kind, language))
          .contains(purpose(kind, language));
      assertThat(text).doesNotContain("{", "opening.", "sign.", "line.", "total.", "ledger.");
    }
  }

  @Test
  void printsArabicInItsOrder() throws IOException {
    needs("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");
    Draft draft = new Draft(DocumentKind.INVOICE, "INV-1");
    draft.lines = List.of(SampleDocuments.line(1, "A", "قهوة عربية فاخرة (250 جرام)", "1", "9.00"));
    draft.notes = List.of("شكرا لطلبكم");
    String text = Normalizer.normalize(text(render(draft.sum("0").make())), Normalizer.Form.NFKC);
    assertThat(text).contains("قهوة عربية فاخرة", "جرام", "250", "شكرا لطلبكم", "Amount due");
  }

  @Test
  void printsJapaneseWrappedInItsColumn() throws IOException {
    needs("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc");
    Draft draft = new Draft(DocumentKind.INVOICE, "請求書-1");
    String text = "深煎りコーヒー豆、エチオピア産のイルガチェフェを使った香り高い一品です。".repeat(4);
    draft.lines = List.of(SampleDocuments.line(1, "豆-1", text, "1", "9.00"));
    byte[] pdf = render(draft.sum("0").make());
    assertThat(text(pdf).replaceAll("\\s+", "")).contains("エチオピア産", "請求書-1");
    List<Place> places = places(pdf);
    assertThat(squeezed(places)).contains(text);
    assertThat(places).noneMatch(place -> place.end() > 585);
    assertThat(pdf).hasSizeLessThan(150_000);
  }

  @Test
  void isReadyForArchives() throws IOException {
    try (PDDocument document = Loader.loadPDF(render(LayoutSamples.scripts().make()))) {
      for (PDPage page : document.getPages()) {
        assertThat(page.getResources().getExtGStateNames()).isEmpty();
        for (COSName name : page.getResources().getFontNames()) {
          PDFont font = page.getResources().getFont(name);
          assertThat(font.isEmbedded()).isTrue();
          assertThat(font.isDamaged()).isFalse();
          assertThat(font.getCOSObject().getItem(COSName.TO_UNICODE)).isNotNull();
          sameWidthsInside((PDType0Font) font);
        }
      }
    }
    try (PDDocument document = Loader.loadPDF(withLogo())) {
      var resources = document.getPage(0).getResources();
      var image =
          (org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject)
              resources.getXObject(COSName.getPDFName("I0"));
      assertThat(image.getColorSpace().getName()).isEqualTo("DeviceRGB");
      assertThat(image.getSoftMask()).isNull();
    }
  }

  @Test
  void anotherProgramMayWorkOnTheFile() throws IOException {
    try (PDDocument document = Loader.loadPDF(render(lines(30)))) {
      document.getDocumentInformation().setKeywords("further");
      var out = new java.io.ByteArrayOutputStream();
      document.save(out);
      assertThat(text(out.toByteArray())).contains("CF-1030", "Page 2 of 2");
    }
  }

  private static byte[] withLogo() throws IOException {
    Document quote = new Draft(DocumentKind.QUOTE, "Q-1").make();
    return LAYOUTS.render(quote, LayoutSamples.withLogo(Company.Paper.A4), Locale.UK).pdf();
  }

  private static void sameWidthsInside(PDType0Font font) throws IOException {
    for (int glyph = 1; glyph < 2_000; glyph++) {
      if (font.toUnicode(glyph) == null) continue;
      assertThat(font.getWidth(glyph)).isCloseTo(font.getWidthFromFont(glyph), within());
    }
  }

  private static org.assertj.core.data.Offset<Float> within() {
    return org.assertj.core.data.Offset.offset(1f);
  }

  private static String[] purpose(DocumentKind kind, Locale language) {
    boolean german = language.equals(Locale.GERMANY);
    return switch (kind) {
      case QUOTE -> german ? of("Gültig bis", "Unterschrift") : of("Valid until", "signature");
      case SALES_ORDER -> german ? of("Wir bestätigen") : of("We confirm");
      case INVOICE -> german ? of("Zu zahlen · 2. Dezember") : of("Amount due · 2 December");
      case CREDIT_MEMO -> german ? of("Gutschriftbetrag") : of("Credit amount");
      case PACKING_SLIP -> german ? of("Gepackt von", "Besteller") : of("Packed by", "Ordered by");
      case SHIPMENT -> of("DHL", "JD014600003512");
      case RMA ->
          german ? of("auf das Paket", "Zustand") : of("outside of the parcel", "Condition");
      case DEPOSIT -> of("483");
      case RECEIPT -> german ? of("Zahlung erhalten") : of("received your payment");
      case STATEMENT -> german ? of("Offene Posten zum") : of("Open items as of");
      case REMINDER -> german ? of("überfällig", "62") : of("Days late", "62");
      case PURCHASE_ORDER -> german ? of("Liefern bis") : of("Needed by");
      case ITEM_RECEIPT -> german ? of("Geprüft von") : of("Checked by");
      case BILL -> german ? of("Freigegeben von") : of("Approved by");
      case BILL_PAYMENT ->
          german ? of("B-77120", "Gezahlter Betrag") : of("B-77120", "Amount paid");
    };
  }

  private static String[] of(String... texts) {
    return texts;
  }

  private static Document lines(int count) {
    Draft draft = new Draft(DocumentKind.INVOICE, "INV-LONG");
    draft.lines = SampleDocuments.lines(count);
    return draft.sum("0").make();
  }

  /** Words nobody has said yet, so that each can be found again. */
  private static String words(Random random, List<String> said, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder word = new StringBuilder("q" + Integer.toString(said.size(), 36) + "x");
      for (int j = random.nextInt(12); j > 0; j--) word.append((char) ('a' + random.nextInt(16)));
      words.add(word.toString());
      said.add(word.toString());
    }
    return String.join(" ", words);
  }

  /** Nothing a line says stands lower than where the foot begins, or on the foot's own lines. */
  private static void keepsOutOfTheFoot(List<Place> places, List<String> said) {
    assertThat(places.stream().filter(place -> place.y() > FOOT))
        .noneMatch(place -> said.stream().anyMatch(word -> place.text().contains(word)));
  }

  private static String squeezed(List<Place> places) {
    StringBuilder text = new StringBuilder();
    places.forEach(place -> text.append(place.text()));
    return text.toString().replaceAll("\\s+", "");
  }

  /** The drawn pieces in the order they were drawn, so that wrapped words stay together. */
  private static List<Place> places(byte[] pdf) throws IOException {
    List<Place> places = new ArrayList<>();
    try (PDDocument document = Loader.loadPDF(pdf)) {
      new PDFTextStripper() {
        @Override
        protected void processTextPosition(TextPosition letter) {
          Place last = places.isEmpty() ? null : places.getLast();
          if (last == null || !continues(last, letter, getCurrentPageNo())) {
            places.add(place(getCurrentPageNo(), "", letter));
          }
          String text = places.removeLast().text() + letter.getUnicode();
          places.add(place(getCurrentPageNo(), text, letter));
        }
      }.getText(document);
    }
    return places;
  }

  private static boolean continues(Place last, TextPosition letter, int page) {
    return last.page() == page
        && Math.abs(last.y() - letter.getY()) < 0.1
        && Math.abs(last.end() - letter.getX()) < 0.5;
  }

  private static Place place(int page, String text, TextPosition letter) {
    return new Place(page, text, letter.getY(), letter.getEndX());
  }

  private static void needs(String font) {
    Assumptions.assumeTrue(Files.exists(Path.of(font)), "needs the font " + font);
  }

  private static byte[] render(Document document) {
    return LAYOUTS.render(document, SampleDocuments.acme(), Locale.ENGLISH).pdf();
  }

  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return text(document, 0);
    }
  }

  private static String text(PDDocument document, int page) throws IOException {
    PDFTextStripper stripper = new PDFTextStripper();
    stripper.setSortByPosition(true);
    if (page > 0) stripper.setStartPage(page);
    if (page > 0) stripper.setEndPage(page);
    return stripper.getText(document).replace('\u00a0', ' ');
  }
}
