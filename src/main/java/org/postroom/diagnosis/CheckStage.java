package org.postroom.diagnosis;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a connection check.
 *
 * @param name stable word for programs, such as {@code authenticate}
 * @param label for people: "Sign in"
 * @param took null where it was not checked
 * @param evidence what the server said or what was found, secrets masked; null where nothing was
 * @param sentence plain words for how it went
 */
public record CheckStage(
    String name,
    String label,
    Result result,
    @Nullable Duration took,
    @Nullable String evidence,
    String sentence) {

  public enum Result {
    OK,
    FAILED,
    /** It works, and something about it deserves a look. */
    ADVICE,
    NOT_CHECKED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static CheckStage open(String name, String label) {
    return new CheckStage(name, label, Result.NOT_CHECKED, null, null, "Not checked yet");
  }
}
