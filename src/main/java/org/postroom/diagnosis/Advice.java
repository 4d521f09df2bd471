package org.postroom.diagnosis;

import java.util.List;

/**
 * Something that works and could be better.
 *
 * @param stage name of the line it belongs to
 */
public record Advice(String stage, String what, List<String> steps) {
  public Advice {
    steps = List.copyOf(steps);
  }
}
