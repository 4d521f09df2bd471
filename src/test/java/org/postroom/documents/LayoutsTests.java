package org.postroom.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Company;
import org.postroom.db.Settings;
import org.postroom.documents.Document.Line;
import org.postroom.documents.Document.Party;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.documents.Document.Totals;
import org.postroom.documents.SampleDocuments.Draft;

class LayoutsTests {
  private static final Layouts LAYOUTS =
      new Layouts(new Settings(Map.of("POSTROOM_HOME", "target/none")));

  @ParameterizedTest
  @EnumSource(DocumentKind.class)
  void printsEveryKindWithPricesOnlyWhereItHasThem(DocumentKind kind) throws IOException {
    Document document = new Draft(kind, "NO-4711").make();
    Rendered rendered = LAYOUTS.render(document, SampleDocuments.acme(), Locale.ENGLISH);
    String label = Layouts.kindLabel(kind, Locale.ENGLISH);
    String text = text(rendered.pdf());
    assertThat(rendered.filename()).isEqualTo(label + " NO-4711.pdf");
    assertThat(rendered.layout()).isEqualTo("built-in");
    assertThat(text)
        .contains(
            label + " NO-4711", "Contoso Bakery Ltd.", "Anna Byrne", "Filter roast Yirgacheffe")
        .contains("Acme Coffee GmbH", "Tax ID DE 123 456 789", "Page 1 of 1");
    if (kind.priced()) {
      assertThat(text).contains("€917.73", "20.28");
    } else {
      assertThat(text).doesNotContain("€", "20.28", "Unit price", "Amount");
    }
    assertThat(text.contains("How to pay")).isEqualTo(kind.asksForPayment());
  }

  @Test
  void showsAllThatAnInvoiceCarries() throws IOException {
    Company acme = SampleDocuments.acme();
    String text = text(LAYOUTS.render(LayoutSamples.rich().make(), acme, Locale.GERMANY).pdf());
    assertThat(text)
        .contains(
            "Rechnung INV-2026-0412", "2. November 2026", "2. Dezember 2026", "30. Oktober 2026")
        .contains(
            "Lieferung an", "Contoso Bakery, Warehouse 3", "JD014600003512345678", "IE 6388047V")
        .contains("Rabatt", "-12,50", "0,0345 / 100", "1.200 pcs", "CF-9001-EXTRA-LONG-ITEM")
        .contains("Lot 2026-07", "Loyalty discount 3%", "-11,20", "Freight", "14,90")
        .contains("VAT 19 % auf 300,00", "VAT 7 % auf 28,90", "Article 138")
        .contains("Bereits gezahlt", "-50,00", "Zu zahlen", "173,67", "2% discount within 10 days")
        .contains("DE89 3704 0044 0532 0130 00", "COBADEFFXXX", "Seite 1 von 2", "Seite 2 von 2");
  }

  @Test
  void columnsAppearOnlyWhenUsed() throws IOException {
    Draft draft = new Draft(DocumentKind.INVOICE, "1");
    draft.lines =
        List.of(
            new Line(
                null,
                null,
                "Consulting",
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new BigDecimal("100.00"),
                null,
                Map.of()));
    String text = text(render(draft.sum("0").make()));
    assertThat(text).contains("Description", "Consulting", "Amount", "100.00");
    assertThat(text).doesNotContain("Quantity", "Unit price", "Discount", "Item", "#");
  }

  @Test
  void repeatsTheHeaderAndKeepsRowsWholeOverManyPages() throws IOException {
    Draft draft = new Draft(DocumentKind.INVOICE, "INV-500");
    draft.lines = SampleDocuments.lines(500);
    byte[] pdf = render(draft.sum("0").make());
    try (PDDocument document = Loader.loadPDF(pdf)) {
      int pages = document.getNumberOfPages();
      assertThat(pages).isBetween(12, 24);
      StringBuilder all = new StringBuilder();
      for (int page = 1; page <= pages; page++) {
        String text = text(document, page);
        all.append(text);
        assertThat(text).contains("Page " + page + " of " + pages, "Tax ID DE 123 456 789");
        if (text.contains("CF-1")) assertThat(text).contains("Description", "Unit price");
        if (page > 1) assertThat(text).contains("Acme Coffee GmbH · Invoice INV-500");
      }
      for (int i = 1; i <= 500; i++) {
        assertThat(all).containsOnlyOnce("CF-" + (1000 + i) + " ");
      }
    }
  }

