package org.postroom.documents.layout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.press.Strip;
import org.postroom.documents.press.TextLine;

/** Words and their values below each other: "Due date 2 December 2026". */
final class Pairs {
  private record Pair(String word, String value) {}

  private final Sheet sheet;
  private final List<Pair> pairs = new ArrayList<>();

  Pairs(Sheet sheet) {
    this.sheet = sheet;
  }

  /** Nothing for nothing. */
  Pairs add(String word, @Nullable String value) {
    if (value != null && !value.isBlank()) pairs.add(new Pair(word, value));
    return this;
  }

  boolean isEmpty() {
    return pairs.isEmpty();
  }

  /** As wide as its widest word needs, up to {@code most}. */
  double wordWidth(double most) {
    double widest = 0;
    for (Pair pair : pairs) {
      widest = Math.max(widest, sheet.line(pair.word(), Look.MUTED).width());
    }
    return Math.min(most, widest + 5 * Look.MM);
  }

  /** Draws them and returns where they end. */
  double draw(Strip strip, double x, double top, double width, double words, double gap) {
    double at = top;
    for (Pair pair : pairs) {
      List<TextLine> word = sheet.lines(pair.word(), Look.MUTED, words - 2 * Look.MM);
      List<TextLine> value = sheet.lines(pair.value(), Look.BODY, width - words);
      double end = strip.lines(word, Look.MUTED, x, at);
      at = Math.max(end, strip.lines(value, Look.BODY, x + words, at)) + gap;
    }
    return pairs.isEmpty() ? top : at - gap;
  }
}
