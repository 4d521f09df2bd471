package org.postroom.documents;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.postroom.access.Company;
import org.postroom.db.Settings;
import org.postroom.documents.layout.BuiltInLayout;
import org.springframework.stereotype.Service;

/** Makes PDFs of documents. Safe to use from many threads at once. */
@Service
public class Layouts {
  /** The layout that is always there. */
  public static final String BUILT_IN = "built-in";

  private static final Path SYSTEM_FONTS = Path.of("/usr/share/fonts");
  private static final int LONGEST_NAME = 120;

  private final BuiltInLayout builtIn;

  public Layouts(Settings settings) {
    builtIn = new BuiltInLayout(List.of(settings.home().resolve("fonts"), SYSTEM_FONTS));
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
