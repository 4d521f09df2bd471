package org.postroom.documents;

import java.util.Optional;

/** Knows something that names layouts; a layout that is named cannot be deleted. */
@FunctionalInterface
public interface LayoutUse {
  /** What names the layout, as it ends a sentence: "the partner Contoso Bakery". */
  Optional<String> use(String company, String layout);
}
