package org.postroom.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.postroom.http.Problem;

class CheckLimitsTests {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private final CheckLimits limits = new CheckLimits(5);

  @Test
  void anAccountIsCheckedOnceAtATime() {
    var first = limits.enter("co_1", "acc_1", NOON);
    assertRefused("co_1", "acc_1", NOON);
    limits.enter("co_1", "acc_2", NOON).close();
    limits.enter("co_2", "acc_1", NOON).close();
    first.close();
    limits.enter("co_1", "acc_1", NOON).close();
  }

  @Test
  void aCompanyMakesFewChecksAMinute() {
    for (int i = 0; i < 5; i++) limits.enter("co_1", "", NOON.plusSeconds(i)).close();
    assertRefused("co_1", "", NOON.plusSeconds(59));
    limits.enter("co_2", "", NOON).close();
    limits.enter("co_1", "", NOON.plusSeconds(61)).close();
  }

  @Test
  void onlyThreeUnsavedAccountsAtOnce() {
    var first = limits.enter("co_1", "", NOON);
    limits.enter("co_1", "", NOON);
    limits.enter("co_1", "", NOON);
    assertRefused("co_1", "", NOON);
    first.close();
    limits.enter("co_1", "", NOON).close();
  }

  private void assertRefused(String company, String account, Instant now) {
    assertThatThrownBy(() -> limits.enter(company, account, now))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(429));
  }
}
