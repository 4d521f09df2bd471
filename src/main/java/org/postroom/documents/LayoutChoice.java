package org.postroom.documents;

import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;

/**
 * Which layout a document has where nobody chooses one for this message; documents know neither
 * rules nor what is set for partners and kinds.
 */
@FunctionalInterface
public interface LayoutChoice {
  /** Id of the layout, null: the built-in one. */
  @Nullable String of(Company company, StoredDocument stored);
}
