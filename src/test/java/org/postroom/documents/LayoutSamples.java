package org.postroom.documents;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.postroom.access.Company;
import org.postroom.db.Settings;
import org.postroom.documents.Document.Line;
import org.postroom.documents.Document.Party;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.documents.Document.Tax;
import org.postroom.documents.Document.Totals;
import org.postroom.documents.SampleDocuments.Draft;

/** Writes one PDF of each sort to {@code target/samples}, to look at. */
final class LayoutSamples {
  private static final Path FOLDER = Path.of("target/samples");

  private LayoutSamples() {}

  public static void main(String[] arguments) throws IOException {
    Files.createDirectories(FOLDER);
    Layouts layouts = new Layouts(new Settings(Map.of("POSTROOM_HOME", "target/samples")));
    Company acme = SampleDocuments.acme();
    for (DocumentKind kind : DocumentKind.values()) {
      Draft draft = new Draft(kind, kind.word().substring(0, 3).toUpperCase(Locale.ROOT) + "-0412");
      if (kind == DocumentKind.STATEMENT) statement(draft);
      save(layouts, kind.word(), draft.make(), acme, Locale.ENGLISH);
    }
    save(layouts, "rich-de", rich().make(), withLogo(Company.Paper.A4), Locale.GERMANY);
    save(layouts, "rich-letter", rich().make(), withLogo(Company.Paper.LETTER), Locale.US);
    Draft pages = new Draft(DocumentKind.INVOICE, "INV-LONG");
    pages.lines = SampleDocuments.lines(70);
    save(layouts, "pages", pages.sum("100.00").make(), acme, Locale.ENGLISH);
    save(layouts, "scripts", scripts().make(), acme, Locale.ENGLISH);
  }

  private static void save(
      Layouts layouts, String name, Document document, Company company, Locale language)
      throws IOException {
    Files.write(FOLDER.resolve(name + ".pdf"), layouts.render(document, company, language).pdf());
  }

  static Draft statement(Draft draft) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      BigDecimal amount = new BigDecimal(i == 3 ? "-250.00" : (312 + 17 * i) + ".4" + i);
      LocalDate date = LocalDate.of(2026, 5 + i, 3 + i);
      String what = i == 3 ? "Payment on account" : "Invoice, due " + date.plusDays(30);
      lines.add(
          new Line(
              (i == 3 ? "PAY-77" : "INV-2026-03" + (10 + i)),
              null,
              what,
              List.of(),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              amount,
              date,
              Map.of()));
    }
    BigDecimal due = lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    draft.lines = lines;
    draft.taxes = List.of();
    draft.totals = new Totals(null, null, null, null, null, null, due);
    return draft;
  }

  static Draft rich() {
    Draft draft = new Draft(DocumentKind.INVOICE, "INV-2026-0412");
    List<Line> lines = new ArrayList<>(SampleDocuments.lines(4));
    lines.add(
        new Line(
            "5",
            "CF-9001-EXTRA-LONG-ITEM",
            "Colombian single origin from the Huila region, washed,"
                + " roasted on demand and packed in valve bags",
            List.of("Lot 2026-07, best before March 2027", "Serial numbers 4711–4720"),
            new BigDecimal("1200"),
            "pcs",
            new BigDecimal("0.0345"),
            new BigDecimal("100"),
            new BigDecimal("12.50"),
            new BigDecimal("7"),
            "AA",
            new BigDecimal("28.90"),
            null,
            Map.of()));
    draft.lines = lines;
    draft.delivery = LocalDate.of(2026, 10, 30);
    draft.shipTo =
        new Party(
            "Contoso Bakery, Warehouse 3",
            List.of("Unit 7, Dock Road", "Cork T12 AB34", "Ireland"),
            "IE",
            null,
            null,
            null,
            List.of());
    draft.adjustments =
        List.of(
            new Document.Adjustment("Loyalty discount 3%", new BigDecimal("-11.20"), null),
            new Document.Adjustment("Freight", new BigDecimal("14.90"), null));
    draft.sum("50.00");
    draft.taxes =
        List.of(
            new Tax(
                "VAT",
                "S",
                new BigDecimal("19"),
                new BigDecimal("300.00"),
                new BigDecimal("57.00"),
                null),
            new Tax(
                "VAT",
                "AA",
                new BigDecimal("7"),
                new BigDecimal("28.90"),
                new BigDecimal("2.02"),
                null),
            new Tax(
                "VAT",
                "E",
                new BigDecimal("0"),
                new BigDecimal("10.00"),
                new BigDecimal("0"),
                "Exempt: intra-community supply, Article 138 of Directive 2006/112/EC"));
    draft.payment =
        new PaymentTerms(
            "2% discount within 10 days, 30 days net", null, null, null, null, null, null);
    draft.references.put("tracking", "JD014600003512345678");
    draft.notes =
        List.of("Thank you for your order.\nGoods remain our property until paid in full.");
    return draft;
  }

  static Draft scripts() {
    Draft draft = new Draft(DocumentKind.INVOICE, "INV-ŁÓDŹ-1");
    draft.buyer =
        new Party(
            "شركة القهوة العربية",
            List.of("شارع الملك فهد 12", "الرياض 11564"),
            "SA",
            null,
            null,
            null,
            List.of());
    List<Line> lines = new ArrayList<>();
    String[] texts = {
      "قهوة عربية فاخرة (250 جرام)",
      "קפה טחון 500 גרם",
      "Кофе в зёрнах",
      "Καφές φίλτρου",
      "กาแฟคั่ว",
      "咖啡豆 コーヒー豆 커피",
      "हिन्दी कॉफ़ी",
      "Cà phê sữa đá – Zażółć gęślą jaźń",
      "Emoji ☕ ✓ → ★"
    };
    for (String text : texts) {
      lines.add(SampleDocuments.line(lines.size() + 1, "S-" + lines.size(), text, "2", "10.00"));
    }
    draft.lines = lines;
    return draft.sum("0");
  }

  static Company withLogo(Company.Paper paper) throws IOException {
    return SampleDocuments.company("Acme Coffee GmbH", paper, "#c2410c", logo());
  }

  static byte[] logo() throws IOException {
    BufferedImage image = new BufferedImage(900, 240, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(new Color(0xc2410c));
    graphics.fillOval(0, 20, 200, 200);
    graphics.setColor(Color.WHITE);
    graphics.fillOval(60, 80, 80, 80);
    graphics.setColor(new Color(0x1c2430));
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 120));
    graphics.drawString("acme", 240, 165);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
