package org.postroom.text;

import java.util.List;

/**
 * A text, read.
 *
 * @param ends where each tag ends
 * @param troubles what is wrong with it, in the order of the text; with any, the parts are what
 *     could be understood
 */
record Reading(String source, List<Part> parts, List<Integer> ends, List<Trouble> troubles) {
  Reading {
    parts = List.copyOf(parts);
    ends = List.copyOf(ends);
    troubles = List.copyOf(troubles);
  }
}