  @Test
  void theCodeLeadsToThePayment() throws Exception {
    Draft draft = new Draft(DocumentKind.INVOICE, "INV-2026-0412");
    assertThat(decoded(render(draft.make())))
        .isEqualTo(
            "BCD\n002\n1\nSCT\nCOBADEFFXXX\nAcme Coffee GmbH\nDE89370400440532013000\nEUR917.73\n\n\nINV-2026-0412");
  }

  @Test
  void showsNoCodeWhereBanksHaveNone() throws Exception {
    Draft dollars = new Draft(DocumentKind.INVOICE, "1");
    dollars.currency = "USD";
    assertThat(text(render(dollars.make())))
        .contains("$917.73", "IBAN")
        .doesNotContain("Scan with");
    Draft settled = new Draft(DocumentKind.INVOICE, "2").sum("917.73");
    assertThat(text(render(settled.make()))).doesNotContain("How to pay", "Scan with");
    Draft wrong = new Draft(DocumentKind.INVOICE, "3");
    wrong.payment = new PaymentTerms(null, "DE00 1234", null, null, null, null, null);
    assertThat(text(render(wrong.make()))).contains("DE00 1234").doesNotContain("Scan with");
  }

  @Test
  void papersToVendorsGoToTheVendor() throws IOException {
    Draft draft = new Draft(DocumentKind.PURCHASE_ORDER, "PO-1");
    draft.seller =
        new Party(
            "Bean Traders BV", List.of("Kade 1", "Rotterdam"), "NL", null, null, null, List.of());
    draft.buyer =
        new Party(
            "Acme Coffee GmbH", List.of("Speicherstadt 12"), "DE", null, null, null, List.of());
    assertThat(text(render(draft.make())))
        .contains("Supplier no.")
        .containsSubsequence("Bean Traders BV", "Anna Byrne", "Kade 1", "Rotterdam");
  }

  @Test
  void usesThePaperOfTheCompany() throws IOException {
    for (Company.Paper paper : Company.Paper.values()) {
      Company company = SampleDocuments.company("Acme", paper, "#0f766e", LayoutSamples.logo());
      byte[] pdf = LAYOUTS.render(LayoutSamples.rich().make(), company, Locale.US).pdf();
      try (PDDocument document = Loader.loadPDF(pdf)) {
        for (PDPage page : document.getPages()) {
          float[] size =
              paper == Company.Paper.A4 ? new float[] {595.28f, 841.89f} : new float[] {612, 792};
          assertThat(page.getMediaBox().getWidth())
              .isCloseTo(size[0], org.assertj.core.data.Offset.offset(0.1f));
          assertThat(page.getMediaBox().getHeight())
              .isCloseTo(size[1], org.assertj.core.data.Offset.offset(0.1f));
        }
      }
    }
  }

  @Test
  void theSameInputGivesTheSameBytes() throws IOException {
    Company company = LayoutSamples.withLogo(Company.Paper.A4);
    byte[] first = LAYOUTS.render(LayoutSamples.rich().make(), company, Locale.ENGLISH).pdf();
    assertThat(LAYOUTS.render(LayoutSamples.rich().make(), company, Locale.ENGLISH).pdf())
        .isEqualTo(first);
    Layouts others = new Layouts(new Settings(Map.of("POSTROOM_HOME", "target/none")));
    assertThat(others.render(LayoutSamples.rich().make(), company, Locale.ENGLISH).pdf())
        .isEqualTo(first);
    byte[] scripts = render(LayoutSamples.scripts().make());
    assertThat(render(LayoutSamples.scripts().make())).isEqualTo(scripts);
  }

