package org.postroom.reminders;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds reminders back until it is ended.
 *
 * @param id {@code stp_…}
 * @param invoice number; null: for everything the customer owes
 * @param step for {@link Kind#SKIP} alone: the step that does not go, counted from 1
 * @param until for {@link Kind#PROMISE} the last day to wait for; for others null, or their last
 *     day
 * @param by for people: "Maria Lund"
 */
public record Stop(
    String id,
    Kind kind,
    String partner,
    @Nullable String invoice,
    @Nullable Integer step,
    @Nullable LocalDate until,
    String note,
    String by,
    Instant since) {

  public enum Kind {
    /** The customer disagrees: nothing goes until that is settled. */
    DISPUTE,
    /** The customer promised to pay until a day: nothing goes until it is over. */
    PROMISE,
    /** Never reminded. */
    EXCLUDED,
    /** One step of one invoice is left out. */
    SKIP;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
  }

  /** Whether it still holds anything back on that day. */
  public boolean holds(LocalDate today) {
    return until == null || !today.isAfter(until);
  }

  /**
   * What somebody wants stopped; see {@link Stop} for the parts. The partner may follow from the
   * invoice.
   */
  public record New(
      Kind kind,
      @Nullable String partner,
      @Nullable String invoice,
      @Nullable Integer step,
      @Nullable LocalDate until,
      @Nullable String note) {}
}
