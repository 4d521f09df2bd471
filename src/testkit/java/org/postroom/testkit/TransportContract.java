package org.postroom.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Submission;
import org.postroom.transport.Transport;

/** What every transport promises. A subclass starts the other side and says what arrived there. */
public abstract class TransportContract {

  /** What arrived at the other side. */
  public record Arrived(String sender, List<String> recipients, byte[] content) {}

  protected abstract Transport transport();

  protected abstract Login login();

  /** Everything that has arrived so far, oldest first. */
  protected abstract List<Arrived> arrived();

  /** That what arrived is what was sent: byte for byte, unless the protocol takes mail apart. */
  protected void assertSame(byte[] arrived, byte[] sent) {
    assertThat(arrived).isEqualTo(sent);
  }

  /** A mail of more than five million bytes, in a shape that the protocol can carry. */
  protected byte[] large() {
    return mail("Large", (".".repeat(3) + "y".repeat(73) + "\r\n").repeat(66_000));
  }

  @Test
  void speaksItsLogin() {
    assertThat(transport().speaks(login())).isTrue();
  }

  @Test
  void contentArrivesByteForByte() {
    byte[] content = mail("Hello", "Dear customer,\r\n\r\nhere is your invoice.\r\n");
    assertAccepted(submit(content));
    assertArrived(content);
  }

  @Test
  void dotsAtTheStartOfLinesArrive() {
    byte[] content = mail("Dots", ".\r\n..\r\n...x\r\n.\r\n\r\n.end\r\n.\r\n");
    assertAccepted(submit(content));
    assertArrived(content);
  }

  @Test
  void longLinesArrive() {
    String line = "x".repeat(998);
    byte[] content = mail("Long", (line + "\r\n").repeat(200));
    assertAccepted(submit(content));
    assertArrived(content);
  }

  @Test
  void octetsOutsideAsciiArrive() {
    byte[] content = mail("Eight bits", "Grüße aus Zürich – 東京\r\n");
    assertAccepted(submit(content));
    assertArrived(content);
  }

  @Test
  void fiveMegabytesArrive() {
    byte[] content = large();
    assertThat(content).hasSizeGreaterThan(5_000_000);
    assertAccepted(submit(content));
    assertArrived(content);
  }

  @Test
  void contentOfEverySizeAroundABufferArrives() {
    List<byte[]> sent = new ArrayList<>();
    for (int size : new int[] {4_090, 8_185, 16_380, 32_755, 32_761, 32_763, 32_764, 65_531}) {
      for (int more = 0; more < 6; more++) {
        byte[] head = mail("Size", "");
        byte[] content = Arrays.copyOf(head, size + more);
        Arrays.fill(content, head.length, content.length - 2, (byte) 'z');
        System.arraycopy("\r\n".getBytes(US_ASCII), 0, content, content.length - 2, 2);
        assertAccepted(submit(content));
        sent.add(content);
      }
    }
    List<Arrived> arrived = arrived();
    assertThat(arrived).hasSameSizeAs(sent);
    for (int i = 0; i < sent.size(); i++) assertSame(arrived.get(i).content(), sent.get(i));
  }

  @Test
  void everyRecipientOfTheEnvelopeIsServed() {
    var envelope =
        new Envelope(
            Address.of("invoices@acme.example"),
            Stream.of("a@one.example", "b@two.example", "c@three.example")
                .map(Address::of)
                .toList());
    Outcome outcome =
        transport()
            .submit(new Submission(envelope, mail("Three", "x\r\n")), login(), new Overheard());
    assertAccepted(outcome);
    assertThat(outcome.refused()).isEmpty();
    assertThat(arrived()).hasSize(1);
    assertThat(arrived().getFirst().sender()).isEqualTo("invoices@acme.example");
    assertThat(arrived().getFirst().recipients())
        .containsExactly("a@one.example", "b@two.example", "c@three.example");
  }

  @Test
  void addressesOutsideAsciiAreServed() {
    var envelope =
        new Envelope(Address.of("rechnung@acme.example"), List.of(Address.of("jörg@acme.example")));
    Outcome outcome =
        transport()
            .submit(new Submission(envelope, mail("Jörg", "x\r\n")), login(), new Overheard());
    assertAccepted(outcome);
    assertThat(arrived().getFirst().recipients()).containsExactly("jörg@acme.example");
  }

