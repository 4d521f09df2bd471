package org.postroom.console.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Chip;
import org.postroom.outbox.Attempt;
import org.postroom.transport.Stage;

/** One try as people see it: when, how long, how far, what was said. */
record Try(int number, Instant at, String took, Chip outcome, String stage, String reply) {

  /** Newest first. */
  static List<Try> of(List<Attempt> attempts) {
    return attempts.reversed().stream().map(Try::of).toList();
  }

  private static Try of(Attempt attempt) {
    return new Try(
        attempt.number(),
        attempt.startedAt(),
        took(attempt.took().toMillis()),
        outcome(attempt.outcome()),
        stage(attempt.stage()),
        attempt.reply().line());
  }

  private static String took(long millis) {
    return millis < 1000 ? millis + " ms" : "%.1f s".formatted(millis / 1000.0);
  }

  private static Chip outcome(String outcome) {
    return switch (outcome) {
      case "accepted" -> new Chip("ok", "tick", "Accepted");
      case "deferred" -> new Chip("wait", "clock", "Put off");
      case "rejected" -> new Chip("fail", "cross", "Refused");
      default -> new Chip("warn", "question", "Unclear");
    };
  }

  private static String stage(@Nullable Stage stage) {
    return switch (stage) {
      case null -> "All the way";
      case RESOLVE -> "Finding the server";
      case CONNECT -> "Reaching the server";
      case TLS -> "Making the connection private";
      case GREET -> "Greeting";
      case AUTHENTICATE -> "Signing in";
      case SENDER -> "Naming the sender";
      case RECIPIENT -> "Naming the recipients";
      case CONTENT -> "Handing over the message";
    };
  }
}
