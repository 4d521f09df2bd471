package org.postroom.callbacks;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one endpoint.
 *
 * @param event the event's id, the same over all tries
 * @param type the event's word, such as {@code message.sent}
 * @param subject the id of what it happened to
 * @param underWay somebody is being called this moment
 * @param dueAt the next try, null where there is none
 * @param note what was wrong the last time
 */
public record WebhookDelivery(
    String company,
    String id,
    String endpoint,
    String event,
    String type,
    String subject,
    State state,
    int attempts,
    boolean underWay,
    @Nullable Instant dueAt,
    Instant createdAt,
    @Nullable Instant settledAt,
    @Nullable String note) {

  public enum State {
    PENDING,
    DELIVERED,
    /** Every try was used up, or there is no sense in another. */
    FAILED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * One try.
   *
   * @param url where it went
   * @param status of the answer, null where there was none
   * @param reply the beginning of the answer
   * @param trouble what was wrong, null where nothing was
   */
  public record Attempt(
      int number,
      Instant at,
      long ms,
      String url,
      @Nullable Integer status,
      @Nullable String reply,
      @Nullable String trouble) {}
}
