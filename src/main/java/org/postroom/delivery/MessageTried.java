package org.postroom.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.outbox.MessageState;
import org.postroom.transport.Stage;

/**
 * A try to hand a message over, and what came of it; published when that is written down. Names
 * nobody it goes to.
 *
 * @param number of the try, from 1
 * @param claimedAt when it began to be under way, by the database's clock
 * @param began when the try began, by this machine's clock
 * @param outcome {@code accepted}, {@code deferred}, {@code rejected} or {@code unclear}
 * @param failure its kind; null where there was none
 */
public record MessageTried(
    String company,
    String message,
    String account,
    int number,
    Instant createdAt,
    Instant claimedAt,
    Instant began,
    Duration took,
    List<Passed> stages,
    String outcome,
    MessageState state,
    @Nullable String failure) {

  public MessageTried {
    stages = List.copyOf(stages);
  }

  /** A stage of the talk: how long after the try began it started, and how long it took. */
  public record Passed(Stage stage, Duration after, Duration took) {}
}
