package org.postroom.documents;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.db.Settings;
import org.postroom.documents.layout.BuiltInLayout;
import org.postroom.http.Problem;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/** Makes PDFs of documents. Safe to use from many threads at once. */
@Service
public class Layouts {
  /** The layout that is always there. */
  public static final String BUILT_IN = "built-in";

  private static final Path SYSTEM_FONTS = Path.of("/usr/share/fonts");
  private static final int LONGEST_NAME = 120;

  private final BuiltInLayout builtIn;
  private final @Nullable OwnLayouts own;
  private final @Nullable Finishing finishing;

  @Autowired
  public Layouts(Settings settings, @Nullable OwnLayouts own, @Nullable Finishing finishing) {
    this.own = own;
    this.finishing = finishing;
    builtIn = new BuiltInLayout(List.of(settings.home().resolve("fonts"), SYSTEM_FONTS));
  }

  /** The built-in ones alone, as they themselves make them: for samples and measurements. */
  public Layouts(Settings settings) {
    this(settings, null, null);
  }

  /**
   * The document as its company prints it.
   *
   * @param language of the printed words, dates and figures; words of a language that is not there
   *     are English
   */
  public Rendered render(Document document, Company company, Locale language) {
    byte[] pdf = builtIn.pdf(document, company, language);
    return new Rendered(pdf, filename(document, language), BUILT_IN);
  }

  /**
   * The document as the wished layout prints it.
   *
   * @throws Problem 422 at {@code /layout} where there is no such layout
   */
  public Rendered print(Printing printing) {
    String layout = printing.layout() == null ? BUILT_IN : printing.layout();
    String filename = filename(printing.document(), printing.language());
    Rendered rendered = new Rendered(pdf(printing, layout), filename, layout);
    return finishing == null ? rendered : finishing.finish(printing, rendered);
  }

  private byte[] pdf(Printing printing, String layout) {
    if (own != null && layout.startsWith(OwnLayout.PREFIX)) return own.print(printing, layout);
    if (!BuiltInLayout.prints(layout, printing.document().kind()))
      throw Problem.invalid("/layout", "unknown_layout", "There is no layout “" + layout + "”.");
    return builtIn.pdf(printing, layout);
  }

  /** The layouts a company may choose for a kind, the built-in ones first. */
  public List<Layout> list(String company, DocumentKind kind) {
    List<Layout> all = new ArrayList<>(BuiltInLayout.variants(kind));
    if (own != null)
      own.list(company).stream()
          .filter(layout -> layout.active() && layout.kinds().contains(kind))
          .map(OwnLayout::choice)
          .forEach(all::add);
    return List.copyOf(all);
  }

  /** A layout of either sort, also one that is switched off. */
  public Optional<Layout> find(String company, String id) {
    if (own != null && id.startsWith(OwnLayout.PREFIX))
      return own.find(company, id).map(OwnLayout::choice);
    return builtIn().stream().filter(layout -> layout.id().equals(id)).findFirst();
  }

  /** All built-in ones, each once. */
  public static List<Layout> builtIn() {
    return Arrays.stream(DocumentKind.values())
        .flatMap(kind -> BuiltInLayout.variants(kind).stream())
        .collect(
            Collectors.toMap(Layout::id, layout -> layout, (one, same) -> one, LinkedHashMap::new))
        .values()
        .stream()
        .toList();
  }

  /** What the PDF of the document is called, such as {@code Invoice INV-2026-0412.pdf}. */
  public static String filename(Document document, Locale language) {
    return filename(BuiltInLayout.title(document, language));
  }

  /** What a kind of document is called on paper: "Invoice", "Rechnung". */
  public static String kindLabel(DocumentKind kind, Locale language) {
    return BuiltInLayout.kindLabel(kind, language);
  }

  /** Letters, digits and what is harmless in file names everywhere; the rest becomes a dash. */
  static String filename(String title) {
    String name =
        title
            .replaceAll("[^\\p{L}\\p{M}\\p{N} ._()#+-]+", "-")
            .replaceAll("\\s+", " ")
            .replaceAll("\\.{2,}", ".")
            .strip();
    if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
      name = name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
    }
    name = name.replaceAll("^[. -]+|[. -]+$", "");
    return (name.isEmpty() ? "Document" : name) + ".pdf";
  }
}
