package org.postroom.documents.layout;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.press.ArabicLetters;
import org.postroom.documents.press.Texts;

/** What a company's own layouts share with the built-in ones: fonts, scripts, words, the code. */
public final class Workshop {
  private static final int DOTS = 8;
  private final FontShelf shelf;

  /** A font of this machine: one face of a file. */
  public record Font(Path path, int index) {}

  /**
   * @param fontFolders where fonts for further scripts may lie, earlier ones first
   */
  public Workshop(List<Path> fontFolders) {
    shelf = new FontShelf(fontFolders);
  }

  /** The fewest fonts of this machine that have these characters. */
  public List<Font> fonts(BitSet characters) {
    return shelf.covering(characters).stream()
        .map(file -> new Font(file.path(), file.index()))
        .toList();
  }

  /** Without what has no place on paper. */
  public static String clean(String text) {
    return Texts.clean(text);
  }

  public static boolean startsRightToLeft(String text) {
    return Directions.startRightToLeft(text);
  }

  /** With Arabic letters joined, in the order they are read. */
  public static String join(String text) {
    return ArabicLetters.join(text);
  }

  /** The characters of the text as they will be drawn. */
  public static IntStream drawn(CharSequence text) {
    if (!ArabicLetters.isIn(text)) return text.codePoints();
    return IntStream.concat(text.codePoints(), join(text.toString()).codePoints());
  }

  /** All printed words of a language; what it lacks is English. */
  public static Map<String, String> words(Locale language) {
    return Wording.in(language).all();
  }

  /** The language of those words: the one asked for, else English. */
  public static String language(Locale language) {
    return Wording.in(language).language();
  }

  /** Who writes, to whom, and where the goods go. */
  public static List<Document.Party> parties(Document document, Company company) {
    Parties parties = Parties.of(document, company);
    return java.util.stream.Stream.of(parties.sender(), parties.addressee(), parties.deliverTo())
        .map(party -> Objects.requireNonNullElse(party, NOBODY))
        .toList();
  }

  private static final Document.Party NOBODY =
      new Document.Party(null, List.of(), null, null, null, null, List.of());

  /** The "scan to pay" code as a PNG; empty where the standard has none for this payment. */
  public static Optional<byte[]> code(Document document, Company company) {
    if (!document.kind().asksForPayment()) return Optional.empty();
    Document.PaymentTerms terms = document.payment();
    boolean own = terms.iban() != null;
    return EpcCode.payload(
            new EpcCode.Transfer(
                Objects.requireNonNullElse(terms.accountName(), company.name()),
                own ? terms.iban() : company.iban(),
                own ? terms.bic() : company.bic(),
                document.currency(),
                document.amountDue(),
                Objects.requireNonNullElse(terms.reference(), document.number())))
        .map(Workshop::picture);
  }

  private static byte[] picture(String payload) {
    var modules = EpcCode.modules(payload);
    int side = modules.getWidth() * DOTS;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < side; y++)
      for (int x = 0; x < side; x++)
        image.setRGB(x, y, modules.get(x / DOTS, y / DOTS) == 1 ? 0x000000 : 0xffffff);
    try {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(image, "png", png);
      return png.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
