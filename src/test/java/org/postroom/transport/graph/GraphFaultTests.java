package org.postroom.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.ApiFault.Moment.*;
import static org.postroom.transport.FailureKind.*;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.mail.Envelope;
import org.postroom.mail.Mime;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.testkit.ApiFault;
import org.postroom.testkit.FreePort;
import org.postroom.testkit.GraphServer;
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

/** The connection broken at each point of each way, and answers that never come. */
class GraphFaultTests {
  private static final String TOKEN = "eyJ0eXAi.secret-token-of-acme.x";
  private static final Sizes ONLY_DRAFTS = new Sizes(0, 0, 3_000_000, 1_000_000);

  private GraphServer server;
  private Web web;
  private final Overheard heard = new Overheard();
  private boolean silence;

  @BeforeEach
  void start() {
    server =
        GraphServer.start().token(TOKEN, "invoices@acme.example", "Mail.Send", "Mail.ReadWrite");
    web = new Web(Trust.ofSystem());
  }

  @AfterEach
  void stop() {
    assertThat(heard.lines()).noneMatch(line -> line.contains("secret-token-of-acme"));
    assertThat(heard.lines()).noneMatch(line -> line.contains("secret-of-s"));
    assertThat(heard.asked()).isLessThanOrEqualTo(1);
    web.close();
    server.close();
  }

  @Test
  void aWrongNameIsTheAccounts() {
    Outcome outcome = submit(Sizes.MICROSOFT, small(), URI.create("https://graph.nowhere.invalid"));
    assertFailed(outcome, Outcome.Deferred.class, NAME_NOT_FOUND, Stage.RESOLVE, Scope.ACCOUNT);
    assertThat(heard.stages()).isEmpty();
  }

  @Test
  void nobodyListening() {
    URI nobody = URI.create("http://localhost:" + FreePort.next());
    Outcome outcome = submit(Sizes.MICROSOFT, small(), nobody);
    assertFailed(outcome, Outcome.Deferred.class, CONNECTION_REFUSED, Stage.CONNECT, Scope.ACCOUNT);
    assertThat(heard.stages()).containsExactly(Stage.RESOLVE);
  }

