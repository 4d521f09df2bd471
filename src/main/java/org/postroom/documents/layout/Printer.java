package org.postroom.documents.layout;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.render.DefaultObjectDrawerFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/** Makes a PDF of a page: the same page always gives the same bytes, and loads nothing. */
final class Printer {
  private static final String PRODUCER = "Postroom";

  /** What the PDF says about itself. */
  record About(String title, String author, String language, @Nullable LocalDate date) {}

  private Printer() {}

  static byte[] print(
      Markup page, Assets assets, Typefaces faces, List<FontFile> more, About about) {
    try (PDDocument pdf = new PDDocument();
        PdfBoxRenderer renderer = builder(pdf, page, assets, faces, more).buildPdfRenderer()) {
      renderer.createPDFWithoutClosing();
      describe(pdf, about);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
      pdf.save(bytes);
      return bytes.toByteArray();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static PdfRendererBuilder builder(
      PDDocument pdf, Markup page, Assets assets, Typefaces faces, List<FontFile> more)
      throws IOException {
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.useFastMode();
    builder.usePDDocument(pdf);
    builder.withProducer(PRODUCER);
    builder.withW3cDocument(page.document(), null);
    restrict(builder, assets);
    DefaultObjectDrawerFactory drawers = new DefaultObjectDrawerFactory();
    drawers.registerDrawer(QrDrawer.TYPE, new QrDrawer());
    builder.useObjectDrawerFactory(drawers);
    builder.useReplacementText("?");
    font(builder, pdf, faces.regular(), "Postroom", 400);
    font(builder, pdf, faces.medium(), "Postroom", 700);
    for (FontFile file : more) font(builder, pdf, faces.of(file), family(more, file), 400);
    if (Directions.areMixed(page.said())) directions(builder);
    return builder;
  }

  /** The name of a further font on this page. */
  static String family(List<FontFile> more, FontFile file) {
    return "More" + more.indexOf(file);
  }

  private static void font(
      PdfRendererBuilder builder, PDDocument pdf, TrueTypeFont font, String family, int weight)
      throws IOException {
    PDFontSupplier loaded = new PDFontSupplier(PDType0Font.load(pdf, font, true));
    builder.useFont(loaded, family, weight, FontStyle.NORMAL, true);
  }

  private static void directions(PdfRendererBuilder builder) {
    builder.useUnicodeBidiSplitter(Directions::new);
    builder.useUnicodeBidiReorderer(new Directions.Order());
  }

  private static void restrict(PdfRendererBuilder builder, Assets assets) {
    builder.useProtocolsStreamImplementation(assets, Assets.SCHEME);
    builder.useUriResolver((base, address) -> Assets.allows(address) ? address : null);
    for (ExternalResourceControlPriority when : ExternalResourceControlPriority.values()) {
      builder.useExternalResourceAccessControl((address, type) -> Assets.allows(address), when);
    }
  }

  private static void describe(PDDocument pdf, About about) {
    PDDocumentInformation facts = new PDDocumentInformation();
    facts.setTitle(about.title());
    facts.setAuthor(about.author());
    facts.setProducer(PRODUCER);
    facts.setCreator(PRODUCER);
    if (about.date() != null) facts.setCreationDate(midnight(about.date()));
    pdf.setDocumentInformation(facts);
    pdf.getDocumentCatalog().setLanguage(about.language());
    // The file's id otherwise hashes the time of day (PDF 2.0, 14.4).
    pdf.setDocumentId((long) about.title().hashCode());
  }

  private static GregorianCalendar midnight(LocalDate date) {
    GregorianCalendar moment = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
    moment.setTimeInMillis(date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    return moment;
  }
}
