package org.postroom.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When calls are made again, and how they are signed. */
class RetriesTests {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void pausesGrowForThreeDaysAndEnd() {
    List<Duration> pauses =
        IntStream.rangeClosed(1, 9)
            .mapToObj(n -> Duration.between(NOW, Retries.next(n, NOW, Optional.empty()).get()))
            .toList();
    assertThat(pauses.stream().map(Duration::toString))
        .containsExactly(
            "PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H");
    assertThat(Retries.next(10, NOW, Optional.empty())).isEmpty();
  }

  @Test
  void waitsLongerWhereItIsAskedTo() {
    assertThat(Retries.next(1, NOW, asked("120"))).hasValue(NOW.plusSeconds(120));
    assertThat(Retries.next(2, NOW, asked("120"))).hasValue(NOW.plusSeconds(300));
    assertThat(asked("Sun, 22 Nov 2026 13:00:00 GMT")).hasValue(Duration.ofHours(1));
    assertThat(asked("Sun, 22 Nov 2020 13:00:00 GMT")).hasValue(Duration.ZERO);
    assertThat(asked("999999999")).hasValue(Duration.ofHours(24));
    for (String nonsense : List.of("soon", "-5", "1.5", "99999999999999999999", ""))
      assertThat(asked(nonsense)).as(nonsense).isEmpty();
  }

  /** The example of the specification. */
  @Test
  void signsAsTheSpecificationShows() {
    String body = "{\"test\": 2432232314}";
    assertThat(
            Signature.of(
                List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1_614_265_330),
                body))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aSecretIsLongAndNeverTheSame() {
    assertThat(Signature.newSecret()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(Signature.newSecret()).isNotEqualTo(Signature.newSecret());
  }

  private static Optional<Duration> asked(String header) {
    return Retries.asked(Optional.of(header), NOW);
  }
}
