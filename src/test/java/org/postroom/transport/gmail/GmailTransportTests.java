package org.postroom.transport.gmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.ApiFault.Moment.*;
import static org.postroom.transport.FailureKind.*;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.model.Message;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.testkit.ApiFault;
import org.postroom.testkit.ApiRequest;
import org.postroom.testkit.FreePort;
import org.postroom.testkit.GmailServer;
import org.postroom.testkit.Overheard;
import org.postroom.testkit.TestCertificates;
import org.postroom.transport.Conversation;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;
import org.postroom.transport.Submission;
import org.postroom.transport.rest.Patience;

/** Gmail as it is when things go well, and when they do not. */
class GmailTransportTests {
  private static final String TOKEN = "ya29.secret-token-of-acme";
  private static final String MAIL =
      "From: Acme <invoices@acme.example>\r\nTo: a@b.example\r\nSubject: Hello\r\n\r\nx\r\n";

  private GmailServer server;
  private Web web;
  private boolean silence;
  private final Overheard heard = new Overheard();

  @BeforeEach
  void start() {
    server = GmailServer.start().token(TOKEN, "invoices@acme.example", "gmail.send");
    web = new Web(Trust.ofSystem());
  }

  @AfterEach
  void stop() {
    assertThat(server.violations()).isEmpty();
    assertThat(heard.lines()).noneMatch(line -> line.contains("secret-token-of-acme"));
    web.close();
    server.close();
  }

  /** The server that we are tried against understands Google's own client just as well. */
  @Test
  void handsOverWhatGooglesOwnClientHandsOver() throws Exception {
    assertThat(submit(MAIL, "a@b.example")).isInstanceOf(Outcome.Accepted.class);
    var google =
        new Gmail.Builder(
                new NetHttpTransport(),
                GsonFactory.getDefaultInstance(),
                request -> request.getHeaders().setAuthorization("Bearer " + TOKEN))
            .setRootUrl(server.service() + "/")
            .setApplicationName("peer")
            .build();
    var message = new Message().encodeRaw(MAIL.getBytes(StandardCharsets.US_ASCII));
    String id = google.users().messages().send("me", message).execute().getId();
    assertThat(server.sent()).hasSize(2);
    assertThat(server.sent().get(1).id()).isEqualTo(id);
    assertThat(server.sent().get(0).mime()).isEqualTo(server.sent().get(1).mime());
    assertThat(server.sent().get(0).recipients()).isEqualTo(server.sent().get(1).recipients());
  }

  @Test
  void servesExactlyTheEnvelope() {
    String mail = MAIL.replace("To: a@b.example", "To: a@b.example, had@it.example");
    assertThat(submit(mail, "a@b.example", "hidden@b.example"))
        .isInstanceOf(Outcome.Accepted.class);
    assertThat(server.sent().getFirst().recipients())
        .containsExactly("a@b.example", "hidden@b.example");
  }

