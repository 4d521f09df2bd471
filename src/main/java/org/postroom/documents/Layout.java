package org.postroom.documents;

import java.util.List;

/**
 * A layout somebody may choose.
 *
 * @param id {@code built-in}, {@code built-in:payment-history} … or {@code lay_…} for a company's
 *     own
 * @param name as people read it
 * @param kinds the kinds of documents it can print
 */
public record Layout(String id, String name, List<DocumentKind> kinds) {
  public Layout {
    kinds = List.copyOf(kinds);
  }

  public boolean builtIn() {
    return id.startsWith(Layouts.BUILT_IN);
  }
}
