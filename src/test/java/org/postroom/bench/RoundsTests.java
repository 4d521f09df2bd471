package org.postroom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postroom.bench.Rounds.Pair;

class RoundsTests {
  @Test
  void bothRunInTurnAfterOneToWarmUp() throws Exception {
    List<String> order = new ArrayList<>();
    Rounds rounds = Rounds.interleaved(2, "a", () -> note(order, "a"), "b", () -> note(order, "b"));
    assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
    assertThat(rounds.rates()).hasSize(2);
  }

  @Test
  void theRatioIsTheMedianOfTheRoundsOwn() {
    var rounds = new Rounds("a", "b", List.of(new Pair(20, 10), new Pair(6, 2), new Pair(100, 10)));
    assertThat(rounds.ratio()).isEqualTo(3, within(1e-9));
    assertThat(rounds.medianA()).isEqualTo(20);
    assertThat(rounds.medianB()).isEqualTo(10);
  }

  @Test
  void withoutARoundThereIsNoResult() {
    assertThatThrownBy(() -> new Rounds("a", "b", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static long note(List<String> order, String name) {
    order.add(name);
    return 1;
  }
}
