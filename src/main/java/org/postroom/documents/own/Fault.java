package org.postroom.documents.own;

import org.postroom.http.Problem.FieldError;

/**
 * Something in a layout that is not possible.
 *
 * @param field {@code html} or {@code css}
 * @param line from 1; 0 where no place is to blame
 * @param column from 1, in UTF-16 units
 * @param code stable word for programs
 * @param message plain sentence without the place
 */
public record Fault(String field, int line, int column, String code, String message) {

  /** At a place of the source. */
  static Fault at(String field, String source, int place, String code, String message) {
    int end = Math.clamp(place, 0, source.length());
    int line = 1;
    int start = 0;
    for (int i = 0; i < end; i++) {
      if (source.charAt(i) != '\n') continue;
      line++;
      start = i + 1;
    }
    return new Fault(field, line, end - start + 1, code, message);
  }

  /** {@code Line 3, column 7: <script> cannot be in a layout. …}. */
  public String sentence() {
    return line == 0 ? message : "Line " + line + ", column " + column + ": " + message;
  }

  public FieldError error() {
    return new FieldError("/" + field, code, sentence());
  }
}
