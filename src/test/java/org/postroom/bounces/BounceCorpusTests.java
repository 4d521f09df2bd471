package org.postroom.bounces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real reports of many programs, against what another reader of returned mail makes of them. */
class BounceCorpusTests {
  private static final Path FOLDER = Path.of("..", "shared", "corpora", "bounces");

  @BeforeEach
  void corpusIsThere() {
    assumeTrue(
        Files.isDirectory(FOLDER),
        "The corpus ../shared/corpora/bounces is not here: the reader is not scored.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void understandsRealReportsWithAnyLineEnd(String lineEnd) throws IOException {
    BounceScore score = BounceScore.of(FOLDER, lineEnd, file -> true);
    score.print(System.out, false);
    assertThat(score.recipients()).isGreaterThan(250);
    assertThat(score.reasons()).isGreaterThanOrEqualTo(91);
    assertThat(score.hard()).isGreaterThanOrEqualTo(96);
    assertThat(score.falseBounces()).isEmpty();
  }

  @Test
  void understandsReportsWhosePhrasesItHasNeverSeen() throws IOException {
    HeldOutScore.Result score = HeldOutScore.of(FOLDER, false);
    assertThat(score.reasons()).isGreaterThanOrEqualTo(84);
    assertThat(score.hard()).isGreaterThanOrEqualTo(95);
    assertThat(score.phrasesLeft()).isGreaterThan(30);
  }
}
