package org.postroom.text;

import org.jspecify.annotations.Nullable;

/**
 * Something in a text that is not possible.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units, as Java and browsers count
 * @param code what kind of trouble: {@code unknown_placeholder}, {@code unknown_word}, {@code
 *     unknown_block}, {@code wrong_count}, {@code not_a_value}, {@code not_a_list}, {@code
 *     not_closed}, {@code not_open}, {@code open_braces}, {@code not_allowed}, {@code unreadable},
 *     {@code too_much}
 * @param word what stands there, cut to size
 * @param nearest what was probably meant
 * @param message a plain sentence
 */
public record Trouble(
    int line, int column, String code, String word, @Nullable String nearest, String message) {

  /** {@code Line 3, column 7: There is no {{document.duedate}}. …}. */
  public String sentence() {
    return "Line " + line + ", column " + column + ": " + message;
  }
}
