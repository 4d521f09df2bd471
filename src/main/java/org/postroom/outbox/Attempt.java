package org.postroom.outbox;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

/**
 * One try as it went.
 *
 * @param outcome {@code accepted}, {@code deferred}, {@code rejected} or {@code unclear}
 */
public record Attempt(
    int number,
    String account,
    String node,
    Instant startedAt,
    Instant endedAt,
    String outcome,
    @Nullable FailureKind kind,
    @Nullable Stage stage,
    @Nullable Scope scope,
    Reply reply) {

  public Duration took() {
    return Duration.between(startedAt, endedAt);
  }
}
