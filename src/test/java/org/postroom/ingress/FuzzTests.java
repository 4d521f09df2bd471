package org.postroom.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.Eventually;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.SmtpFuzz;
import org.postroom.testkit.TestDatabase;
import org.slf4j.LoggerFactory;

/** The short form; {@code bench/ingress-fuzz} is the long one. */
class FuzzTests {
  private static final int CLIENTS = 300;

  @Test
  void brokenClientsGetRepliesAndLeaveNothingBehind() throws Exception {
    long seed = System.nanoTime();
    var root = (Logger) LoggerFactory.getLogger("org.postroom");
    var heard = new ListAppender<ILoggingEvent>();
    heard.start();
    root.addAppender(heard);
    try (var ingress = IngressForTests.start(TestDatabase.SQLITE, null)) {
      var fuzz = new SmtpFuzz(ingress.port(), RunningPostroom.API_KEY, seed);
      for (int i = 0; i < CLIENTS; i++) fuzz.once();
      fuzz.stillAnswers();
      var server = ingress.postroom.bean(Ingress.class);
      Eventually.eventually(server::connections, count -> count == 0);
      assertThat(server.roomIsWhole()).as("seed %d", seed).isTrue();
      assertThat(ingress.messages()).as("some got through").isNotEmpty();
    } finally {
      root.detachAppender(heard);
    }
    assertThat(heard.list)
        .as("seed %d", seed)
        .noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
        .noneMatch(event -> event.getThrowableProxy() != null);
  }
}
