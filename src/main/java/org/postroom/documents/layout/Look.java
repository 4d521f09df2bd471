package org.postroom.documents.layout;

import org.postroom.access.Accent;
import org.postroom.access.Company.Paper;
import org.postroom.documents.press.Frame;
import org.postroom.documents.press.Style;

/**
 * The one design: type sizes, colours and measures, fitted to the paper and the company's colour.
 * Measures are points.
 *
 * @param ink the company's colour, dark enough to read
 * @param tint the same, light enough to stand behind text
 * @param brand height of the brand strip, which puts the address into the envelope's window
 * @param address width of the window
 */
record Look(Paper paper, int ink, int tint, double brand, double address) {
  static final double MM = 72 / 25.4;
  static final int TEXT = 0x1c2430;
  static final int SOFT = 0x475467;
  static final int QUIET = 0x667085;
  static final int RULE = 0x98a2b3;
  static final int FAINT = 0xe4e7ec;

  static final Style BODY = new Style(false, 9, 1.4, TEXT);
  static final Style STRONG = BODY.bolder();
  static final Style MUTED = BODY.in(QUIET);
  static final Style DETAIL = new Style(false, 8, 1.35, QUIET);
  static final Style LABEL = new Style(false, 7.5, 1.35, QUIET);
  static final Style SMALL = new Style(false, 6.5, 1.3, QUIET);
  static final Style FOOT = new Style(false, 7, 1.5, QUIET);
  static final Style ADDRESS = new Style(false, 10, 1.4, TEXT);

  private static final double SIDE = 20 * MM;
  private static final double FOOT_GAP = 4 * MM;
  private static final double LEAST_BOTTOM = 33 * MM;
  private static final double MOST_BOTTOM = 110 * MM;
  private static final double BELOW_FOOT = 8 * MM;

  static Look of(Paper paper, String colour) {
    Accent accent = Accent.of(colour);
    boolean a4 = paper == Paper.A4;
    return new Look(
        paper, rgb(accent.ink()), rgb(accent.tint()), (a4 ? 32 : 35) * MM, (a4 ? 85 : 88) * MM);
  }

  Style title() {
    return new Style(true, 19, 1.2, TEXT);
  }

  Style brandName() {
    return new Style(true, 17, 1.2, ink);
  }

  Style heading() {
    return STRONG.in(ink);
  }

  /** Left margin: where a window envelope expects the address. */
  Frame frame(double footHeight) {
    double left = (paper == Paper.A4 ? 25 : 22) * MM;
    double bottom = Math.clamp(FOOT_GAP + footHeight + BELOW_FOOT, LEAST_BOTTOM, MOST_BOTTOM);
    double top = 13 * MM;
    return paper == Paper.A4
        ? new Frame(595.276, 841.89, left, SIDE, top, 22 * MM, 12 * MM, bottom, FOOT_GAP)
        : new Frame(612, 792, left, SIDE, top, 22 * MM, 12 * MM, bottom, FOOT_GAP);
  }

  double width() {
    return frame(0).width();
  }

  private static int rgb(String colour) {
    return Integer.parseInt(colour.substring(1), 16);
  }
}
