package org.postroom.suppression;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An address that is not written to.
 *
 * @param id {@code sup_…}, sorts by the time of blocking
 * @param address as it was written where it was blocked
 * @param cause why
 * @param since when it was blocked
 * @param byName who blocked it; null where nobody did it by hand
 * @param message id of our message that came back, null where none is known
 * @param status RFC 3463, or null
 * @param reply what the server or report said, or null
 * @param note by people, or null
 */
public record Suppression(
    String company,
    String id,
    String address,
    Cause cause,
    Instant since,
    @Nullable String byName,
    @Nullable String message,
    @Nullable String status,
    @Nullable String reply,
    @Nullable String note) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

  public enum Cause {
    HARD_BOUNCE("the address does not exist or takes no mail"),
    SOFT_BOUNCES("mail could not be put down for two weeks"),
    COMPLAINT("the reader called a mail from here spam"),
    BY_HAND("blocked by hand");

    private final String words;

    Cause(String words) {
      this.words = words;
    }

    /** The word in the API and the database. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** For people, within a sentence. */
    public String words() {
      return words;
    }

    static Cause of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** "blocked since 3 Nov 2026: the address does not exist or takes no mail". */
  public String sentence(ZoneId zone) {
    return "blocked since " + DAY.format(since.atZone(zone)) + ": " + why();
  }

  /** Why, within a sentence: "the address does not exist or takes no mail". */
  public String why() {
    if (cause != Cause.BY_HAND || byName == null) return cause.words();
    return "blocked by " + byName;
  }
}
