package org.postroom.reminders;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a step of an invoice.
 *
 * @param id {@code rmh_…}
 * @param message id where one was made
 * @param code why not, for programs; null where sent
 * @param reason the same for people
 */
public record Reminded(
    String id,
    Instant at,
    String partner,
    String invoice,
    int step,
    Outcome outcome,
    @Nullable String message,
    @Nullable String code,
    @Nullable String reason) {

  public enum Outcome {
    /** A message was made. */
    SENT,
    /** Not now, for a reason; it is told once and looked at again. */
    SKIPPED,
    /** Never: a higher step was due already, somebody left it out, or wrote it by hand. */
    PASSED,
    /** The message was stopped before it left; the step is open again. */
    CALLED_OFF;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Outcome> of(String word) {
      return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
  }

  /** Which to list; null does not narrow. */
  public record Filter(
      @Nullable String partner, @Nullable String invoice, @Nullable Outcome outcome) {
    public static final Filter ALL = new Filter(null, null, null);
  }
}
