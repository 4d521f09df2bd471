package org.postroom.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.TestDatabase;

/** What both databases promise alike. */
@ParameterizedClass
@EnumSource
class DatabaseSuiteTests {
  @Parameter TestDatabase kind;
  private Database database;

  @BeforeEach
  void open() {
    database = kind.open(null);
    database.run(
        sql -> sql.sql("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)").update());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aFailureUndoesItsOwnWorkOnly() {
    insert(1, "stays");
    assertThatThrownBy(() ->
            database.run(sql -> {
              sql.sql("INSERT INTO notes VALUES (2, 'goes')").update();
              throw new IllegalArgumentException("on purpose");
            }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("on purpose");
    assertThat(ids()).containsExactly(1);
  }

  @Test
  void workInsideWorkJoinsItsTransaction() {
    assertThatThrownBy(() ->
            database.run(outer -> {
              insert(1, "inner");
              throw new IllegalStateException("outer fails");
            }))
        .hasMessage("outer fails");
    assertThat(ids()).isEmpty();
  }

  @Test
  void actionsAfterCommitRunOnlyWhenCommitted() {
    var ran = new AtomicInteger();
    database.run(sql -> database.afterCommit(ran::incrementAndGet));
    assertThatThrownBy(() ->
            database.run(sql -> {
              database.afterCommit(ran::incrementAndGet);
              throw new IllegalStateException();
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(ran).hasValue(1);
  }

  @Test
  void manyWritersAtOnceLoseNothing() throws Exception {
    List<Callable<Object>> writers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int id = i;
      writers.add(() -> {
        if (id % 10 == 3) {
          assertThatThrownBy(() ->
                  database.run(sql -> {
                    sql.sql("INSERT INTO notes VALUES (:id, 'x')").param("id", id).update();
                    throw new IllegalStateException();
                  }))
              .isInstanceOf(IllegalStateException.class);
        } else {
          insert(id, "n");
        }
        return id;
      });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(writers)) done.get();
    }
    assertThat(ids()).hasSize(180);
  }

  @Test
  void readingCannotWrite() {
    assertThatThrownBy(() ->
            database.read(sql -> {
              insert(1, "no");
              return 1;
            }))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theClockIsTheDatabasesUnlessATestGivesOne() {
    assertThat(database.now())
        .isBetween(Instant.now().minusSeconds(5), Instant.now().plusSeconds(5));
    Instant fixed = Instant.parse("2026-03-01T10:00:00Z");
    try (Database other = kind.open(InstantSource.fixed(fixed))) {
      assertThat(other.now()).isEqualTo(fixed);
    }
  }

  private void insert(int id, String text) {
    database.run(sql ->
        sql.sql("INSERT INTO notes VALUES (:id, :text)")
            .param("id", id)
            .param("text", text)
            .update());
  }

  private List<Integer> ids() {
    return database.read(
        sql -> sql.sql("SELECT id FROM notes ORDER BY id").query(Integer.class).list());
  }
}
