package org.postroom.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why it did not go: a named kind, where the talk stopped, whom it concerns, what was said.
 *
 * @param retryAfter how long the server asked us to wait (Retry-After, BackOffMilliseconds); null
 *     where it did not say
 */
public record Failure(
    FailureKind kind, Stage stage, Scope scope, Reply reply, @Nullable Duration retryAfter) {
  public Failure(FailureKind kind, Stage stage, Scope scope, Reply reply) {
    this(kind, stage, scope, reply, null);
  }
}
