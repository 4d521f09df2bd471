package org.postroom.transport.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.net.Names;
import org.postroom.net.Trust;
import org.postroom.testkit.Eventually;
import org.postroom.testkit.FreePort;
import org.postroom.testkit.Overheard;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Submission;

/**
 * The answer to the content comes late, badly or never, from Postfix's own smtp-sink. {@code
 * bench/late-answers} waits in earnest: its delays are the system property {@code late.seconds}.
 */
class LateAnswerTests {
  private static final Path SINK = Path.of("/usr/sbin/smtp-sink");
  private static final String DELAYS = System.getProperty("late.seconds", "1,2");

  private final List<Process> sinks = new ArrayList<>();
  private SmtpTransport transport = new SmtpTransport(Trust.ofSystem(), Patience.standard());

  @AfterEach
  void stop() {
    transport.close();
    sinks.forEach(Process::destroyForcibly);
  }

  @Test
  void waitsAtLeastTenMinutesForTheAnswerToTheContent() {
    assertThat(Patience.standard().answer()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void aLateAnswerIsAnAnswer() throws Exception {
    List<Callable<Outcome>> tries =
        Stream.of(DELAYS.split(","))
            .<Callable<Outcome>>map(seconds -> {
              int port = sink("-W", ".:" + seconds);
              return () -> submit(port);
            })
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Outcome> one : threads.invokeAll(tries))
        assertThat(one.get()).isInstanceOf(Outcome.Accepted.class);
    }
  }

  @Test
  void anAnswerLaterThanOurPatienceIsUnclear() throws IOException {
    transport.close();
    transport =
        new SmtpTransport(Trust.ofSystem(), Patience.standard().atMost(Duration.ofMillis(700)));
    assertUnclear(submit(sink("-W", ".:20")));
  }

  @Test
  void hangingUpAfterTheDotIsUnclear() throws IOException {
    assertUnclear(submit(sink("-q", ".")));
  }

  /** An answer, and none that takes the mail: RFC 5321 4.2.5 leaves it with us. */
  @Test
  void a421AfterTheDotIsARefusalForNow() throws IOException {
    Outcome outcome = submit(sink("-Q", "."));
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(((Outcome.Deferred) outcome).failure().reply().code()).isEqualTo(421);
  }

  @Test
  void noOtherAddressOfTheServerIsTriedOnceTheContentIsGone() throws IOException {
    try (var first = ScriptedSmtpServer.start(SmtpOffer.plain());
        var second = ScriptedSmtpServer.start(SmtpOffer.plain(), "127.0.0.2", first.port())) {
      Names.Lookup both =
          host -> List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.2"));
      transport.close();
      transport = new SmtpTransport(Trust.ofSystem(), Patience.standard(), null, both);
      first.at(Verb.CONTENT).message(1).drop();
      assertUnclear(submit("two.example", first.port()));
      assertThat(first.connections()).isEqualTo(1);
      assertThat(second.connections()).isZero();
      // The second address is there for who cannot reach the first.
      first.close();
      assertThat(submit("two.example", second.port())).isInstanceOf(Outcome.Accepted.class);
      assertThat(second.received()).hasSize(1);
    }
  }

  private static void assertUnclear(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Unclear.class);
    assertThat(((Outcome.Unclear) outcome).failure().kind()).isEqualTo(FailureKind.ANSWER_LOST);
  }

  private Outcome submit(int port) {
    return submit("127.0.0.1", port);
  }

  private Outcome submit(String host, int port) {
    var envelope =
        new Envelope(
            Address.of("invoices@acme.example"), List.of(Address.of("ap@contoso.example")));
    byte[] content = "Subject: late\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII);
    return transport.submit(
        new Submission(envelope, content),
        new Login.Smtp(host, port, Login.Security.NONE, null),
        new Overheard());
  }

  private int sink(String... fault) {
    Assumptions.assumeTrue(Files.isExecutable(SINK), "Skipped: no smtp-sink (Debian: postfix).");
    int port = FreePort.next();
    // As root it insists on being somebody else.
    boolean root = System.getProperty("user.name").equals("root");
    List<String> command = new ArrayList<>(List.of(SINK.toString()));
    if (root) command.addAll(List.of("-u", "nobody"));
    command.addAll(List.of("-t", "900")); // its own patience
    command.addAll(List.of(fault));
    command.addAll(List.of("127.0.0.1:" + port, "100"));
    try {
      sinks.add(
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
    Eventually.eventually(() -> listens(port), yes -> yes);
    return port;
  }

  private static boolean listens(int port) {
    try (var socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
