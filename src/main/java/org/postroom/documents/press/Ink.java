package org.postroom.documents.press;

/**
 * Writes what is drawn on one page (ISO 32000-1, 8 and 9). Places are points from the top left
 * corner of the sheet; PDF counts from the bottom.
 */
final class Ink {
  private static final double BOLDER = 0.03;

  private final Bytes out = new Bytes(8 * 1024);
  private final double sheetHeight;
  private int colour = -1;
  private int font = -1;
  private double size;
  private boolean inText;

  Ink(double sheetHeight) {
    this.sheetHeight = sheetHeight;
  }

  /** Writes a line of text whose baseline starts there. */
  void text(TextLine line, Style style, double x, double baseline) {
    double at = x;
    for (Run run : line.runs()) {
      run(run, style, at, baseline);
      at += run.width() * style.size() / 1000;
    }
  }

  void fill(int rgb, double x, double top, double width, double height) {
    leaveText();
    colour(rgb);
    out.number(x).add(' ').number(sheetHeight - top - height).add(' ');
    out.number(width).add(' ').number(height).add(" re f\n");
  }

  /**
   * Many bars as one shape.
   *
   * @param bars x, y, width, height in turn, in units from the top left
   */
  void bars(int rgb, double x, double top, double unit, int[] bars) {
    leaveText();
    colour(rgb);
    out.add("q ").number(unit).add(" 0 0 -").number(unit).add(' ');
    out.number(x).add(' ').number(sheetHeight - top).add(" cm\n");
    for (int i = 0; i < bars.length; i++) {
      out.number(bars[i]).add(i % 4 == 3 ? " re\n" : " ");
    }
    out.add("f Q\n");
  }

  /** The picture of that number among the page's resources. */
  void picture(int number, double x, double top, double width, double height) {
    leaveText();
    out.add("q ").number(width).add(" 0 0 ").number(height).add(' ');
    out.number(x).add(' ').number(sheetHeight - top - height).add(" cm /I").number(number);
    out.add(" Do Q\n");
  }

  boolean isEmpty() {
    return out.size() == 0;
  }

  byte[] deflated() {
    leaveText();
    return Deflated.quickly(out.array(), out.size());
  }

  Bytes content() {
    leaveText();
    return out;
  }

  /** Starts a page anew. */
  void clear() {
    out.clear();
    colour = -1;
    font = -1;
    inText = false;
  }

  private void run(Run run, Style style, double x, double baseline) {
    if (!inText) out.add("BT\n");
    inText = true;
    colour(style.colour());
    font(run.font(), style.size());
    boolean thicken = style.bold() && run.font() > Fonts.BOLD;
    if (thicken) thicken(style);
    out.add("1 0 0 1 ").number(x).add(' ').number(sheetHeight - baseline).add(" Tm(");
    for (char glyph : run.glyphs()) {
      half(glyph >> 8);
      half(glyph & 0xff);
    }
    out.add(thicken ? ")Tj 0 Tr\n" : ")Tj\n");
  }

  /** Further fonts come in one weight; an outline makes it bold. */
  private void thicken(Style style) {
    channels(style.colour()).add(" RG ").number(style.size() * BOLDER).add(" w 2 Tr ");
  }

  private void font(int wished, double wishedSize) {
    if (font == wished && Double.compare(size, wishedSize) == 0) return;
    font = wished;
    size = wishedSize;
    out.add("/F").number(font).add(' ').number(size).add(" Tf ");
  }

  /** One half of a code inside a literal string (ISO 32000-1, 7.3.4.2). */
  private void half(int value) {
    switch (value) {
      case '(', ')', '\\' -> out.add('\\').add(value);
      case '\r' -> out.add("\\r");
      default -> out.add(value);
    }
  }

  private void colour(int rgb) {
    if (colour == rgb) return;
    colour = rgb;
    channels(rgb).add(" rg ");
  }

  private Bytes channels(int rgb) {
    channel(rgb >> 16);
    out.add(' ');
    channel(rgb >> 8);
    out.add(' ');
    return channel(rgb);
  }

  /** 0 to 1, with three decimals. */
  private Bytes channel(int value) {
    int thousandths = ((value & 0xff) * 1000 + 127) / 255;
    if (thousandths == 0 || thousandths == 1000) return out.add(thousandths == 0 ? '0' : '1');
    return out.add('.')
        .add('0' + thousandths / 100)
        .add('0' + thousandths / 10 % 10)
        .add('0' + thousandths % 10);
  }

  private void leaveText() {
    if (inText) out.add("ET\n");
    inText = false;
  }
}
