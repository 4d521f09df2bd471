package org.postroom.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.postroom.outbox.Claim;
import org.postroom.outbox.MessageState;
import org.postroom.transport.Failure;
import org.postroom.transport.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** One line in the log for each try, and the same for whoever watches. Never to whom it goes. */
@Component
class TellOfTries {
  private static final Logger LOG = LoggerFactory.getLogger(TellOfTries.class);
  private static final InstantSource CLOCK = InstantSource.system();
  private final ApplicationEventPublisher events;

  TellOfTries(ApplicationEventPublisher events) {
    this.events = events;
  }

  void told(Claim claim, Outcome outcome, Duration took, MessageState state, Stages stages) {
    String failure = failure(outcome);
    LOG.info(
        "{} is {} after {} ms through {}{}",
        claim.message(),
        state.word(),
        took.toMillis(),
        claim.account(),
        failure == null ? "" : ": " + failure);
    events.publishEvent(
        new MessageTried(
            claim.company(),
            claim.message(),
            claim.account(),
            claim.attempts() + 1,
            claim.createdAt(),
            claim.claimedAt(),
            CLOCK.instant().minus(took),
            took,
            stages.all(),
            outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT),
            state,
            failure));
  }

  private static @org.jspecify.annotations.Nullable String failure(Outcome outcome) {
    Failure failure =
        switch (outcome) {
          case Outcome.Accepted _ -> null;
          case Outcome.Deferred deferred -> deferred.failure();
          case Outcome.Rejected rejected -> rejected.failure();
          case Outcome.Unclear unclear -> unclear.failure();
        };
    return failure == null ? null : failure.kind().name().toLowerCase(Locale.ROOT);
  }
}
