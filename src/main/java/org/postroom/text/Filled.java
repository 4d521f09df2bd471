package org.postroom.text;

import java.util.List;

/**
 * A text, filled in.
 *
 * @param missing placeholders it requires that had no value, each once, such as {@code
 *     document.due_date}
 */
public record Filled(String text, List<String> missing) {
  public Filled {
    missing = List.copyOf(missing);
  }
}