  @Test
  void asksOnceBeforeAnythingIsHandedOver() {
    var arrivedWhenAsked = new AtomicInteger(-1);
    var conversation =
        new Overheard(() -> {
          arrivedWhenAsked.set(arrived().size());
          return true;
        });
    assertAccepted(transport().submit(submission(mail("Asked", "x\r\n")), login(), conversation));
    assertThat(conversation.asked()).isEqualTo(1);
    assertThat(arrivedWhenAsked).hasValue(0);
    assertThat(arrived()).hasSize(1);
  }

  @Test
  void handsNothingOverWhenTheClaimIsLost() {
    var conversation = new Overheard(() -> false);
    Outcome outcome = transport().submit(submission(mail("Lost", "x\r\n")), login(), conversation);
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(((Outcome.Deferred) outcome).failure().kind()).isEqualTo(FailureKind.CLAIM_LOST);
    assertThat(conversation.asked()).isEqualTo(1);
    byte[] next = mail("Next", "y\r\n");
    assertAccepted(submit(next));
    assertArrived(next);
  }

  @Test
  void aFailureOfTheGuardItselfHandsNothingOver() {
    var conversation =
        new Overheard(() -> {
          throw new IllegalStateException("the database is away");
        });
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> transport().submit(submission(mail("Away", "x\r\n")), login(), conversation))
        .hasMessage("the database is away");
    byte[] next = mail("Next", "y\r\n");
    assertAccepted(submit(next));
    assertArrived(next);
  }

  @Test
  void manyAtOnceArriveOnceEach() throws Exception {
    int count = 200;
    List<Callable<Outcome>> tries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] content = mail("Number " + i, "x\r\n");
      tries.add(() -> submit(content));
    }
    try (var threads = Executors.newFixedThreadPool(16, Thread.ofVirtual().factory())) {
      for (Future<Outcome> done : threads.invokeAll(tries)) assertAccepted(done.get());
    }
    assertThat(arrived())
        .extracting(TransportContract::subject)
        .doesNotContain("")
        .hasSize(count)
        .doesNotHaveDuplicates();
  }

  @Test
  void theSameMessageTwiceArrivesTwice() {
    byte[] content = mail("Twice", "x\r\n");
    assertAccepted(submit(content));
    assertAccepted(submit(content));
    assertThat(arrived()).hasSize(2);
  }

  @Test
  void stagesAreHeardInTheirOrderAndEndWithTheContent() {
    for (int i = 0; i < 3; i++) {
      var conversation = new Overheard();
      assertAccepted(transport().submit(submission(mail("S", "x\r\n")), login(), conversation));
      assertThat(conversation.stages()).isSorted().doesNotHaveDuplicates();
      assertThat(conversation.stages().getLast()).isEqualTo(org.postroom.transport.Stage.CONTENT);
    }
  }

  protected final Outcome submit(byte[] content) {
    return transport().submit(submission(content), login(), new Overheard());
  }

  protected static Submission submission(byte[] content) {
    return new Submission(
        new Envelope(
            Address.of("invoices@acme.example"), List.of(Address.of("ap@contoso.example"))),
        content);
  }

  /** A small mail; the subject's line comes first. */
  protected static byte[] mail(String subject, String body) {
    String ascii = subject.chars().allMatch(c -> c < 128) ? subject : "=?utf-8?Q?J=C3=B6rg?=";
    return ("Subject: "
            + ascii
            + "\r\nFrom: invoices@acme.example\r\nTo: ap@contoso.example\r\n"
            + "Message-ID: <1@acme.example>\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\n\r\n"
            + body)
        .getBytes(UTF_8);
  }

  protected static void assertAccepted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
  }

  private void assertArrived(byte[] content) {
    assertThat(arrived()).hasSize(1);
    assertSame(arrived().getFirst().content(), content);
  }

  private static String subject(Arrived one) {
    return new String(one.content(), UTF_8)
        .lines()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.startsWith("Subject: "))
        .findFirst()
        .orElse("");
  }
}
