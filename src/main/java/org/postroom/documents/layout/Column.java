package org.postroom.documents.layout;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.press.Style;

/**
 * One column of a table: its word, how it is set, and what it shows of a row.
 *
 * @param least width in points
 * @param most width in points; 0: what the others leave
 */
record Column<R>(
    String word,
    Sort sort,
    Style style,
    double least,
    double most,
    Function<R, @Nullable String> of) {

  enum Sort {
    TEXT,
    /** Set to the right. */
    FIGURE,
    /** An empty box to tick. */
    BOX
  }

  static <R> Column<R> rest(String word, Function<R, @Nullable String> of) {
    return new Column<>(word, Sort.TEXT, Look.BODY, 0, 0, of);
  }

  static <R> Column<R> key(
      String word, double least, double most, Function<R, @Nullable String> of) {
    return new Column<>(word, Sort.TEXT, Look.MUTED, least * Look.MM, most * Look.MM, of);
  }

  static <R> Column<R> figure(
      String word, double least, double most, Function<R, @Nullable String> of) {
    return new Column<>(word, Sort.FIGURE, Look.BODY, least * Look.MM, most * Look.MM, of);
  }

  static <R> Column<R> box(String word) {
    return new Column<>(word, Sort.BOX, Look.BODY, 7 * Look.MM, 12 * Look.MM, row -> "");
  }

  Column<R> in(Style other) {
    return new Column<>(word, sort, other, least, most, of);
  }

  boolean takesRest() {
    return most == 0;
  }

  String text(R row) {
    String text = of.apply(row);
    return text == null ? "" : text;
  }

  /** Columns of text are always there, others when some row has something to show. */
  boolean used(Iterable<R> rows) {
    if (takesRest() || sort == Sort.BOX) return true;
    for (R row : rows) if (!text(row).isEmpty()) return true;
    return false;
  }
}
