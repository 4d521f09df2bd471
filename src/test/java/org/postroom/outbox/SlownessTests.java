package org.postroom.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlownessTests {
  private static final Instant NOW = Instant.parse("2026-11-02T14:02:00Z");

  @Test
  void halvesAtOnceClimbsToBelowWhatWasTooMuchAndStaysThereForAnHour() {
    Slowness slow = Slowness.after(null, 30, 30, NOW);
    assertThat(slow.limit(30, NOW)).isEqualTo(15);
    assertThat(slow.limit(30, NOW.plus(Duration.ofMinutes(5)))).isEqualTo(21);
    assertThat(slow.limit(30, NOW.plus(Duration.ofMinutes(10)))).isEqualTo(27);
    assertThat(slow.limit(30, NOW.plus(Duration.ofMinutes(69)))).isEqualTo(27);
    assertThat(slow.limit(30, NOW.plus(Duration.ofMinutes(90)))).isEqualTo(29);
    assertThat(slow.limit(30, NOW.plus(Duration.ofMinutes(100)))).isEqualTo(30);
    assertThat(slow.over(NOW.plus(Duration.ofMinutes(100)))).isTrue();
    assertThat(slow.over(NOW.plus(Duration.ofMinutes(99)))).isFalse();
  }

  @Test
  void anAccountWithoutLimitIsHeldBelowWhatItWasDoing() {
    Slowness slow = Slowness.after(null, 0, 200, NOW);
    assertThat(slow.limit(0, NOW)).isEqualTo(100);
    assertThat(slow.limit(0, NOW.plus(Duration.ofMinutes(30)))).isEqualTo(180);
    assertThat(slow.limit(0, NOW.plus(Duration.ofHours(2)))).isZero();
  }

  @Test
  void oneRefusalNeverTakesMoreThanHalf() {
    assertThat(Slowness.after(null, 30, 1, NOW).limit(30, NOW)).isEqualTo(7);
    assertThat(Slowness.after(null, 30, 1, NOW).ceiling()).isEqualTo(15);
    assertThat(Slowness.after(null, 1, 1, NOW).limit(1, NOW)).isEqualTo(1);
  }

  @Test
  void neverAboveTheConfiguredAndNeverStoppedWhateverHappens() {
    Random random = new Random(4711);
    for (int round = 0; round < 2000; round++) {
      long configured = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(100);
      Slowness slow = null;
      Instant now = NOW;
      for (int step = 0; step < 12; step++) {
        slow = Slowness.after(slow, configured, random.nextInt(200), now);
        now = now.plusSeconds(random.nextInt(20_000));
        long limit = slow.limit(configured, now);
        if (configured > 0) assertThat(limit).isBetween(1L, configured);
        else assertThat(limit).isNotNegative();
        Instant whenOver = now.plus(Duration.ofDays(3));
        assertThat(slow.limit(configured, whenOver)).isEqualTo(configured);
      }
    }
  }

  /** A server that takes 20 a minute where 30 are configured, asked for two days. */
  @Test
  void settlesBelowWhatTheServerTakesAndDoesNotSwingAroundIt() {
    long takes = 20;
    Slowness slow = null;
    int refusals = 0;
    long sent = 0;
    int minutes = 48 * 60;
    for (int minute = 0; minute < minutes; minute++) {
      Instant now = NOW.plus(Duration.ofMinutes(minute));
      long rate = slow == null ? 30 : slow.limit(30, now);
      sent += Math.min(rate, takes);
      if (rate > takes) {
        refusals++;
        slow = Slowness.after(slow, 30, takes, now);
      }
    }
    assertThat(refusals).as("refusals in two days").isLessThanOrEqualTo(8);
    assertThat(sent).as("of what it takes").isGreaterThan(minutes * takes * 80 / 100);
  }
}
