package org.postroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
      postroom.bean(Recurring.class).all().forEach(work -> work.verb().run());
      assertThat(
              database.<String>read(
                  sql -> sql.sql("SELECT key FROM idempotency_keys").query(String.class).single()))
          .isEqualTo("k" + now);
      assertThat(postroom.bean(RecurringThreads.class).isRunning()).isTrue();
    }
  }
}
