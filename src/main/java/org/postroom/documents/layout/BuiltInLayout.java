package org.postroom.documents.layout;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Layout;
import org.postroom.documents.Layouts;
import org.postroom.documents.Printing;
import org.postroom.documents.press.About;
import org.postroom.documents.press.Fonts;
import org.postroom.documents.press.Pages;
import org.postroom.documents.press.Picture;
import org.postroom.documents.press.Texts;
import org.postroom.documents.press.TypeCase;
import org.postroom.documents.press.Typesetter;

/** The layouts that come with Postroom; one design, fitted to each kind of document. */
public final class BuiltInLayout {
  private static final String PRODUCER = "Postroom";

  private final Logos logos = new Logos();
  private final TypeCase typeCase;

  /**
   * @param fontFolders where fonts for further scripts may lie, earlier ones first
   */
  public BuiltInLayout(List<Path> fontFolders) {
    typeCase = FurtherFaces.typeCase(new FontShelf(fontFolders));
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
    return Arrays.stream(Variant.values())
        .filter(variant -> variant.prints(kind))
        .map(Variant::layout)
        .toList();
  }

  /** Whether there is such a built-in layout for that kind. */
  public static boolean prints(String layout, DocumentKind kind) {
    return Variant.of(layout).filter(variant -> variant.prints(kind)).isPresent();
  }

  /** The finished PDF. The same document, company and language give the same bytes. */
  public byte[] pdf(Document document, Company company, Locale language) {
    return pdf(new Printing(document, List.of(), company, null, language, null), Layouts.BUILT_IN);
  }

  /**
   * The finished PDF in one of the {@link #variants}. The same input gives the same bytes.
   *
   * @param variant id of the layout; one that is none of them is the usual one
   */
  public byte[] pdf(Printing printing, String variant) {
    Optional<Picture> logo = logos.of(printing.company());
    Variant chosen = Variant.of(variant).orElse(Variant.USUAL);
    Fonts plain = typeCase.fonts();
    byte[] pdf = print(printing, chosen, logo, plain);
    BitSet missing = plain.missing();
    // Most documents need no other fonts; those that do are laid out once more, with them.
    return missing.isEmpty() ? pdf : print(printing, chosen, logo, typeCase.fonts(missing));
  }

  private static byte[] print(
      Printing printing, Variant variant, Optional<Picture> logo, Fonts fonts) {
    Sheet sheet = Sheet.of(printing, variant, logo, new Typesetter(fonts));
    Foot foot = new Foot(sheet);
    Pages pages = new Pages(sheet.look().frame(foot.height()), fonts, foot);
    pages.place(Composition.of(sheet));
    return pages.finish(about(sheet), logo.orElse(null));
  }

  private static About about(Sheet sheet) {
    String author = sheet.parties().sender().name();
    return new About(
        Texts.clean(sheet.title()).replace('\n', ' '),
        Texts.clean(author == null ? sheet.company().name() : author).replace('\n', ' '),
        PRODUCER,
        sheet.words().language(),
        sheet.document().issueDate());
  }
}