  @Test
  void gmailMayReplaceTheSenderAndTheEvidenceSaysSo() {
    String mail = MAIL.replace("invoices@acme.example", "ceo@acme.example");
    assertThat(submit(mail, "a@b.example")).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.sent().getFirst().from()).isEqualTo("invoices@acme.example");
    assertThat(heard.lines())
        .anyMatch(line -> line.startsWith("SENDER: ") && line.contains("Gmail replaces it"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void takesTheLastByteThatFits(int over) {
    byte[] mail = MAIL.getBytes(StandardCharsets.US_ASCII);
    byte[] large = Arrays.copyOf(mail, GmailServer.LARGEST + over);
    Arrays.fill(large, mail.length, large.length, (byte) 'x');
    Outcome outcome = submit(large, "a@b.example");
    if (over == 0) {
      assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
      assertThat(server.sent().getFirst().mime()).isEqualTo(large);
    } else {
      assertFailed(outcome, Outcome.Rejected.class, MESSAGE_TOO_LARGE, Stage.CONTENT);
      assertThat(server.requests()).isEmpty();
      assertThat(heard.asked()).isZero();
    }
  }

  @Test
  void aTokenThatEndedOrMaySendNothing() {
    server.expire(TOKEN);
    Outcome expired = submit(MAIL, "a@b.example");
    assertFailed(expired, Outcome.Rejected.class, SIGN_IN_REFUSED, Stage.AUTHENTICATE);
    assertThat(heard.stages()).containsExactly(Stage.RESOLVE, Stage.CONNECT);
    server.token(TOKEN, "invoices@acme.example", "gmail.readonly");
    Outcome small = submit(MAIL, "a@b.example");
    assertFailed(small, Outcome.Rejected.class, SIGN_IN_REFUSED, Stage.AUTHENTICATE);
    assertThat(failure(small).reply().code()).isEqualTo(403);
  }

  @ParameterizedTest
  @EnumSource(names = {"AFTER_READING", "AFTER_DOING"})
  void aHangUpOnceTheRequestMayHaveArrivedIsUnclear(ApiFault.Moment moment) {
    server.next(ApiFault.hangUp("send", moment));
    assertFailed(submit(MAIL, "a@b.example"), Outcome.Unclear.class, ANSWER_LOST, Stage.CONTENT);
    assertThat(server.sent()).hasSize(moment == AFTER_DOING ? 1 : 0);
  }

  @Test
  void aHangUpInTheMiddleOfALongMessageIsNotUnclear() {
    byte[] mail = MAIL.getBytes(StandardCharsets.US_ASCII);
    byte[] large = Arrays.copyOf(mail, GmailServer.LARGEST);
    Arrays.fill(large, mail.length, large.length, (byte) 'x');
    server.next(ApiFault.hangUp("send", BEFORE_READING));
    Outcome outcome = submit(large, "a@b.example");
    assertFailed(outcome, Outcome.Deferred.class, CONNECTION_LOST, Stage.CONTENT);
    assertThat(failure(outcome).scope()).isEqualTo(Scope.MESSAGE);
  }

  @Test
  void aLostAnswerIsUnclear() {
    server.next(ApiFault.answerAfterDoing("send", 504, ""));
    assertFailed(submit(MAIL, "a@b.example"), Outcome.Unclear.class, ANSWER_LOST, Stage.CONTENT);
    server.next(ApiFault.answerAfterDoing("send", 200, "x".repeat(2_000_000)));
    assertFailed(submit(MAIL, "a@b.example"), Outcome.Unclear.class, ANSWER_LOST, Stage.CONTENT);
    silence = true;
    server.next(ApiFault.silence("send"));
    assertFailed(submit(MAIL, "a@b.example"), Outcome.Unclear.class, ANSWER_LOST, Stage.CONTENT);
    assertThat(server.sent()).hasSize(3);
  }

  @Test
  void nobodyThereIsTheAccounts() {
    var nobody = new Login.Gmail(URI.create("http://localhost:" + FreePort.next()), TOKEN);
    Outcome refused = transport().submit(mail(MAIL.getBytes(), "a@b.example"), nobody, heard);
    assertFailed(refused, Outcome.Deferred.class, CONNECTION_REFUSED, Stage.CONNECT);
    var unknown = new Login.Gmail(URI.create("https://gmail.nowhere.invalid"), TOKEN);
    Outcome lost = transport().submit(mail(MAIL.getBytes(), "a@b.example"), unknown, heard);
    assertFailed(lost, Outcome.Deferred.class, NAME_NOT_FOUND, Stage.RESOLVE);
    assertThat(failure(lost).scope()).isEqualTo(Scope.ACCOUNT);
    try (var other = GmailServer.startTls(TestCertificates.forLocalhost())) {
      var stranger = new Login.Gmail(other.service(), TOKEN);
      Outcome untrusted = transport().submit(mail(MAIL.getBytes(), "a@b.example"), stranger, heard);
      assertFailed(untrusted, Outcome.Deferred.class, CERTIFICATE_NOT_TRUSTED, Stage.TLS);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void whoWatchesSeesTheTokenProvedBeforeAnythingIsHandedOver() {
    List<Stage> stages = new ArrayList<>();
    Outcome outcome =
        transport().submit(mail(MAIL.getBytes(), "a@b.example"), login(), probe(stages));
    assertThat(failure(outcome).kind()).isEqualTo(CLAIM_LOST);
    assertThat(stages).containsExactly(Stage.RESOLVE, Stage.CONNECT, Stage.AUTHENTICATE);
    assertThat(server.requests())
        .extracting(ApiRequest::line)
        .containsExactly("GET /gmail/v1/users/me/profile");
    server.expire(TOKEN);
    stages.clear();
    Outcome dead = transport().submit(mail(MAIL.getBytes(), "a@b.example"), login(), probe(stages));
    assertFailed(dead, Outcome.Rejected.class, SIGN_IN_REFUSED, Stage.AUTHENTICATE);
    assertThat(stages).containsExactly(Stage.RESOLVE, Stage.CONNECT);
  }

  private static Conversation probe(List<Stage> stages) {
    return new Conversation() {
      @Override
      public void passed(Stage stage, String evidence, Duration took) {
        stages.add(stage);
      }

      @Override
      public boolean probing() {
        return true;
      }

      @Override
      public boolean mayHandOver() {
        return false;
      }
    };
  }

  private Outcome submit(String mail, String... recipients) {
    return submit(mail.getBytes(StandardCharsets.US_ASCII), recipients);
  }

  private Outcome submit(byte[] mail, String... recipients) {
    return transport().submit(mail(mail, recipients), login(), heard);
  }

  private GmailTransport transport() {
    Duration limit = silence ? Duration.ofMillis(1200) : Duration.ofSeconds(60);
    return new GmailTransport(web, new Patience(limit, Duration.ZERO), InstantSource.system());
  }

  private Login login() {
    return new Login.Gmail(server.service(), TOKEN);
  }

  private static Submission mail(byte[] mail, String... recipients) {
    List<Address> to = Arrays.stream(recipients).map(Address::of).toList();
    return new Submission(new Envelope(Address.of("invoices@acme.example"), to), mail);
  }

  private static void assertFailed(
      Outcome outcome, Class<? extends Outcome> type, FailureKind kind, Stage stage) {
    assertThat(outcome).isInstanceOf(type);
    assertThat(failure(outcome).kind()).isEqualTo(kind);
    assertThat(failure(outcome).stage()).isEqualTo(stage);
  }

  private static Failure failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Deferred deferred -> deferred.failure();
      case Outcome.Rejected rejected -> rejected.failure();
      case Outcome.Unclear unclear -> unclear.failure();
      case Outcome.Accepted accepted -> throw new AssertionError(accepted);
    };
  }
}
