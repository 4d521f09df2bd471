package org.postroom.documents.press;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Breaks text into lines and lines into glyphs. */
public final class Typesetter {
  private final Fonts fonts;
  private final MixedText mixed;

  public Typesetter(Fonts fonts) {
    this.fonts = fonts;
    this.mixed = new MixedText(fonts);
  }

  /**
   * The text in lines no wider than {@code width}. Words that are wider break anywhere.
   *
   * @param width in points
   */
  public List<TextLine> lines(String text, Style style, double width) {
    String clean = Texts.clean(text);
    List<TextLine> lines = new ArrayList<>(1);
    if (clean.indexOf('\n') < 0) {
      paragraph(clean, style, width, lines);
    } else {
      for (String part : clean.strip().split("\n", -1)) paragraph(part, style, width, lines);
    }
    return lines;
  }

  /** The text in one line, however wide. */
  public TextLine line(String text, Style style) {
    String clean = Texts.clean(text).replace('\n', ' ');
    return isPlain(clean)
        ? plain(clean, 0, clean.length(), style)
        : mixed.lines(clean, style, Double.MAX_VALUE).getFirst();
  }

  /** How wide the text is in one line. */
  public double width(String text, Style style) {
    int width = 0;
    if (!isPlain(text)) return line(text, style).width();
    Face face = fonts.face(font(style));
    for (int i = 0; i < text.length(); i++) width += face.width(face.glyph(text.charAt(i)));
    return width * style.size() / 1000;
  }

  /** How wide the widest word of the text is. */
  public double widestWord(String text, Style style) {
    double widest = 0;
    for (String word : text.split(" ", -1)) widest = Math.max(widest, width(word, style));
    return widest;
  }

  private void paragraph(String text, Style style, double width, List<TextLine> lines) {
    if (isPlain(text)) {
      wrap(text, style, (int) (width * 1000 / style.size()), lines);
    } else {
      lines.addAll(mixed.lines(text, style, width));
    }
  }

  /** Left to right, in the bundled typeface, broken at spaces and after hyphens. */
  private void wrap(String text, Style style, int limit, List<TextLine> lines) {
    Face face = fonts.face(font(style));
    int start = 0;
    int breakAt = 0;
    int width = 0;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      int advance = face.width(face.glyph(letter));
      while (width + advance > limit && i > start && letter != ' ') {
        int end = breakAt > start ? breakAt : i;
        lines.add(plain(text, start, end, style));
        start = skipSpaces(text, end, i);
        width = measured(face, text, start, i);
      }
      width += advance;
      if (letter == ' ' || breaksAfter(text, i)) breakAt = i + 1;
    }
    lines.add(plain(text, start, text.length(), style));
  }

  private static boolean breaksAfter(String text, int i) {
    return text.charAt(i) == '-'
        && i > 0
        && i + 1 < text.length()
        && Character.isLetter(text.charAt(i - 1))
        && Character.isLetter(text.charAt(i + 1));
  }

  private static int skipSpaces(String text, int from, int to) {
    int at = from;
    while (at < to && text.charAt(at) == ' ') at++;
    return at;
  }

  private static int measured(Face face, String text, int from, int to) {
    int width = 0;
    for (int i = from; i < to; i++) width += face.width(face.glyph(text.charAt(i)));
    return width;
  }

  private TextLine plain(String text, int from, int to, Style style) {
    int end = to;
    while (end > from && text.charAt(end - 1) == ' ') end--;
    if (end == from) return new TextLine(List.of(), 0);
    int font = font(style);
    Face face = fonts.face(font);
    char[] glyphs = new char[end - from];
    int width = 0;
    int alphabets = 0;
    for (int i = from; i < end; i++) {
      char letter = text.charAt(i);
      int glyph = face.glyph(letter);
      glyphs[i - from] = (char) glyph;
      width += face.width(glyph);
      alphabets |= Alphabet.bit(letter);
    }
    fonts.use(font, alphabets);
    return new TextLine(Arrays.asList(new Run(font, glyphs, width)), width * style.size() / 1000);
  }

  /** Whether all of it is in the bundled typeface and runs from left to right. */
  private boolean isPlain(String text) {
    Face face = fonts.face(Fonts.REGULAR);
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      boolean simple = letter < 0x590 || (letter >= 0x1e00 && letter < 0x2600);
      if (!simple || face.glyph(letter) == 0) return false;
    }
    return true;
  }

  private static int font(Style style) {
    return style.bold() ? Fonts.BOLD : Fonts.REGULAR;
  }
}
