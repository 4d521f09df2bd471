package org.postroom.documents;

import java.util.List;
import org.postroom.documents.own.Design;

/** A layout somebody wants. */
public record LayoutDraft(String name, List<DocumentKind> kinds, boolean active, Design design) {
  public LayoutDraft {
    kinds = List.copyOf(kinds);
  }
}
