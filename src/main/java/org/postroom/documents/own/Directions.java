package org.postroom.documents.own;

import com.openhtmltopdf.bidi.BidiReorderer;
import com.openhtmltopdf.bidi.BidiSplitter;
import com.openhtmltopdf.bidi.BidiTextRun;
import java.text.Bidi;
import org.postroom.documents.layout.Workshop;

/** Text that runs both ways (Unicode UAX 9), by what the JDK knows of it. */
final class Directions implements BidiSplitter {
  private Bidi paragraph = new Bidi("", Bidi.DIRECTION_LEFT_TO_RIGHT);

  @Override
  public void setParagraph(String text, byte direction) {
    int base =
        direction == RTL ? Bidi.DIRECTION_RIGHT_TO_LEFT : Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT;
    paragraph = new Bidi(text, base);
  }

  @Override
  public int countTextRuns() {
    // The engine asks for a run at every place, even in an empty paragraph.
    return Math.max(1, paragraph.getRunCount());
  }

  @Override
  public BidiTextRun getVisualRun(int index) {
    if (paragraph.getLength() == 0) return new BidiTextRun(0, 0, LTR);
    int start = paragraph.getRunStart(index);
    boolean leftToRight = paragraph.getRunLevel(index) % 2 == 0;
    return new BidiTextRun(start, paragraph.getRunLimit(index) - start, leftToRight ? LTR : RTL);
  }

  @Override
  public byte getBaseDirection(String text) {
    return new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight() ? LTR : RTL;
  }

  /** Whether any of it runs from right to left, so that all this is needed at all. */
  static boolean areMixed(CharSequence text) {
    char[] letters = text.toString().toCharArray();
    return Bidi.requiresBidi(letters, 0, letters.length);
  }

  /** Joins a run's letters and turns it into the order of drawing. */
  static final class Order implements BidiReorderer {
    private static final String MIRRORED = "()[]{}<>«»‹›";

    @Override
    public String reorderRTLTextToLTR(String text) {
      StringBuilder turned = new StringBuilder(text).reverse();
      for (int i = 0; i < turned.length(); i++) {
        int pair = MIRRORED.indexOf(turned.charAt(i));
        if (pair >= 0) turned.setCharAt(i, MIRRORED.charAt(pair ^ 1));
      }
      return turned.toString();
    }

    @Override
    public String shapeText(String text) {
      return Workshop.join(text);
    }

    @Override
    public String deshapeText(String text) {
      return text;
    }

    @Override
    public boolean isLiveImplementation() {
      return true;
    }
  }
}
