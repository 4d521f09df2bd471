package org.postroom.automations;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the business, told once. {@code source} and {@code sourceId} together
 * are its identity (CloudEvents 1.0): the same again is the same event.
 *
 * @param documentKind {@code partner} where it is about a partner; {@code documentNumber} is its
 *     ref
 * @param occasion which one of several happenings to the document; null: not said
 * @param facts what its mail can name beside document and partner
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
    @Nullable String occasion,
    Map<String, String> facts,
    State state,
    String toldBy,
    String toldByName,
    @Nullable Instant occurredAt,
    Instant receivedAt,
    @Nullable Instant handledAt,
    List<Outcome> outcomes) {

  public BusinessEvent {
    facts = Map.copyOf(facts);
    outcomes = List.copyOf(outcomes);
  }

  public enum State {
    /** Durable, not looked at yet. */
    ACCEPTED,
    /** At least one message was made, or people were told inside Postroom. */
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
   * @param message its id; null where none was made
   * @param code stable word of the reason, such as {@code switched_off}; {@link #GOES_ALONG} where
   *     the message is another automation's and carries this one's document; {@link #NOTIFIED}
   *     where people were told inside Postroom instead
   * @param skipped the reason as a sentence; null where something was made
   */
  public record Outcome(
      String automation,
      @Nullable String message,
      @Nullable String code,
      @Nullable String skipped) {
    public static final String GOES_ALONG = "goes_along";
    public static final String NOTIFIED = "notified";

    /** Whether it did what it is for. */
    public boolean done() {
      return skipped == null;
    }

    static Outcome along(Automation automation, String message) {
      return new Outcome(automation.word(), message, GOES_ALONG, null);
    }

    static Outcome notified(Automation automation) {
      return new Outcome(automation.word(), null, NOTIFIED, null);
    }

    static Outcome made(Automation automation, String message) {
      return new Outcome(automation.word(), message, null, null);
    }

    static Outcome skipped(Automation automation, String code, String why) {
      return new Outcome(automation.word(), null, code, why);
    }
  }
}
