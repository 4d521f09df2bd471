package org.postroom.documents.press;

/**
 * How text is set.
 *
 * @param size of the type in points
 * @param leading height of a line as a multiple of the size
 * @param colour 0xrrggbb
 */
public record Style(boolean bold, double size, double leading, int colour) {

  public Style bolder() {
    return new Style(true, size, leading, colour);
  }

  public Style in(int other) {
    return new Style(bold, size, leading, other);
  }

  public Style sized(double other) {
    return new Style(bold, other, leading, colour);
  }

  public double lineHeight() {
    return size * leading;
  }

  /** From the top of a line to its baseline, for the bundled typeface. */
  public double baseline() {
    return (lineHeight() - 1.172 * size) / 2 + 0.928 * size;
  }
}
