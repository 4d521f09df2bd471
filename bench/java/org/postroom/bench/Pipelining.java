package org.postroom.bench;

import java.time.Duration;
import java.util.List;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.net.Trust;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Submission;
import org.postroom.transport.smtp.Patience;
import org.postroom.transport.smtp.SmtpTransport;

/**
 * One connection to a server 20 ms away that offers PIPELINING, beside the same server without it:
 * then each command waits for its reply. {@code Pipelining [rounds] [messages]}.
 */
public final class Pipelining {
  private static final Duration ROUND_TRIP = Duration.ofMillis(20);
  private static final byte[] MIME =
      ("From: a@acme.example\r\nSubject: Invoice\r\n\r\n" + "Rye flour, 25 kg.\r\n".repeat(250))
          .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private Pipelining() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int messages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
    var far = new Sink.Manners(ROUND_TRIP, Duration.ZERO, true);
    var farAndPlain = new Sink.Manners(ROUND_TRIP, Duration.ZERO, false);
    try (var offers = new Sink(0, far);
        var offersNot = new Sink(0, farAndPlain);
        var transport = new SmtpTransport(Trust.ofSystem(), Patience.standard())) {
      Rounds.interleaved(
              rounds,
              "PIPELINING offered",
              () -> send(transport, offers, messages),
              "one reply per command",
              () -> send(transport, offersNot, messages))
          .print(System.out);
      System.out.println("At the sinks: " + offers.counts() + " and " + offersNot.counts());
    }
    System.exit(0);
  }

  private static long send(SmtpTransport transport, Sink sink, int messages) {
    var login = new Login.Smtp("127.0.0.1", sink.port(), Login.Security.NONE, null);
    Address sender = Address.of("a@acme.example");
    var envelope = new Envelope(sender, List.of(Address.of("b@customer.example")));
    for (int i = 0; i < messages; i++) {
      Outcome outcome = transport.submit(new Submission(envelope, MIME), login, () -> true);
      if (!(outcome instanceof Outcome.Accepted))
        throw new IllegalStateException(outcome.toString());
    }
    return messages;
  }
}
