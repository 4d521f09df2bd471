package org.postroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postroom.db.Database;
import org.postroom.testkit.RunningPostroom;

class RecurringTests {
  @Test
  void forgetsRepliesOlderThanAWeek() {
    try (var postroom = RunningPostroom.start()) {
      var database = postroom.bean(Database.class);
      long now = database.now().toEpochMilli();
      long old = now - Duration.ofDays(8).toMillis();
      for (long at : new long[] {now, old})
        database.run(sql ->
            sql.sql(
                    """
                    INSERT INTO idempotency_keys
                      (company_id, key, request_hash, owner, leased_until, created_at)
                    VALUES ('co_1', :key, 'h', 'o', 0, :at)
                    """)
                .param("key", "k" + at)
                .param("at", at)
                .update());
      postroom.bean(Recurring.class).all().forEach(Recurring.Work::run);
      assertThat(
              database.<String>read(
                  sql -> sql.sql("SELECT key FROM idempotency_keys").query(String.class).single()))
          .isEqualTo("k" + now);
      assertThat(postroom.bean(Recurring.class).isRunning()).isTrue();
    }
  }

  @Test
  void aFailureDoesNotEndTheRepetition() {
    var runs = new AtomicInteger();
    var work =
        new Recurring.Work(
            "broken",
            Duration.ofHours(1),
            () -> {
              runs.incrementAndGet();
              throw new IllegalStateException("database away");
            });
    work.run();
    work.run();
    assertThat(runs).hasValue(2);
  }
}
