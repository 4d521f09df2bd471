package org.postroom.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.TestDatabase;

/**
 * Random years of invoices, credit, payments, disputes, promises, other ladders, outages, two nodes
 * and deaths in the middle of transactions. Whatever happens, nobody gets a step twice, none before
 * its day, none after it was paid, none too soon after another, and none is lost: each step that is
 * due was sent, or there is a reason, and it is true by the plain facts.
 *
 * <p>{@code -Dpostroom.years=50} takes more of them, {@code -Dpostroom.seed=…} a certain one.
 */
@ParameterizedClass
@EnumSource
class RandomYearTests {
  private static final int YEARS = Integer.getInteger("postroom.years", 1);
  private static final List<String> ZONES =
      List.of("Europe/Berlin", "America/New_York", "Pacific/Auckland", "Pacific/Honolulu");

  @Parameter TestDatabase kind;

  @Test
  void nobodyGetsAStepTwiceNoneTooEarlyNoneAfterPaymentAndNoneIsLost() {
    Long given = Long.getLong("postroom.seed");
    int mails = 0;
    try (ReminderWorld world = new ReminderWorld(kind)) {
      for (int i = 0; i < (given == null ? YEARS : 1); i++) {
        long seed = given == null ? new Random().nextLong() : given;
        String zone = ZONES.get(Math.floorMod(seed, ZONES.size()));
        var year = new RandomYear(world, zone, seed);
        try {
          year.live();
        } catch (AssertionError | RuntimeException failed) {
          throw new AssertionError(
              "Seed %d in %s on %s, %s:\n%s\n%s"
                  .formatted(
                      seed, zone, kind, year.today(), failed.getMessage(), year.lastEvents()),
              failed);
        }
        mails += year.mails();
      }
    }
    assertThat(mails).as("a year in which nothing goes shows nothing").isGreaterThan(10);
  }
}
