package org.postroom.documents.press;

import java.text.Bidi;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Text in any script: lines break where the JDK's rules for the script allow it (UAX 14), letters
 * of Arabic join, and what runs from right to left stands in the order of drawing (UAX 9).
 */
final class MixedText {
  private static final String MIRRORED = "()[]{}<>«»‹›";
  private static final int MOST_UNITS = Integer.MAX_VALUE / 4;

  private final Fonts fonts;

  MixedText(Fonts fonts) {
    this.fonts = fonts;
  }

  List<TextLine> lines(String text, Style style, double width) {
    String drawn = ArabicLetters.join(text);
    Bidi directions = new Bidi(drawn, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
    BitSet breaks = breaks(drawn);
    int limit = (int) Math.min(MOST_UNITS, width * 1000 / style.size());
    List<TextLine> lines = new ArrayList<>();
    int start = 0;
    int breakAt = 0;
    int used = 0;
    for (int i = 0; i < drawn.length(); i += Character.charCount(drawn.codePointAt(i))) {
      int point = drawn.codePointAt(i);
      if (breaks.get(i)) breakAt = i;
      int advance = advance(point, style);
      while (used + advance > limit && i > start && point != ' ') {
        int end = breakAt > start ? breakAt : i;
        lines.add(line(drawn, start, end, directions, style));
        start = end;
        used = 0;
        for (int j = start; j < i; j += Character.charCount(drawn.codePointAt(j))) {
          used += advance(drawn.codePointAt(j), style);
        }
      }
      used += advance;
    }
    lines.add(line(drawn, start, drawn.length(), directions, style));
    return lines;
  }

  private static BitSet breaks(String text) {
    BreakIterator places = BreakIterator.getLineInstance(Locale.ROOT);
    places.setText(text);
    BitSet breaks = new BitSet();
    for (int at = places.first(); at != BreakIterator.DONE; at = places.next()) breaks.set(at);
    return breaks;
  }

  private int advance(int point, Style style) {
    if (isJoiner(point)) return 0;
    int font = fonts.choose(point, style.bold());
    return fonts.face(font).width(fonts.glyph(font, point));
  }

  private TextLine line(String text, int from, int to, Bidi directions, Style style) {
    int end = to;
    while (end > from && text.charAt(end - 1) == ' ') end--;
    if (end == from) return new TextLine(List.of(), 0);
    String visual =
        directions.isLeftToRight()
            ? text.substring(from, end)
            : turned(text, from, end, directions);
    List<Run> runs = runs(visual, style);
    int width = 0;
    for (Run run : runs) width += run.width();
    return new TextLine(runs, width * style.size() / 1000);
  }

  /** The line's runs from left to right, each in the order of drawing. */
  private static String turned(String text, int from, int to, Bidi directions) {
    Bidi line = directions.createLineBidi(from, to);
    int count = line.getRunCount();
    byte[] levels = new byte[count];
    Integer[] order = new Integer[count];
    for (int i = 0; i < count; i++) {
      levels[i] = (byte) line.getRunLevel(i);
      order[i] = i;
    }
    Bidi.reorderVisually(levels, 0, order, 0, count);
    StringBuilder visual = new StringBuilder(to - from);
    for (int run : order) {
      String part = text.substring(from + line.getRunStart(run), from + line.getRunLimit(run));
      visual.append(line.getRunLevel(run) % 2 == 0 ? part : reversed(part));
    }
    return visual.toString();
  }

  private static String reversed(String text) {
    StringBuilder turned = new StringBuilder(text).reverse();
    for (int i = 0; i < turned.length(); i++) {
      int pair = MIRRORED.indexOf(turned.charAt(i));
      if (pair >= 0) turned.setCharAt(i, MIRRORED.charAt(pair ^ 1));
    }
    return turned.toString();
  }

  private List<Run> runs(String visual, Style style) {
    List<Run> runs = new ArrayList<>();
    char[] glyphs = new char[visual.length()];
    int count = 0;
    int width = 0;
    int current = -1;
    for (int i = 0; i < visual.length(); i += Character.charCount(visual.codePointAt(i))) {
      int point = visual.codePointAt(i);
      if (isJoiner(point)) continue;
      int font = fonts.choose(point, style.bold());
      if (font != current && count > 0) {
        runs.add(new Run(current, Arrays.copyOf(glyphs, count), width));
        count = 0;
        width = 0;
      }
      current = font;
      glyphs[count] = fonts.glyph(font, point);
      width += fonts.face(font).width(glyphs[count++]);
    }
    if (count > 0) runs.add(new Run(current, Arrays.copyOf(glyphs, count), width));
    return runs;
  }

  /** Joiners shape words and are not drawn. */
  private static boolean isJoiner(int point) {
    return point == 0x200c || point == 0x200d;
  }
}
