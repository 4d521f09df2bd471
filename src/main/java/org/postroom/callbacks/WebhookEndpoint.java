package org.postroom.callbacks;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.happenings.HappeningType;

/**
 * An address that is called when something happens. Its secret is never part of it.
 *
 * @param events what it hears; empty: everything, also what later versions add
 * @param active whether it is called; what happens while it is not is not kept for it
 * @param beforeUntil until when the secret before counts too, null where there is none
 * @param failures calls in a row that did not succeed
 * @param failingSince the first of them
 * @param lastTrouble what was wrong the last time, null after a success
 * @param offAt when it was switched off because of failures, null otherwise
 */
public record WebhookEndpoint(
    String company,
    String id,
    String url,
    String description,
    Set<HappeningType> events,
    boolean active,
    Instant createdAt,
    @Nullable Instant beforeUntil,
    long failures,
    @Nullable Instant failingSince,
    @Nullable Instant lastSuccess,
    @Nullable Instant lastFailure,
    @Nullable String lastTrouble,
    @Nullable Instant offAt,
    @Nullable String offReason) {

  public WebhookEndpoint {
    events = Set.copyOf(events);
  }

  public boolean hears(HappeningType type) {
    return events.isEmpty() || events.contains(type);
  }

  /** How it stands, in a word. */
  public State state() {
    if (!active) return offAt == null ? State.OFF : State.SWITCHED_OFF;
    return failures == 0 ? State.WORKING : State.FAILING;
  }

  public enum State {
    WORKING,
    FAILING,
    /** By a person. */
    OFF,
    /** By Postroom, because nobody was there any more. */
    SWITCHED_OFF;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
