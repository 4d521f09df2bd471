package org.postroom.statements;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A statement run as it stands.
 *
 * @param startedBy for people: "Maria Lund"
 * @param test begun by a test key: everything goes to the local mailbox
 * @param plannedTo how far customers were looked through; null at the start
 */
public record StatementRun(
    String company,
    String id,
    State state,
    RunRequest request,
    String startedBy,
    boolean test,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String plannedTo,
    Counts counts) {

  /** What {@code plannedTo} says at the end. */
  static final String ALL_SEEN = "end";

  public enum State {
    /** Looks through the customers. */
    PLANNING,
    /** Waits for somebody to start it. */
    PLANNED,
    RUNNING,
    /** Somebody stopped it; it can go on. */
    STOPPED,
    DONE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public boolean isMoving() {
      return this == PLANNING || this == RUNNING;
    }

    static State of(String word) {
      return State.valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** How many customers stand where. */
  public record Counts(long waiting, long sent, long skipped, long failed) {
    public long all() {
      return waiting + sent + skipped + failed;
    }

    /** Sent or not, of those that were to get one. */
    public long handled() {
      return sent + failed;
    }
  }

  /**
   * One customer of a run.
   *
   * @param balances for people: "1284.50 EUR, 20.00 USD"
   * @param recipients for people, as found when the run was planned
   * @param code why not, for programs; null where sent or waiting
   * @param reason the same for people
   * @param message id; null unless sent
   * @param document number of the statement; null unless sent
   */
  public record Line(
      long position,
      String partner,
      String name,
      LineState state,
      String balances,
      String recipients,
      @Nullable String code,
      @Nullable String reason,
      @Nullable String message,
      @Nullable String document) {}

  public enum LineState {
    WAITING,
    SENT,
    /** For a reason that is as it should be: nothing owed, not wanted, nobody to send to. */
    SKIPPED,
    /** It should have been sent and could not be made. */
    FAILED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static @Nullable LineState of(@Nullable String word) {
      return Arrays.stream(values())
          .filter(state -> state.word().equals(word))
          .findFirst()
          .orElse(null);
    }
  }
}
