package org.postroom.access;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * A mail to one of the company's own people that holds a link only they may use.
 *
 * @param company whose account carries it
 * @param id under which the link is kept, {@code let_…}
 * @param link absolute, with the one-time secret in it: never log it, never show it to others
 * @param by who asked for it, as the mail names them
 * @param ends when the link stops to work
 */
public record Letter(
    String company, String id, Kind kind, Address to, String link, String by, Instant ends) {

  /** What the link is for. */
  public enum Kind {
    INVITATION("invitation", Duration.ofDays(7)),
    NEW_PASSWORD("new_password", Duration.ofHours(1)),
    NEW_ADDRESS("new_address", Duration.ofDays(1)),
    /** Holds no link of use: tells the former address that another took its place. */
    ADDRESS_CHANGED("address_changed", Duration.ZERO),
    /** The same for a password. */
    PASSWORD_CHANGED("password_changed", Duration.ZERO);

    private final String word;
    private final Duration lasts;

    Kind(String word, Duration lasts) {
      this.word = word;
      this.lasts = lasts;
    }

    /** As kept, and the beginning of its words' names. */
    public String word() {
      return word;
    }

    Duration lasts() {
      return lasts;
    }
  }

  /** Origin of messages that carry one: what they hold is shown to nobody. */
  public static final String ORIGIN = "letter";

  @Override
  public String toString() {
    return kind + " to " + to.spec();
  }

  /**
   * What became of one.
   *
   * @param message the id in the outbox, null where none was made
   * @param why a sentence, where none was made
   */
  public record Sent(@Nullable String message, @Nullable String why) {

    public static Sent as(String message) {
      return new Sent(message, null);
    }

    public static Sent not(String why) {
      return new Sent(null, why);
    }
  }
}
