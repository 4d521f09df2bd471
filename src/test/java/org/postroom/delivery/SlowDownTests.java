package org.postroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

class SlowDownTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RATE_LIMITED|CONTENT|ACCOUNT|429||ApplicationThrottled|false",
        "RATE_LIMITED|CONTENT|ACCOUNT|429||Application is over its MailboxConcurrency limit.|true",
        "RATE_LIMITED|CONTENT|ACCOUNT|432|4.3.2|STOREDRV.ClientSubmit; sender thread limit exceeded|true",
        "SERVER_BUSY|CONTENT|MESSAGE|432|4.3.2|Slow|false",
        "RATE_LIMITED|SENDER|ACCOUNT|451|4.7.500|Server busy. Please try again later|false",
        "SERVER_BUSY|GREET|ACCOUNT|421|4.3.2|Service not available|true",
        "SERVER_BUSY|SENDER|ACCOUNT|421|4.7.0|Rate limit on connections reached: messages per minute|false",
        "SERVER_BUSY|SENDER|ACCOUNT|452|4.3.1|Insufficient system storage|false",
        "SERVER_BUSY|SENDER|ACCOUNT|451|4.7.1|Try later|false"
      })
  void aServerAsksToSlowDown(
      FailureKind kind,
      Stage stage,
      Scope scope,
      int code,
      String enhanced,
      String text,
      boolean connections) {
    assertThat(of(kind, stage, scope, new Reply(code, enhanced, text)))
        .hasValueSatisfying(asked -> {
          assertThat(asked.connections()).isEqualTo(connections);
          assertThat(asked.words()).contains(text);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RECIPIENT_DEFERRED|RECIPIENT|RECIPIENT|451|4.7.1|Greylisted",
        "RECIPIENT_DEFERRED|RECIPIENT|RECIPIENT|452|4.2.2|Mailbox full",
        "RECIPIENT_DEFERRED|RECIPIENT|RECIPIENT|452|4.5.3|Too many recipients",
        "SIGN_IN_REFUSED|AUTHENTICATE|ACCOUNT|432|4.7.12|A password transition is needed",
        "SERVER_BUSY|CONTENT|MESSAGE|451|4.3.0|Error in processing",
        "CONNECTION_REFUSED|CONNECT|ACCOUNT|0||Connection refused"
      })
  void othersDoNot(
      FailureKind kind, Stage stage, Scope scope, int code, String enhanced, String text) {
    assertThat(of(kind, stage, scope, new Reply(code, enhanced, text))).isEmpty();
  }

  @Test
  void whatWasTakenAsksForNothing() {
    assertThat(SlowDown.of(new Tried(new Outcome.Accepted(Reply.of(250, "ok"))))).isEmpty();
  }

  private static Optional<SlowDown> of(FailureKind kind, Stage stage, Scope scope, Reply reply) {
    return SlowDown.of(new Tried(new Outcome.Deferred(new Failure(kind, stage, scope, reply))));
  }
}
