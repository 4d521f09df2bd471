package org.postroom.documents.layout;

import com.openhtmltopdf.util.XRLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postroom.access.Accent;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Layout;
import org.postroom.documents.Layouts;
import org.postroom.documents.Printing;

/** The one layout that comes with Postroom; it serves every kind of document. */
public final class BuiltInLayout {
  private static final int WIDTH_WITHOUT_LOGO = 1;

  private final Logos logos = new Logos();
  private final TypefacePool pool = new TypefacePool();
  private final FontShelf shelf;

  static {
    // The library tells its whole inner life on the console.
    XRLog.setLoggingEnabled(false);
  }

  /**
   * @param fontFolders where fonts for further scripts may lie, earlier ones first
   */
  public BuiltInLayout(List<Path> fontFolders) {
    shelf = new FontShelf(fontFolders);
  }

  /** The words the document is titled with: "Invoice INV-2026-0412". */
  public static String title(Document document, Locale language) {
    return kindLabel(document.kind(), language) + " " + document.number();
  }

  /** "Invoice". */
  public static String kindLabel(DocumentKind kind, Locale language) {
    return Wording.in(language).of("kind." + kind.word());
  }

  /** The built-in layouts of a kind, the usual one first. */
  public static List<Layout> variants(DocumentKind kind) {
    List<Layout> all = new ArrayList<>();
    all.add(new Layout(Layouts.BUILT_IN, "Built-in layout", List.of(DocumentKind.values())));
    return List.copyOf(all);
  }

  /** Whether there is such a built-in layout for that kind. */
  public static boolean prints(String layout, DocumentKind kind) {
    return variants(kind).stream().anyMatch(variant -> variant.id().equals(layout));
  }

  /**
   * The finished PDF in one of the {@link #variants}.
   *
   * @param variant id of the layout
   */
  public byte[] pdf(Printing printing, String variant) {
    return pdf(printing.document(), printing.company(), printing.language());
  }

  /** The finished PDF. The same document, company and language give the same bytes. */
  public byte[] pdf(Document document, Company company, Locale language) {
    Optional<Logo> logo = logos.of(company);
    Sheet sheet = Sheet.of(document, company, language, logo.isPresent());
    Typefaces faces = pool.borrow();
    byte[] pdf = print(sheet, logo, faces);
    // Not in a finally: a set that a failed print used is dropped.
    pool.giveBack(faces);
    return pdf;
  }

  private byte[] print(Sheet sheet, Optional<Logo> logo, Typefaces faces) {
    Company company = sheet.company();
    sheet.writeBody();
    List<FontFile> more = shelf.covering(missing(sheet.markup().said(), faces));
    sheet.writeHead(
        Style.css(
            company.paper(),
            Accent.of(company.colour()),
            families(more),
            logo.map(Logo::widthMm).orElse(WIDTH_WITHOUT_LOGO)));
    Assets assets = new Assets(logo.map(Logo::png).orElse(null));
    return Printer.print(sheet.markup(), assets, faces, more, about(sheet));
  }

  private static Printer.About about(Sheet sheet) {
    String author = sheet.parties().sender().name();
    return new Printer.About(
        Texts.clean(sheet.title()),
        Texts.clean(author == null ? sheet.company().name() : author),
        sheet.words().language(),
        sheet.document().issueDate());
  }

  private static String families(List<FontFile> more) {
    return more.stream()
        .map(file -> Printer.family(more, file))
        .collect(Collectors.joining(", ", more.isEmpty() ? "Postroom" : "Postroom, ", ""));
  }

  private static BitSet missing(CharSequence text, Typefaces faces) {
    BitSet missing = new BitSet();
    points(text)
        .filter(point -> point > 0x17f && !Typefaces.bundledHas(faces.regular(), point))
        .filter(point -> !Character.isWhitespace(point))
        .forEach(missing::set);
    return missing;
  }

  /** The characters as they will be drawn. */
  private static IntStream points(CharSequence text) {
    if (!ArabicLetters.isIn(text)) return text.codePoints();
    return IntStream.concat(text.codePoints(), ArabicLetters.join(text.toString()).codePoints());
  }
}
