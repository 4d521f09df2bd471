package org.postroom.transport.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.net.Trust;
import org.postroom.testkit.Overheard;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Submission;

/**
 * Message after message over kept connections, while the server says 421, hangs up or closes what
 * rests, at random. Trouble is the message's that it hits, never the next one's; and no connection
 * is left open.
 */
class KeptConnectionTests {
  private static final int MESSAGES = Integer.getInteger("kept.messages", 250);
  private static final long SEED = Long.getLong("kept.seed", System.nanoTime());

  /** What is to happen while one message goes, and whether the message must bear it. */
  private enum Trouble {
    NONE(false),
    CLOSED_WHILE_RESTING(false),
    FAREWELL_AT_MAIL(false),
    DROPPED_AT_MAIL(false),
    FAREWELL_AT_RCPT(true),
    FAREWELL_AT_DATA(true),
    DROPPED_AT_DATA(true),
    FAREWELL_AT_CONTENT(true),
    DROPPED_AT_CONTENT(true);

    final boolean itsOwn;

    Trouble(boolean itsOwn) {
      this.itsOwn = itsOwn;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void troubleOfOneMessageIsNeverTheNextOnes(boolean pipelining) {
    var random = new Random(SEED);
    var transport = new SmtpTransport(Trust.ofSystem(), Patience.standard());
    try (var server = ScriptedSmtpServer.start(SmtpOffer.plain().pipelining(pipelining))) {
      int accepted = 0;
      int broken = 0;
      for (int i = 0; i < MESSAGES; i++) {
        // Before the first connection there is none to break.
        Trouble trouble = i == 0 ? Trouble.NONE : any(random);
        prepare(server, trouble);
        var conversation = new Overheard();
        Outcome outcome = submit(transport, server, conversation);
        assertThat(outcome instanceof Outcome.Accepted)
            .as("message %d, %s, seed %d: %s", i, trouble, SEED, outcome)
            .isEqualTo(!trouble.itsOwn);
        assertThat(conversation.asked()).as("tries of one message").isLessThanOrEqualTo(1);
        if (trouble != Trouble.NONE) broken++;
        if (!trouble.itsOwn) accepted++;
        assertThat(server.received()).hasSize(accepted);
        eventually(server::openConnections, open -> open <= 1);
      }
      assertThat(server.connections()).isLessThanOrEqualTo(1 + broken);
      assertThat(server.violations()).isEmpty();
      transport.close();
      eventually(server::openConnections, open -> open == 0);
    } finally {
      transport.close();
    }
  }

  private static Trouble any(Random random) {
    Trouble[] all = Trouble.values();
    return random.nextInt(3) > 0 ? Trouble.NONE : all[random.nextInt(all.length)];
  }

  private static void prepare(ScriptedSmtpServer server, Trouble trouble) {
    server.script().clear();
    int kept = server.connections();
    String farewell = "421 4.3.2 Closing";
    switch (trouble) {
      case NONE -> {}
      case CLOSED_WHILE_RESTING -> server.dropConnections();
      case FAREWELL_AT_MAIL -> server.at(Verb.MAIL).connection(kept).sayAndClose(farewell);
      case DROPPED_AT_MAIL -> server.at(Verb.MAIL).connection(kept).drop();
      case FAREWELL_AT_RCPT -> server.at(Verb.RCPT).sayAndClose(farewell);
      case FAREWELL_AT_DATA -> server.at(Verb.DATA).sayAndClose(farewell);
      case DROPPED_AT_DATA -> server.at(Verb.DATA).drop();
      case FAREWELL_AT_CONTENT -> server.at(Verb.CONTENT).sayAndClose(farewell);
      case DROPPED_AT_CONTENT -> server.at(Verb.CONTENT).drop();
    }
  }

  private static Outcome submit(
      SmtpTransport transport, ScriptedSmtpServer server, Overheard conversation) {
    var envelope =
        new Envelope(
            Address.of("invoices@acme.example"), List.of(Address.of("ap@contoso.example")));
    byte[] content = "Subject: kept\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII);
    return transport.submit(
        new Submission(envelope, content),
        new Login.Smtp("127.0.0.1", server.port(), Login.Security.NONE, null),
        conversation);
  }
}
