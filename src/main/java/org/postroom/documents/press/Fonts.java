package org.postroom.documents.press;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/** The fonts of one document, and what of them it uses. For one thread. */
public final class Fonts {
  static final int REGULAR = 0;
  static final int BOLD = 1;

  private static final int NO_GLYPH = '?';

  private final TypeCase typeCase;
  private final Face[] faces;
  private final int[] alphabets = new int[2];
  private final boolean[] used;
  private final List<TreeMap<Integer, String>> meanings = new ArrayList<>();
  private final BitSet missing = new BitSet();

  Fonts(TypeCase typeCase, List<Face> further) {
    this.typeCase = typeCase;
    faces = new Face[2 + further.size()];
    faces[REGULAR] = typeCase.regular();
    faces[BOLD] = typeCase.bold();
    for (int i = 0; i < further.size(); i++) {
      faces[2 + i] = further.get(i);
      meanings.add(new TreeMap<>());
    }
    used = new boolean[faces.length];
  }

  /** Characters that were asked for and that none of these fonts has. */
  public BitSet missing() {
    return missing;
  }

  Face face(int font) {
    return faces[font];
  }

  /** The font for a character: the bundled one, else the first that has it. */
  int choose(int point, boolean bold) {
    if (faces[REGULAR].glyph(point) != 0) return bold ? BOLD : REGULAR;
    for (int font = 2; font < faces.length; font++) if (faces[font].glyph(point) != 0) return font;
    missing.set(point);
    return bold ? BOLD : REGULAR;
  }

  /**
   * The character's glyph in a font that {@link #choose} gave; a question mark where it has none.
   */
  char glyph(int font, int point) {
    used[font] = true;
    int glyph = faces[font].glyph(point);
    if (font < 2) {
      alphabets[font] |= glyph == 0 ? Alphabet.bit(NO_GLYPH) : Alphabet.bit(point);
      return (char) (glyph == 0 ? faces[font].glyph(NO_GLYPH) : glyph);
    }
    meanings.get(font - 2).putIfAbsent(glyph, meaning(point));
    return (char) glyph;
  }

  /** For text known to be in the bundled typeface. */
  void use(int font, int alphabetBits) {
    used[font] = true;
    alphabets[font] |= alphabetBits;
  }

  /** Writes the fonts in use and returns the resource entry that names them. */
  String writeTo(PdfFile file) {
    StringBuilder entry = new StringBuilder("/Font<<");
    for (int font = 0; font < faces.length; font++) {
      if (!used[font]) continue;
      entry.append("/F").append(font).append(' ');
      entry.append(embedded(font).writeTo(file)).append(" 0 R");
    }
    return entry.append(">>").toString();
  }

  private EmbeddedFont embedded(int font) {
    if (font == REGULAR) return typeCase.regular(alphabets[font]);
    if (font == BOLD) return typeCase.bold(alphabets[font]);
    return EmbeddedFont.of(faces[font], meanings.get(font - 2));
  }

  /** Joined Arabic letters mean the letter; ligatures stay, their order depends on the reader. */
  private static String meaning(int point) {
    String drawn = Character.toString(point);
    if (point < 0xfb50 || point > 0xfefc) return drawn;
    String letter = Normalizer.normalize(drawn, Normalizer.Form.NFKC);
    return letter.length() == 1 ? letter : drawn;
  }
}
