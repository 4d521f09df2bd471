package org.postroom.documents.own;

import com.openhtmltopdf.context.StyleReference;
import com.openhtmltopdf.css.constants.IdentValue;
import com.openhtmltopdf.css.newmatch.PageInfo;
import com.openhtmltopdf.extend.FontContext;
import com.openhtmltopdf.extend.OutputDevice;
import com.openhtmltopdf.extend.UserAgentCallback;
import com.openhtmltopdf.extend.UserInterface;
import com.openhtmltopdf.layout.SharedContext;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfBoxFontResolver;
import com.openhtmltopdf.pdfboxout.PdfBoxFontResolver.FontGroup;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfBoxTextRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.render.FSFont;
import com.openhtmltopdf.render.JustificationInfo;
import com.openhtmltopdf.simple.extend.XhtmlNamespaceHandler;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import org.postroom.documents.layout.Workshop;
import org.w3c.dom.Element;

/**
 * Prints one page tree: the same tree always gives the same bytes, loads nothing but its own images
 * and asks its {@link Watch} on every step.
 */
final class Engine {
  private static final String PRODUCER = "Postroom";

  static {
    // The library tells its whole inner life on the console.
    XRLog.setLoggingEnabled(false);
  }

  /** What the PDF says about itself. */
  record About(String title, String author, String language, @Nullable LocalDate date) {}

  private final Page page;
  private final Watch watch;

  Engine(Page page, Watch watch) {
    this.page = page;
    this.watch = watch;
  }

  byte[] print(Assets assets, Faces faces, List<Workshop.Font> more, About about)
      throws IOException {
    try (PDDocument pdf = new PDDocument();
        PdfBoxRenderer renderer = builder(pdf, assets).buildPdfRenderer()) {
      fonts(renderer.getFontResolver(), pdf, faces, more);
      bound(renderer);
      renderer.createPDFWithoutClosing();
      watch.now();
      describe(pdf, about);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
      pdf.save(bytes);
      return bytes.toByteArray();
    }
  }

  private PdfRendererBuilder builder(PDDocument pdf, Assets assets) {
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.useFastMode();
    builder.usePDDocument(pdf);
    builder.withProducer(PRODUCER);
    builder.withW3cDocument(page.document(), null);
    assets.restrict(builder);
    builder.useReplacementText("?");
    builder.useNamespaceHandler(handler());
    if (Directions.areMixed(page.said())) {
      builder.useUnicodeBidiSplitter(Directions::new);
      builder.useUnicodeBidiReorderer(new Directions.Order());
    }
    return builder;
  }

  /** Before the typefaces every PDF reader has: those would not be embedded. */
  private static void fonts(
      PdfBoxFontResolver fonts, PDDocument pdf, Faces faces, List<Workshop.Font> more)
      throws IOException {
    for (Faces.Bundled face : Faces.ROBOTO) {
      IdentValue style = face.italic() ? IdentValue.ITALIC : IdentValue.NORMAL;
      font(fonts, pdf, faces.of(face), face.weight(), style);
    }
    for (Workshop.Font font : more) font(fonts, pdf, faces.of(font), 400, IdentValue.NORMAL);
  }

  private static void font(
      PdfBoxFontResolver fonts, PDDocument pdf, TrueTypeFont font, int weight, IdentValue style)
      throws IOException {
    PDFontSupplier loaded = new PDFontSupplier(PDType0Font.load(pdf, font, true));
    fonts.addFont(loaded, "Roboto", weight, style, true, FontGroup.PRE_BUILT_IN_FALLBACK);
  }

  private void bound(PdfBoxRenderer renderer) {
    SharedContext context = renderer.getSharedContext();
    context.setTextRenderer(new BoundedText());
    StyleReference styles = new BoundedStyles(context.getUserAgentCallback());
    styles.setDocumentContext(
        context, context.getNamespaceHandler(), page.document(), new NobodyThere());
    context.setCss(styles);
  }

  private XhtmlNamespaceHandler handler() {
    return new XhtmlNamespaceHandler() {
      @Override
      public String getClass(Element element) {
        watch.check();
        return super.getClass(element);
      }
    };
  }

  private final class BoundedText extends PdfBoxTextRenderer {
    @Override
    public int getWidth(FontContext context, FSFont font, String text) {
      watch.check();
      return super.getWidth(context, font, text);
    }

    @Override
    public void drawString(OutputDevice device, String text, float x, float y) {
      watch.check();
      super.drawString(device, text, x, y);
    }

    @Override
    public void drawString(
        OutputDevice device, String text, float x, float y, JustificationInfo info) {
      watch.check();
      super.drawString(device, text, x, y, info);
    }
  }

  private final class BoundedStyles extends StyleReference {
    BoundedStyles(UserAgentCallback agent) {
      super(agent);
    }

    @Override
    public PageInfo getPageStyle(String name, String pseudoPage) {
      watch.page();
      return super.getPageStyle(name, pseudoPage);
    }
  }

  private static final class NobodyThere implements UserInterface {
    @Override
    public boolean isHover(Element element) {
      return false;
    }

    @Override
    public boolean isActive(Element element) {
      return false;
    }

    @Override
    public boolean isFocus(Element element) {
      return false;
    }

    @Override
    public boolean isMarker(Element element) {
      return false;
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
