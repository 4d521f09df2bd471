package org.postroom.findings;

import java.util.List;

/**
 * A failure understood.
 *
 * @param id stable, such as {@code G02}; an unknown reply has an id that starts with {@code ?}
 * @param what one plain sentence
 * @param steps what to do, in order; plain sentences
 * @param action who has to do something next
 * @param fixes what the product can do at the press of a button
 */
public record Finding(String id, String what, List<String> steps, Action action, List<Fix> fixes) {
  public Finding {
    steps = List.copyOf(steps);
    fixes = List.copyOf(fixes);
  }
}
