package org.postroom.compose;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.rules.Decisions.Decision;

/**
 * One aspect of a mail, decided for itself.
 *
 * @param id null: what is built in
 * @param reason plain sentence; empty where nobody chose
 */
record Pick(@Nullable String id, String reason) {
  static final Pick NOBODYS = new Pick(null, "");

  /** Explicit choice, then the matching rule, then the partner, then the document kind. */
  static Pick first(
      @Nullable String explicit,
      @Nullable Decision<String> rule,
      Optional<Pick> partner,
      Optional<Pick> documentKind) {
    return Stream.of(
            Optional.ofNullable(explicit).map(id -> new Pick(id, "Chosen for this message")),
            Optional.ofNullable(rule).map(found -> new Pick(found.value(), found.reason())),
            partner,
            documentKind)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(NOBODYS);
  }

  static Optional<Pick> of(@Nullable String id, String reason) {
    return id == null ? Optional.empty() : Optional.of(new Pick(id, reason));
  }
}
