package org.postroom.diagnosis;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.AccountUnusable;
import org.postroom.accounts.Prospect;
import org.postroom.transport.Conversation;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Stage;
import org.postroom.transport.Submission;
import org.postroom.transport.Transports;

/**
 * Signing in and handing over on a thread of its own, so that it can be given up: interrupting a
 * virtual thread closes the socket it waits for. What happens is taken from here one by one.
 */
final class Trial implements AutoCloseable {
  private final Prospect prospect;
  private final Submission message;
  private final Transports transports;
  private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean givenUp;

  sealed interface Happening {
    record SignedIn(Login login) implements Happening {}

    record Passed(Stage stage, String evidence, Duration took) implements Happening {}

    record Said(String line) implements Happening {}

    record Unusable(AccountUnusable why) implements Happening {}

    record Ended(Outcome outcome) implements Happening {}

    record OurMistake(RuntimeException mistake) implements Happening {}
  }

  private Trial(Prospect prospect, Submission message, Transports transports) {
    this.prospect = prospect;
    this.message = message;
    this.transports = transports;
    this.thread = Thread.ofVirtual().name("connection-check").unstarted(this::run);
  }

  static Trial begin(Prospect prospect, Submission message, Transports transports) {
    var trial = new Trial(prospect, message, transports);
    trial.thread.start();
    return trial;
  }

  /** The next thing that happens; null when nothing did in time. */
  @Nullable Happening next(Duration limit) throws InterruptedException {
    return happenings.poll(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
  }

  /** Gives up what still runs. */
  @Override
  public void close() {
    givenUp = true;
    thread.interrupt();
  }

  private void run() {
    try {
      Login login = prospect.login();
      happenings.add(new Happening.SignedIn(login));
      happenings.add(new Happening.Ended(transports.submit(message, login, new Heard())));
    } catch (AccountUnusable why) {
      happenings.add(new Happening.Unusable(why));
    } catch (RuntimeException mistake) {
      happenings.add(new Happening.OurMistake(mistake));
    }
  }

  private final class Heard implements Conversation {
    @Override
    public void passed(Stage stage, String evidence, Duration took) {
      happenings.add(new Happening.Passed(stage, evidence, took));
    }

    @Override
    public void said(String line) {
      happenings.add(new Happening.Said(line));
    }

    @Override
    public boolean probing() {
      return true;
    }

    @Override
    public boolean mayHandOver() {
      return !givenUp;
    }
  }
}
