package org.postroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.Eventually;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.TestDatabase;

/** Two whole nodes on one PostgreSQL, one account, one server that counts connections. */
class TwoNodesOneAccountTests {

  @Test
  void togetherTheyOpenNoMoreConnectionsThanTheAccountHas() {
    var settings = RunningPostroom.address(TestDatabase.POSTGRESQL);
    try (var server = ScriptedSmtpServer.start(SmtpOffer.plain());
        var one = RunningPostroom.start(settings);
        var other = RunningPostroom.start(settings)) {
      server.thinksFor(Duration.ofMillis(20));
      String account = account(one, server.port());
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 24; i++) ids.add(send(i % 2 == 0 ? one : other, account));
      Eventually.within(
          Duration.ofSeconds(60), () -> server.received().size(), all -> all == ids.size());
      assertThat(server.mostConnectionsAtOnce()).isEqualTo(3);
    }
  }

  private static String account(RunningPostroom postroom, int port) {
    var made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Shared", "email": "i@acme.example", "limits": {"connections": 3},
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
            """
                .formatted(port));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").stringValue();
  }

  private static String send(RunningPostroom postroom, String account) {
    var reply =
        postroom.post(
            "/api/v1/messages",
            "{\"account\": \"%s\", \"subject\": \"s\", \"text\": \"t\", \"to\": [\"a@x.example\"]}"
                .formatted(account));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
    return json(reply).get("id").stringValue();
  }
}
