package org.postroom.domains;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one place knew.
 *
 * @param trouble why it could not be asked, as a sentence
 */
record Found(List<Suggestion> suggestions, @Nullable String trouble) {
  static final Found NOTHING = new Found(List.of(), null);

  static Found of(List<Suggestion> suggestions) {
    return new Found(suggestions, null);
  }

  static Found notAsked(String why) {
    return new Found(List.of(), why);
  }
}