  @Test
  void manyThreadsGetTheSameAsOne() throws Exception {
    byte[] alone = render(LayoutSamples.rich().make());
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<byte[]> work = () -> render(LayoutSamples.rich().make());
      List<Future<byte[]>> results = new ArrayList<>();
      for (int i = 0; i < 24; i++) results.add(threads.submit(work));
      for (Future<byte[]> result : results) assertThat(result.get()).isEqualTo(alone);
    }
  }

  @Test
  void saysWhatItIsAndEmbedsItsFonts() throws IOException {
    byte[] pdf = render(new Draft(DocumentKind.INVOICE, "INV-1").make());
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Invoice INV-1");
      assertThat(document.getDocumentInformation().getAuthor()).isEqualTo("Acme Coffee GmbH");
      assertThat(document.getDocumentInformation().getCreationDate().toInstant())
          .hasToString("2026-11-02T00:00:00Z");
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("en");
      assertThat(document.getDocumentCatalog().getOpenAction()).isNull();
      assertThat(document.getDocumentCatalog().getNames()).isNull();
      for (PDPage page : document.getPages()) {
        for (COSName name : page.getResources().getFontNames()) {
          assertThat(page.getResources().getFont(name).isEmbedded()).isTrue();
          assertThat(page.getResources().getFont(name).getName()).matches("[A-Z]{6}\\+.*");
        }
      }
    }
    assertThat(pdf).hasSizeLessThan(60_000);
  }

  @Test
  void hostileTextStaysTextAndLoadsNothing(@TempDir Path folder) throws IOException {
    Path image = Files.write(folder.resolve("secret.png"), LayoutSamples.logo());
    String hostile =
        "<script>alert(1)</script> <img src=\""
            + image.toUri()
            + "\"/> &amp; ]]> </td> <!-- \u0000\u0008\u001b \ud800 "
            + "<link rel='stylesheet' href='http://127.0.0.1:9/x.css'/> {{x}} url(file:///etc/passwd)";
    Draft draft = new Draft(DocumentKind.INVOICE, hostile);
    draft.buyer =
        new Party(hostile, List.of(hostile), "XX", hostile, hostile, hostile, List.of(hostile));
    draft.references.put("</style><script>", hostile);
    draft.notes = List.of(hostile);
    draft.lines = List.of(SampleDocuments.line(1, hostile, hostile, "1", "1.00"));
    draft.payment = new PaymentTerms(hostile, hostile, hostile, hostile, hostile, hostile, hostile);
    Company company =
        SampleDocuments.company(
            hostile,
            Company.Paper.A4,
            "red; } body { display: none",
            hostile.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Rendered rendered = LAYOUTS.render(draft.sum("0").make(), company, Locale.ENGLISH);
    try (PDDocument document = Loader.loadPDF(rendered.pdf())) {
      String text = text(rendered.pdf()).replaceAll("\\s+", "");
      assertThat(text).contains("<script>alert(1)</script>", "&amp;", "]]>", "<!--", "{{x}}");
      for (PDPage page : document.getPages()) {
        assertThat(page.getAnnotations()).isEmpty();
        for (COSName name : page.getResources().getXObjectNames()) {
          assertThat(page.getResources().isImageXObject(name)).isFalse();
        }
      }
    }
    assertThat(rendered.filename())
        .doesNotContain("/", "\\", "<", "\u0000", "\"")
        .endsWith(".pdf")
        .hasSizeLessThan(130);
  }

  @Test
  void wrapsWordsWithoutEnd() throws IOException {
    Draft draft = new Draft(DocumentKind.INVOICE, "INV-1");
    String word = "Donaudampfschiff".repeat(625);
    draft.lines = List.of(SampleDocuments.line(1, "S", word, "1", "1.00"));
    draft.notes = List.of(word);
    byte[] pdf = render(draft.sum("0").make());
    String text = text(pdf).replaceAll("\\s+", "");
    assertThat(text.split("Donaudampfschiff", -1).length).isGreaterThan(1_100);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      PDFTextStripper inside =
          new PDFTextStripper() {
            @Override
            protected void processTextPosition(org.apache.pdfbox.text.TextPosition position) {
              assertThat(position.getEndX()).isLessThan(595.3f);
              super.processTextPosition(position);
            }
          };
      inside.getText(document);
    }
  }

  @Test
  void printsTheLogoAndDoesWithoutAnImpossibleOne() throws IOException {
    Company company = LayoutSamples.withLogo(Company.Paper.A4);
    Document document = new Draft(DocumentKind.QUOTE, "Q-1").make();
    assertThat(images(LAYOUTS.render(document, company, Locale.ENGLISH).pdf())).isEqualTo(1);
    byte[] svg =
        "<svg xmlns='http://www.w3.org/2000/svg'/>"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] torn = java.util.Arrays.copyOf(LayoutSamples.logo(), 200);
    for (byte[] logo : List.of(svg, torn, vast(), new byte[0])) {
      Company other =
          SampleDocuments.company("Acme Coffee GmbH", Company.Paper.A4, "#c2410c", logo);
      byte[] pdf = LAYOUTS.render(document, other, Locale.ENGLISH).pdf();
      assertThat(images(pdf)).isZero();
      assertThat(text(pdf)).startsWith("Acme Coffee GmbH");
    }
  }

  @Test
  void printsScriptsTheMachineHasFontsFor() throws IOException {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")),
        "needs the DejaVu fonts of the system");
    String text = text(render(LayoutSamples.scripts().make()));
    assertThat(text).contains("Кофе в зёрнах", "Καφές φίλτρου", "Zażółć gęślą jaźń", "sữa đá");
    assertThat(text).contains("קפה טחון", "גרם", "→ ★");
    assertThat(java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKC))
        .contains("قهوة عربية");
  }

  @Test
  void printsWhatLittleADocumentSays() {
    for (DocumentKind kind : DocumentKind.values()) {
      Draft draft = new Draft(kind, "1");
      draft.buyer = null;
      draft.contact = null;
      draft.due = null;
      draft.lines = List.of();
      draft.taxes = List.of();
      draft.totals = kind.priced() ? new Totals(null, null, null, null, null, null, null) : null;
      draft.references.clear();
      assertThatCode(() -> render(draft.make())).doesNotThrowAnyException();
    }
  }

  @Test
  void filenamesAreSafe() {
    assertThat(Layouts.filename("Invoice INV-2026-0412")).isEqualTo("Invoice INV-2026-0412.pdf");
    assertThat(Layouts.filename("Rechnung 2026/04\\12: \"A\""))
        .isEqualTo("Rechnung 2026-04-12- -A.pdf");
    assertThat(Layouts.filename("../../etc/passwd\r\nX")).isEqualTo("etc-passwd-X.pdf");
    assertThat(Layouts.filename("…\u202e")).isEqualTo("Document.pdf");
    assertThat(Layouts.filename("x".repeat(500))).hasSize(124);
  }

  private static byte[] render(Document document) {
    return LAYOUTS.render(document, SampleDocuments.acme(), Locale.ENGLISH).pdf();
  }

  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return text(document, 0);
    }
  }

  /** As a reader sees it, line by line; page 0 is all of them. */
  private static String text(PDDocument document, int page) throws IOException {
    PDFTextStripper stripper = new PDFTextStripper();
    stripper.setSortByPosition(true);
    if (page > 0) stripper.setStartPage(page);
    if (page > 0) stripper.setEndPage(page);
    return stripper.getText(document).replace('\u00a0', ' ');
  }

  private static int images(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      int images = 0;
      var resources = document.getPage(0).getResources();
      for (COSName name : resources.getXObjectNames()) if (resources.isImageXObject(name)) images++;
      return images;
    }
  }

  /** A small file that says it is a picture of 30,000 by 30,000 dots. */
  private static byte[] vast() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "bmp", bytes);
    byte[] picture = bytes.toByteArray();
    java.nio.ByteBuffer.wrap(picture)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .putInt(18, 30_000)
        .putInt(22, 30_000);
    return picture;
  }

  private static String decoded(byte[] pdf) throws Exception {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, 150);
      int[] dots = page.getRGB(0, 0, page.getWidth(), page.getHeight(), null, 0, page.getWidth());
      var source = new RGBLuminanceSource(page.getWidth(), page.getHeight(), dots);
      return new QRCodeReader()
          .decode(
              new BinaryBitmap(new HybridBinarizer(source)),
              Map.of(DecodeHintType.TRY_HARDER, true))
          .getText();
    }
  }
}
