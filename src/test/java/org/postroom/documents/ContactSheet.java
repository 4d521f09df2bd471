package org.postroom.documents;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.postroom.access.Company;
import org.postroom.db.Settings;

/**
 * Draws the first page of every kind and variant side by side, one picture a language: {@code
 * ContactSheet <folder>}. The PDFs lie in {@code target/specimens} afterwards.
 */
final class ContactSheet {
  private static final Path PDFS = Path.of("target/specimens");
  private static final int COLUMNS = 6;
  private static final int GAP = 10;
  private static final float DPI = 40;

  private ContactSheet() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(PDFS);
    Layouts layouts = new Layouts(new Settings(Map.of("POSTROOM_HOME", "target/none")));
    for (Locale language : List.of(Locale.UK, Locale.GERMANY)) {
      String name = "layouts-" + language.getLanguage();
      ImageIO.write(sheet(layouts, language), "png", folder.resolve(name + ".png").toFile());
    }
  }

  private static BufferedImage sheet(Layouts layouts, Locale language) throws IOException {
    Company company = LayoutSamples.withLogo(Company.Paper.A4);
    Specimens specimens = new Specimens(language);
    List<BufferedImage> pages = new ArrayList<>();
    for (DocumentKind kind : DocumentKind.values()) {
      for (Layout layout : layouts.list(company.id(), kind)) {
        boolean history = layout.id().endsWith("payment-history");
        Printing printing =
            history
                ? specimens.withPayments(company, language)
                : new Printing(specimens.of(kind), List.of(), company, null, language, layout.id());
        byte[] pdf = layouts.print(printing).pdf();
        String name = kind.word() + layout.id().replace(':', '-').substring("built-in".length());
        Files.write(PDFS.resolve(name + "-" + language.getLanguage() + ".pdf"), pdf);
        pages.add(first(pdf));
      }
    }
    return tiled(pages);
  }

  private static BufferedImage first(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      // Drawn large and reduced: small type stays legible.
      BufferedImage large = new PDFRenderer(document).renderImageWithDPI(0, 3 * DPI, ImageType.RGB);
      int width = large.getWidth() / 3;
      int height = large.getHeight() / 3;
      BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = small.createGraphics();
      graphics.drawImage(
          large.getScaledInstance(width, height, java.awt.Image.SCALE_AREA_AVERAGING), 0, 0, null);
      graphics.dispose();
      return small;
    }
  }

  private static BufferedImage tiled(List<BufferedImage> pages) {
    int width = pages.getFirst().getWidth() + GAP;
    int height = pages.getFirst().getHeight() + GAP;
    int rows = (pages.size() + COLUMNS - 1) / COLUMNS;
    BufferedImage sheet =
        new BufferedImage(COLUMNS * width + GAP, rows * height + GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(new Color(0xd0d5dd));
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    for (int i = 0; i < pages.size(); i++) {
      graphics.drawImage(pages.get(i), GAP + i % COLUMNS * width, GAP + i / COLUMNS * height, null);
    }
    graphics.dispose();
    return sheet;
  }
}