  @Test
  void aCertificateOfAStranger() {
    try (var other = GraphServer.startTls(TestCertificates.forLocalhost())) {
      Outcome outcome = submit(Sizes.MICROSOFT, small(), other.service());
      assertFailed(
          outcome, Outcome.Deferred.class, CERTIFICATE_NOT_TRUSTED, Stage.TLS, Scope.ACCOUNT);
      assertThat(heard.stages()).containsExactly(Stage.RESOLVE, Stage.CONNECT);
      assertThat(other.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AFTER_READING", "AFTER_DOING"})
  void aHangUpOnceTheRequestMayHaveArrivedIsUnclear(ApiFault.Moment moment) {
    server.next(ApiFault.hangUp("sendMail", moment));
    Outcome outcome = submit(Sizes.MICROSOFT, small());
    assertFailed(outcome, Outcome.Unclear.class, ANSWER_LOST, Stage.CONTENT, Scope.MESSAGE);
    assertThat(server.sent()).hasSize(moment == AFTER_DOING ? 1 : 0);
    assertThat(heard.stages()).containsExactly(Stage.RESOLVE, Stage.CONNECT);
  }

  @Test
  void a504AfterSendingIsUnclear() {
    server.next(ApiFault.answerAfterDoing("sendMail", 504, ""));
    Outcome outcome = submit(Sizes.MICROSOFT, small());
    assertFailed(outcome, Outcome.Unclear.class, ANSWER_LOST, Stage.CONTENT, Scope.MESSAGE);
    assertThat(server.sent()).hasSize(1);
  }

  @Test
  void silenceAfterSendingIsUnclear() {
    silence = true;
    server.next(ApiFault.silence("sendMail"));
    Outcome outcome = submit(Sizes.MICROSOFT, small());
    assertFailed(outcome, Outcome.Unclear.class, ANSWER_LOST, Stage.CONTENT, Scope.MESSAGE);
    assertThat(server.sent()).hasSize(1);
  }

  @Test
  void anAnswerWithoutEndIsUnclear() {
    server.next(ApiFault.answerAfterDoing("sendMail", 202, "x".repeat(2_000_000)));
    Outcome outcome = submit(Sizes.MICROSOFT, small());
    assertFailed(outcome, Outcome.Unclear.class, ANSWER_LOST, Stage.CONTENT, Scope.MESSAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1.0/me/messages",
        "/attachments",
        "createUploadSession",
        "PUT /upload/",
      })
  void nothingIsUnclearWhileADraftIsPrepared(String step) {
    for (ApiFault.Moment moment : List.of(BEFORE_READING, AFTER_READING, AFTER_DOING, SILENCE)) {
      silence = moment == SILENCE;
      server.next(new ApiFault(step, moment, 0, java.util.Map.of(), ""));
      Outcome outcome = submit(ONLY_DRAFTS, large());
      assertThat(outcome).as("%s", moment).isInstanceOf(Outcome.Deferred.class);
      assertThat(failure(outcome).scope()).isEqualTo(Scope.MESSAGE);
      assertThat(failure(outcome).kind()).isIn(CONNECTION_LOST, ANSWER_TIMEOUT);
    }
    silence = false;
    server.next(ApiFault.answerAfterDoing(step, 504, ""));
    assertThat(submit(ONLY_DRAFTS, large())).isInstanceOf(Outcome.Deferred.class);
    assertThat(heard.asked()).isZero();
    assertThat(server.sent()).isEmpty();
    // A draft whose answer was lost has no name for us; it is never sent.
    boolean namelessDrafts = step.endsWith("messages");
    assertThat(server.drafts()).isEqualTo(namelessDrafts ? 3 : 0);
  }

  @Test
  void aSecondSliceThatFailsTakesTheDraftAlong() {
    submitUntilSecondSlice();
    assertThat(server.drafts()).isZero();
    assertThat(server.sent()).isEmpty();
    assertThat(server.violations()).isEmpty();
  }

  @Test
  void aLostAnswerToSendingIsAcceptedWhenTheDraftIsGone() {
    for (ApiFault fault :
        List.of(
            ApiFault.hangUp("/send", AFTER_DOING),
            ApiFault.silence("/send"),
            ApiFault.answerAfterDoing("/send", 504, ""),
            ApiFault.answerAfterDoing("/send", 200, ""))) {
      silence = fault.moment() == SILENCE;
      server.next(fault);
      var conversation = new Overheard();
      Outcome outcome = submit(ONLY_DRAFTS, large(), conversation);
      assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
      assertThat(((Outcome.Accepted) outcome).reply().line())
          .startsWith("No clear answer to sending the draft:")
          .endsWith("The message is no longer among the drafts, so Microsoft has taken it.");
      assertThat(conversation.stages().getLast()).isEqualTo(Stage.CONTENT);
      assertThat(conversation.stages()).isSorted().doesNotHaveDuplicates();
    }
    assertThat(server.sent()).hasSize(4);
  }

  @Test
  void theSameWhereAMessageGetsAnotherIdWhenItIsSent() {
    server.withoutImmutableIds();
    server.next(ApiFault.hangUp("/send", AFTER_DOING));
    assertThat(submit(ONLY_DRAFTS, large())).isInstanceOf(Outcome.Accepted.class);
    server.next(ApiFault.answerAfterDoing("/send", 404, notFound()));
    assertThat(submit(ONLY_DRAFTS, large(), new Overheard())).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.sent()).hasSize(2);
  }

  @Test
  void aLostAnswerToSendingIsDeferredWhenTheDraftIsStillThere() {
    for (ApiFault fault :
        List.of(
            ApiFault.hangUp("/send", AFTER_READING),
            ApiFault.answer("/send", 504, ""),
            ApiFault.answer("/send", 200, ""))) {
      server.next(fault);
      Outcome outcome = submit(ONLY_DRAFTS, large(), new Overheard());
      assertFailed(outcome, Outcome.Deferred.class, SERVER_BUSY, Stage.CONTENT, Scope.MESSAGE);
      assertThat(failure(outcome).reply().text()).endsWith("was deleted there: nothing was sent.");
    }
    assertThat(server.sent()).isEmpty();
    assertThat(server.drafts()).isZero();
  }

  @Test
  void aLostAnswerToSendingIsUnclearWhenNobodyTells() {
    server.next(ApiFault.hangUp("/send", AFTER_DOING));
    server.next(ApiFault.hangUp("GET /v1.0/me/messages/", AFTER_READING));
    // The client itself asks a reading request once more when its connection breaks.
    server.next(ApiFault.hangUp("GET /v1.0/me/messages/", AFTER_READING));
    server.next(ApiFault.hangUp("GET /v1.0/me/messages/", AFTER_READING));
    Outcome outcome = submit(ONLY_DRAFTS, large());
    assertFailed(outcome, Outcome.Unclear.class, ANSWER_LOST, Stage.CONTENT, Scope.MESSAGE);
    assertThat(failure(outcome).reply().text()).endsWith("could not be seen.");
  }

  @Test
  void aDraftThatCannotBeTakenBackIsUnclear() {
    server.next(ApiFault.answer("/send", 504, ""));
    server.next(ApiFault.answer("DELETE", 503, ""));
    Outcome outcome = submit(ONLY_DRAFTS, large());
    assertFailed(outcome, Outcome.Unclear.class, ANSWER_LOST, Stage.CONTENT, Scope.MESSAGE);
    assertThat(server.drafts()).isEqualTo(1);
  }

  @Test
  void aDraftThatSomebodyDeletesIsMadeAgain() {
    server.next(ApiFault.answer("/attachments", 404, notFound()));
    Outcome outcome = submit(ONLY_DRAFTS, large());
    assertFailed(outcome, Outcome.Deferred.class, SERVER_BUSY, Stage.CONTENT, Scope.MESSAGE);
    assertThat(submit(ONLY_DRAFTS, large())).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void aRefusalToSendTakesTheDraftAlong() {
    server.next(
        ApiFault.answer(
            "/send", 403, "{\"error\":{\"code\":\"ErrorSendAsDenied\",\"message\":\"no\"}}"));
    Outcome outcome = submit(ONLY_DRAFTS, large());
    assertFailed(outcome, Outcome.Rejected.class, SENDER_REFUSED, Stage.SENDER, Scope.ACCOUNT);
    assertThat(server.drafts()).isZero();
  }

  @Test
  void whoMayNotKeepDraftsMayStillSendSmallMail() {
    server.token(TOKEN, "invoices@acme.example", "Mail.Send");
    Outcome outcome = submit(ONLY_DRAFTS, large());
    assertFailed(outcome, Outcome.Rejected.class, SENDER_REFUSED, Stage.SENDER, Scope.MESSAGE);
    assertThat(submit(Sizes.MICROSOFT, small())).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void anExpiredTokenIsTheAccountsAndNothingElse() {
    server.expire(TOKEN);
    Outcome outcome = submit(Sizes.MICROSOFT, small());
    assertFailed(
        outcome, Outcome.Rejected.class, SIGN_IN_REFUSED, Stage.AUTHENTICATE, Scope.ACCOUNT);
    assertThat(heard.stages()).containsExactly(Stage.RESOLVE, Stage.CONNECT);
    assertThat(server.sent()).isEmpty();
  }

  @Test
  void aServerThatRepeatsTheTokenDoesNotGetItIntoTheReply() {
    server.next(
        ApiFault.answer(
            "sendMail",
            401,
            "{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"Bad token "
                + TOKEN
                + "\"}}"));
    Failure failure = failure(submit(Sizes.MICROSOFT, small()));
    assertThat(failure.reply().text()).isEqualTo("InvalidAuthenticationToken: Bad token ****");
  }

  @Test
  void anUploadAddressInTheOpenIsNotUsed() {
    var certificates = TestCertificates.forLocalhost();
    try (var secure = GraphServer.startTls(certificates);
        var trusting = new Web(Trust.withAlso(List.of(certificates.authority())))) {
      secure.token(TOKEN, "invoices@acme.example", "Mail.Send", "Mail.ReadWrite");
      secure.next(
          ApiFault.answer(
              "createUploadSession",
              201,
              "{\"uploadUrl\":\"" + server.service() + "/upload/s1?authtoken=x\"}"));
      var transport = new GraphTransport(trusting, ONLY_DRAFTS, patience(), InstantSource.system());
      Outcome outcome = transport.submit(large(), login(secure.service()), heard);
      assertFailed(outcome, Outcome.Deferred.class, PROTOCOL_BROKEN, Stage.CONTENT, Scope.MESSAGE);
      assertThat(server.requests()).isEmpty();
      assertThat(secure.drafts()).isZero();
    }
  }

  @Test
  void tooManyAtOnceIsAskedToSlowDown() {
    server.parallel(0);
    Outcome outcome = submit(Sizes.MICROSOFT, small());
    assertFailed(outcome, Outcome.Deferred.class, RATE_LIMITED, Stage.CONTENT, Scope.ACCOUNT);
    assertThat(failure(outcome).retryAfter()).isEqualTo(Duration.ofSeconds(10));
  }

  private void submitUntilSecondSlice() {
    var secondSlice = new GraphTransport(web, ONLY_DRAFTS, patience(), InstantSource.system());
    var waiting =
        new Conversation() {
          private int slices;

          @Override
          public void said(String line) {
            if (line.startsWith("C: PUT") && ++slices == 2)
              server.next(ApiFault.answer("PUT", 503, ""));
          }

          @Override
          public boolean mayHandOver() {
            throw new AssertionError("There is nothing to hand over.");
          }
        };
    Outcome outcome = secondSlice.submit(large(), login(server.service()), waiting);
    assertFailed(outcome, Outcome.Deferred.class, SERVER_BUSY, Stage.CONTENT, Scope.ACCOUNT);
    assertThat(server.requests().stream().filter(one -> one.method().equals("PUT"))).hasSize(2);
  }

  private Outcome submit(Sizes sizes, Submission mail) {
    return submit(sizes, mail, heard);
  }

  private Outcome submit(Sizes sizes, Submission mail, Overheard conversation) {
    return new GraphTransport(web, sizes, patience(), InstantSource.system())
        .submit(mail, login(server.service()), conversation);
  }

  private Outcome submit(Sizes sizes, Submission mail, URI service) {
    return new GraphTransport(web, sizes, patience(), InstantSource.system())
        .submit(mail, login(service), heard);
  }

  /** Only silence is waited for, so only then is it short. */
  private Patience patience() {
    return new Patience(silence ? Duration.ofMillis(1200) : Duration.ofSeconds(30), Duration.ZERO);
  }

  private static Login login(URI service) {
    return new Login.Graph(service, null, TOKEN, true);
  }

  private static Submission small() {
    return mail(List.of());
  }

  /** One file in one request, one in slices. */
  private static Submission large() {
    return mail(
        List.of(
            new Attachment("small.pdf", "application/pdf", new byte[1000]),
            new Attachment("large.pdf", "application/pdf", new byte[3_200_000])));
  }

  private static Submission mail(List<Attachment> files) {
    Address from = Address.of("invoices@acme.example");
    Address to = Address.of("ap@contoso.example");
    byte[] mime =
        new Mime(
                "<1@acme.example>",
                Instant.EPOCH,
                ZoneOffset.UTC,
                from,
                List.of(),
                List.of(to),
                List.of(),
                "Hello",
                false,
                "Hello",
                null,
                files)
            .bytes();
    return new Submission(new Envelope(from, List.of(to)), mime);
  }

  private static String notFound() {
    return "{\"error\":{\"code\":\"ErrorItemNotFound\",\"message\":\"not found\"}}";
  }

  private static void assertFailed(
      Outcome outcome, Class<? extends Outcome> type, FailureKind kind, Stage stage, Scope scope) {
    assertThat(outcome).isInstanceOf(type);
    assertThat(failure(outcome).kind()).isEqualTo(kind);
    assertThat(failure(outcome).stage()).isEqualTo(stage);
    assertThat(failure(outcome).scope()).isEqualTo(scope);
    assertThat(failure(outcome).reply().text()).doesNotContain("secret-token-of-acme");
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
