package org.postroom.documents.press;

/**
 * A sheet and the frame on it that text fills, in points.
 *
 * @param left margin
 * @param right margin
 * @param firstTop margin of the first page
 * @param top margin of the others
 * @param runner from the top of a sheet to what runs above the frame, from the second page
 * @param bottom margin
 * @param foot from the end of the frame to what stands below it
 */
public record Frame(
    double sheetWidth,
    double sheetHeight,
    double left,
    double right,
    double firstTop,
    double top,
    double runner,
    double bottom,
    double foot) {

  public double width() {
    return sheetWidth - left - right;
  }

  double end() {
    return sheetHeight - bottom;
  }
}
