package org.postroom.compose;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the sender of a mail knows beside its document: why it goes just now.
 *
 * @param partner ref of the one it goes to where it is about no document; null otherwise
 * @param facts groups of placeholders, such as {@code payment} or {@code reminder}: plain maps,
 *     lists and text, added to what the document says
 */
public record Occasion(@Nullable String partner, Map<String, Object> facts) {
  public static final Occasion NONE = new Occasion(null, Map.of());

  public Occasion {
    facts = Map.copyOf(facts);
  }

  /** About a document. */
  public static Occasion of(Map<String, Object> facts) {
    return new Occasion(null, facts);
  }
}
