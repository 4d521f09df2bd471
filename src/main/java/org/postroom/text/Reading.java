package org.postroom.text;

import java.util.List;

/**
 * A text, read.
 *
 * @param troubles what is wrong with it, in the order of the text; with any, the parts are what
 *     could be understood
 */
record Reading(String source, List<Part> parts, List<Trouble> troubles) {
  Reading {
    parts = List.copyOf(parts);
    troubles = List.copyOf(troubles);
  }
}
