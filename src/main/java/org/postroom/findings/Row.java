package org.postroom.findings;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One finding of the data files.
 *
 * @param action what comes first where there are several
 * @param signs each on its own is enough; none: only found by its id
 * @param fixes names in {@code fixes.json}
 * @param takes a regular expression whose named groups are values for the sentences
 */
record Row(
    String id, Action action, List<Sign> signs, List<String> fixes, @Nullable Pattern takes) {
  Row {
    signs = List.copyOf(signs);
    fixes = List.copyOf(fixes);
  }
}
