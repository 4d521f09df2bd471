package org.postroom.documents.press;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.HorizontalMetricsTable;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * One font face with TrueType outlines: which glyph a character has and how wide it is. All that is
 * asked while text is set lies in arrays, so threads share a face.
 */
public final class Face {
  /** Below this, glyphs are looked up in an array: all letters of the bundled typeface. */
  private static final int LOW = 0x2600;

  private final FontProgram program;
  private final CmapLookup characters;
  private final char[] low = new char[LOW];
  private final short[] widths;
  private final String name;
  private final Box box;

  /**
   * Measures in thousandths of the type size, as PDF has them.
   *
   * @param ascent above the baseline
   * @param descent below it, negative
   */
  record Box(int ascent, int descent, int capHeight, int left, int bottom, int right, int top) {}

  private Face(byte[] sfnt, TrueTypeFont font) throws IOException {
    program = new FontProgram(sfnt);
    characters = font.getUnicodeCmapLookup();
    widths = widths(font);
    name = name(font);
    box = box(font);
    for (int point = ' '; point < LOW; point++) low[point] = (char) characters.getGlyphId(point);
  }

  /**
   * @param sfnt a font file with one face
   * @throws UncheckedIOException where it is none
   */
  public static Face of(byte[] sfnt) {
    try (TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(sfnt))) {
      return new Face(sfnt, font);
    } catch (IOException unsound) {
      throw new UncheckedIOException(unsound);
    }
  }

  /** The glyph of a character, 0 where the face has none. */
  int glyph(int point) {
    return point < LOW ? low[point] : characters.getGlyphId(point) & 0xffff;
  }

  /** The advance in thousandths of the type size. */
  int width(int glyph) {
    return widths[glyph];
  }

  int glyphs() {
    return widths.length;
  }

  FontProgram program() {
    return program;
  }

  String name() {
    return name;
  }

  Box box() {
    return box;
  }

  private static short[] widths(TrueTypeFont font) throws IOException {
    HorizontalMetricsTable metrics = font.getHorizontalMetrics();
    double scale = 1000.0 / font.getUnitsPerEm();
    short[] widths = new short[font.getNumberOfGlyphs()];
    for (int glyph = 0; glyph < widths.length; glyph++) {
      widths[glyph] = (short) Math.round(metrics.getAdvanceWidth(glyph) * scale);
    }
    return widths;
  }

  /** Letters and digits only: it becomes a PDF name. */
  private static String name(TrueTypeFont font) throws IOException {
    String name = font.getName() == null ? "" : font.getName().replaceAll("[^A-Za-z0-9-]", "");
    return name.isEmpty() ? "Font" : name.substring(0, Math.min(60, name.length()));
  }

  private static Box box(TrueTypeFont font) throws IOException {
    double scale = 1000.0 / font.getUnitsPerEm();
    var head = font.getHeader();
    var hhea = font.getHorizontalHeader();
    int ascent = scaled(hhea.getAscender(), scale);
    return new Box(
        ascent,
        scaled(hhea.getDescender(), scale),
        Math.min(ascent, 711),
        scaled(head.getXMin(), scale),
        scaled(head.getYMin(), scale),
        scaled(head.getXMax(), scale),
        scaled(head.getYMax(), scale));
  }

  private static int scaled(int units, double scale) {
    return (int) Math.round(units * scale);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s (%d glyphs)", name, widths.length);
  }
}
