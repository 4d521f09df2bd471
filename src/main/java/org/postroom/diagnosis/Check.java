package org.postroom.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.findings.Finding;

/**
 * What a connection check found.
 *
 * @param id {@code chk_…}
 * @param account id of the saved account; null for one that nobody has saved
 * @param version of the account as it was checked; 0 where unsaved changes were tried
 * @param testTo where the test message went or would have gone
 * @param stages in their order, also those it did not come to
 * @param finding what is wrong; null when everything passed
 * @param advice what deserves a look although it works
 * @param talk the conversation line by line, secrets masked
 */
public record Check(
    String id,
    @Nullable String account,
    long version,
    Instant at,
    Duration took,
    String testTo,
    List<CheckStage> stages,
    @Nullable Finding finding,
    List<Advice> advice,
    List<String> talk) {

  public Check {
    stages = List.copyOf(stages);
    advice = List.copyOf(advice);
    talk = List.copyOf(talk);
  }

  public boolean passed() {
    return finding == null;
  }

  /** How many lines passed, those with advice too. */
  public long passedStages() {
    return stages.stream()
        .filter(stage ->
            stage.result() == CheckStage.Result.OK || stage.result() == CheckStage.Result.ADVICE)
        .count();
  }
}
