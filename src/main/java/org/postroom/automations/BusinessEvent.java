package org.postroom.automations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the business, told once. {@code source} and {@code sourceId} together
 * are its identity (CloudEvents 1.0): the same again is the same event.
 *
 * @param state what became of it
 * @param outcomes one for each automation that looked at it
 */
public record BusinessEvent(
    String company,
    String id,
    String source,
    String sourceId,
    EventType type,
    String documentKind,
    String documentNumber,
    State state,
    String toldBy,
    String toldByName,
    @Nullable Instant occurredAt,
    Instant receivedAt,
    @Nullable Instant handledAt,
    List<Outcome> outcomes) {

  public BusinessEvent {
    outcomes = List.copyOf(outcomes);
  }

  public enum State {
    /** Durable, not looked at yet. */
    ACCEPTED,
    /** At least one message was made. */
    HANDLED,
    /** No message was made; the outcomes say why. */
    SKIPPED;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A message made, or the reason why none was.
   *
   * @param code stable word of the reason, such as {@code switched_off}
   * @param skipped the reason as a sentence
   */
  public record Outcome(
      String automation,
      @Nullable String message,
      @Nullable String code,
      @Nullable String skipped) {
    static Outcome made(Automation automation, String message) {
      return new Outcome(automation.word(), message, null, null);
    }

    static Outcome skipped(String automation, String code, String why) {
      return new Outcome(automation, null, code, why);
    }
  }
}
