package org.postroom.text;

import java.util.List;

/** A piece of a text that is not just letters. */
sealed interface Part {
  record Shown(Expression value) implements Part {}

  /**
   * @param word {@code if}, {@code unless}, {@code each} or {@code with}
   */
  record Block(String word, Expression about, List<Part> body, List<Part> otherwise)
      implements Part {}
}
