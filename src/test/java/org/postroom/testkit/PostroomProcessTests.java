package org.postroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.testkit.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostroomProcessTests {
  @Test
  void comesBackAfterBeingKilledAndStopsWhenAsked() {
    try (PostroomProcess postroom = PostroomProcess.start(Map.of(), Launch.quick())) {
      String url = postroom.url();
      long first = postroom.pid();
      assertThat(postroom.send(postroom.request("/healthz")).statusCode()).isEqualTo(200);

      // The port answers a moment before the line is written.
      eventually(() -> log(postroom), written -> written.contains("Postroom is ready: "));
      postroom.kill();
      assertThat(postroom.isAlive()).isFalse();
      assertThatThrownBy(() -> postroom.send(postroom.request("/healthz")))
          .isInstanceOf(UncheckedIOException.class);

      postroom.restart();
      assertThat(postroom.pid()).isNotEqualTo(first);
      assertThat(postroom.url()).isEqualTo(url);
      assertThat(postroom.send(postroom.request("/readyz")).statusCode()).isEqualTo(200);

      assertThat(postroom.stop()).as("exit code after SIGTERM").isZero();
      assertThat(log(postroom))
          .as("the log of both lives")
          .containsSubsequence("Postroom is ready: " + localhost(url), "Postroom is ready: ");
    }
  }

  @Test
  void whatPreventsTheStartIsTold() {
    assertThatThrownBy(
            () -> PostroomProcess.start(Map.of("POSTROOM_DATABASE_URL", "nonsense")).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended early");
  }

  private static String log(PostroomProcess postroom) {
    try {
      return Files.readString(postroom.log());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String localhost(String url) {
    return url.replace("127.0.0.1", "localhost");
  }
}
