package org.postroom.documents.layout;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.postroom.documents.press.Strip;
import org.postroom.documents.press.Style;
import org.postroom.documents.press.TextLine;

/**
 * Rows under a header that repeats on every page. Columns are as wide as their widest figure needs;
 * one takes the rest. Rows are laid out one at a time, while pages are filled.
 */
final class Table<R> {
  private static final double MM = Look.MM;
  private static final double GAP = 2.6 * MM;
  private static final double UNIT_GAP = 1.2 * MM;
  private static final double PADDING = 1.15 * MM;
  private static final double BOX = 3.2 * MM;
  private static final double LEAST_REST = 38 * MM;

  /** Tables with many columns are set smaller and closer. */
  private static final double SMALLER = 0.86;

  private static final double CLOSER = 1.9 * MM;

  private final Sheet sheet;
  private final List<R> rows;
  private final List<Column<R>> columns;
  private final Function<R, List<String>> details;
  private final boolean crowded;
  private final double[] widths;
  private final Strip head;

  /**
   * @param details further text below the widest column
   */
  Table(Sheet sheet, List<Column<R>> columns, List<R> rows, Function<R, List<String>> details) {
    this.sheet = sheet;
    this.rows = rows;
    this.columns = columns.stream().filter(column -> column.used(rows)).toList();
    this.details = details;
    double[] usual = widths(false);
    this.crowded = rest(usual, false) < LEAST_REST;
    this.widths = fitted(crowded ? widths(true) : usual);
    this.head = head();
  }

  /**
   * @param keepLast the last row stays with what follows
   */
  Iterator<Strip> strips(boolean keepLast) {
    Iterator<R> left = rows.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return left.hasNext();
      }

      @Override
      public Strip next() {
        Strip strip = row(left.next());
        boolean last = !left.hasNext();
        double tall = strip.height() + PADDING;
        strip.fill(last ? Look.RULE : Look.FAINT, 0, tall, sheet.width(), last ? 0.6 : 0.4);
        if (last && keepLast) strip.keepWithNext();
        return strip.under(head);
      }
    };
  }

  private Strip row(R row) {
    Strip strip = new Strip();
    double x = 0;
    for (int i = 0; i < columns.size(); i++) {
      Column<R> column = columns.get(i);
      double end = cell(strip, column, row, x, widths[i]);
      if (column.takesRest()) {
        for (String detail : details.apply(row)) {
          end = strip.lines(sheet.lines(detail, Look.DETAIL, widths[i]), Look.DETAIL, x, end);
        }
      }
      x += widths[i] + gapAfter(i);
    }
    return strip;
  }

  private double cell(Strip strip, Column<R> column, R row, double x, double width) {
    if (column.sort() == Column.Sort.BOX) {
      strip.box(Look.SOFT, x, PADDING + 0.4 * MM, BOX, 0.7);
      return PADDING + BOX;
    }
    String text = column.text(row);
    if (text.isEmpty()) return PADDING;
    // Larger type sits on the same baseline as the rest of the row.
    Style style = style(column, crowded);
    double top = PADDING - lift(style);
    List<TextLine> lines = sheet.lines(text, style, width);
    if (column.sort() == Column.Sort.TEXT) return strip.lines(lines, style, x, top);
    for (TextLine line : lines) {
      strip.textTo(line, style, x + width, top);
      top += style.lineHeight();
    }
    return top;
  }

  private static double lift(Style style) {
    return style.baseline() - Look.BODY.baseline();
  }

  private Strip head() {
    Strip strip = new Strip();
    double tall = 0;
    for (int i = 0; i < columns.size(); i++) tall = Math.max(tall, headHeight(i));
    double x = 0;
    for (int i = 0; i < columns.size(); i++) {
      double top = tall - headHeight(i);
      boolean right = columns.get(i).sort() == Column.Sort.FIGURE;
      for (TextLine line : words(i)) {
        strip.text(line, Look.LABEL, right ? x + widths[i] - line.width() : x, top);
        top += Look.LABEL.lineHeight();
      }
      x += widths[i] + gapAfter(i);
    }
    return strip.fill(sheet.look().ink(), 0, tall + 1.4 * MM, sheet.width(), 0.9);
  }

  /** A unit stands close to its quantity and needs no word of its own. */
  private double gapAfter(int column) {
    return gapAfter(column, crowded);
  }

  private double gapAfter(int column, boolean small) {
    boolean beforeUnit = column + 1 < columns.size() && columns.get(column + 1).word().isEmpty();
    return beforeUnit ? UNIT_GAP : small ? CLOSER : GAP;
  }

  private List<TextLine> words(int column) {
    return sheet.lines(columns.get(column).word(), Look.LABEL, widths[column]);
  }

  private double headHeight(int column) {
    return words(column).size() * Look.LABEL.lineHeight();
  }

  private static <R> Style style(Column<R> column, boolean crowded) {
    Style style = column.style();
    return crowded ? style.sized(style.size() * SMALLER) : style;
  }

  private double[] widths(boolean small) {
    double[] found = new double[columns.size()];
    for (int i = 0; i < found.length; i++) {
      if (!columns.get(i).takesRest()) found[i] = width(columns.get(i), small);
    }
    return found;
  }

  /** What the others leave for the widest column. */
  private double rest(double[] found, boolean small) {
    double left = sheet.width();
    for (int i = 0; i < found.length; i++) {
      left -= found[i] + (i + 1 < found.length ? gapAfter(i, small) : 0);
    }
    return left;
  }

  /** Where nothing else helps, all columns give way, and their figures wrap. */
  private double[] fitted(double[] found) {
    double left = rest(found, crowded);
    double least = crowded ? LEAST_REST * SMALLER : LEAST_REST;
    if (left < least) {
      double taken = 0;
      for (double width : found) taken += width;
      double share = Math.max(0.1, (taken - (least - left)) / taken);
      for (int i = 0; i < found.length; i++) found[i] *= share;
      left = rest(found, crowded);
    }
    for (int i = 0; i < found.length; i++) if (columns.get(i).takesRest()) found[i] = left;
    return found;
  }

  private double width(Column<R> column, boolean small) {
    double widest = sheet.type().widestWord(column.word(), Look.LABEL);
    Style style = style(column, small);
    for (R row : rows) {
      if (widest >= column.most()) break;
      String text = column.text(row);
      if (!text.isEmpty()) widest = Math.max(widest, sheet.type().width(text, style));
    }
    return Math.clamp(widest + 0.1, small ? 0 : column.least(), column.most());
  }
}
