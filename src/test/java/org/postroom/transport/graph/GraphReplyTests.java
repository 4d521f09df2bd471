package org.postroom.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.transport.FailureKind.*;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.testkit.ApiFault;
import org.postroom.testkit.GraphServer;
import org.postroom.testkit.Overheard;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;
import org.postroom.transport.Submission;

/** What Graph says, and what becomes of the try. */
class GraphReplyTests {
  private static GraphServer server;
  private static Web web;
  private static GraphTransport transport;

  @BeforeAll
  static void start() {
    server =
        GraphServer.start()
            .token("eyJ0.token-of-acme.x", "invoices@acme.example", "Mail.Send", "Mail.Send.Shared")
            .unknownRecipient("gone@contoso.example");
    web = new Web(Trust.ofSystem());
    transport = new GraphTransport(web);
  }

  @AfterAll
  static void stop() {
    web.close();
    server.close();
  }

  enum Ends {
    DEFERRED,
    REJECTED,
    UNCLEAR
  }

  record Row(
      String id,
      int status,
      String code,
      String message,
      FailureKind kind,
      Stage stage,
      Scope scope,
      Ends ends) {
    @Override
    public String toString() {
      return id + " " + status + " " + code;
    }
  }

  static final List<Row> ROWS =
      List.of(
          signIn("P01", 401, "InvalidAuthenticationToken", "Access token validation failure."),
          sender("P02", 403, "ErrorAccessDenied", "Access is denied."),
          sender("P03", 403, "ErrorAccessDenied", "Access to OData is disabled."),
          sender(
              "P03",
              403,
              "ErrorAccessDenied",
              "Blocked by tenant configured AppOnly AccessPolicy settings."),
          sender("P04", 403, "ErrorSendAsDenied", "… does not have the right to send mail …"),
          sender(
              "P05",
              404,
              "MailboxNotEnabledForRESTAPI",
              "The mailbox is either inactive, soft-deleted, or is hosted on-premise."),
          sender("P06", 404, "ErrorInvalidUser", "The requested user is invalid."),
          sender("P06", 404, "ResourceNotFound", "Resource could not be discovered."),
          row(
              "P07",
              400,
              "ErrorInvalidRecipients",
              "At least one recipient is not valid.",
              RECIPIENT_REFUSED,
              Stage.RECIPIENT,
              Scope.RECIPIENT,
              Ends.REJECTED),
          content("P08", 400, "InvalidInternetMessageHeader", "… should start with 'x-' or 'X-'."),
          content("P09", 400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string"),
          content("P09", 400, "RequestBodyRead", "An unexpected node was found"),
          large("P10", 413, "RequestEntityTooLarge", "too large"),
          large("P10", 400, "ErrorMessageSizeExceeded", "The message exceeds the maximum …"),
          large("P10", 400, "BadRequest", "Maximum request length exceeded."),
          slow("P11", 429, "ApplicationThrottled", "over its MailboxConcurrency limit."),
          slow("P11", 509, "BandwidthLimitExceeded", "slow down"),
          sender("P12", 403, "ErrorQuotaExceeded", "mailbox quota"),
          sender("P12", 507, "insufficientStorage", "mailbox quota"),
          slow("P13", 400, "ErrorExceededMessageLimit", "limit"),
          slow("P13", 403, "ErrorExceededMaxRecipientLimit", "limit"),
          slow("P13", 403, "ErrorSubmissionQuotaExceeded", "limit"),
          sender("P14", 403, "ErrorMessageSubmissionBlocked", "blocked"),
          sender("P14", 403, "ErrorAccountSuspend", "suspended"),
          busy("P15", 502, "UnknownError", ""),
          busy("P15", 503, "serviceNotAvailable", "The service is not available."),
          busy("P15", 503, "ErrorMailboxMoveInProgress", "moving"),
          unclear("P16", 504, "UnknownError", ""),
          unclear("P16", 504, "ErrorServerBusy", "busy, says who did not see the end of it"),
          unclear("W20", 500, "ErrorTimeoutExpired", "The request timed out."),
          row("P17", 200, "", "", PROTOCOL_BROKEN, Stage.CONTENT, Scope.MESSAGE, Ends.REJECTED),
          row("P17", 201, "", "", PROTOCOL_BROKEN, Stage.CONTENT, Scope.MESSAGE, Ends.REJECTED),
          row("P17", 204, "", "", PROTOCOL_BROKEN, Stage.CONTENT, Scope.MESSAGE, Ends.REJECTED),
          signIn("P18", 403, "insufficient_claims", "Continuous access evaluation …"),
          sender("P19", 403, "extensionError", "Operation: Create …"),
          row(
              "-",
              500,
              "generalException",
              "General exception",
              SERVER_BUSY,
              Stage.CONTENT,
              Scope.MESSAGE,
              Ends.DEFERRED),
          content("-", 400, "somethingNew", "never seen before"));

  @ParameterizedTest
  @FieldSource("ROWS")
  void meansWhatTheTableSays(Row row) {
    String inner = "\"innerError\":{\"date\":\"2026-11-21\",\"request-id\":\"abc-1\"}";
    String body =
        row.code.isEmpty()
            ? ""
            : "{\"error\":{\"code\":\"%s\",\"message\":\"%s\",%s}}"
                .formatted(row.code, row.message, inner);
    server.next(ApiFault.answer("sendMail", row.status, body));
    Outcome outcome = submit("ap@contoso.example");
    Failure failure = failure(outcome);
    assertThat(ends(outcome)).isEqualTo(row.ends);
    assertThat(failure.kind()).isEqualTo(row.kind);
    assertThat(failure.stage()).isEqualTo(row.stage);
    assertThat(failure.scope()).isEqualTo(row.scope);
    assertThat(failure.reply().code()).isEqualTo(row.status);
    if (!row.code.isEmpty())
      assertThat(failure.reply().text())
          .startsWith(row.code + ": " + row.message)
          .endsWith("(request-id abc-1)");
  }

  @Test
  void theInnermostCodeThatIsKnownDecides() {
    server.next(
        ApiFault.answer(
            "sendMail",
            403,
            """
            {"error":{"code":"accessDenied","message":"No.","innererror":{"code":"extensionError",
             "innerError":{"code":"ErrorExceededMessageLimit","innererror":{"code":"News"}}}}}\
            """));
    Failure failure = failure(submit("ap@contoso.example"));
    assertThat(failure.kind()).isEqualTo(RATE_LIMITED);
    assertThat(failure.reply().text())
        .isEqualTo("News: No. (within ErrorExceededMessageLimit, extensionError, accessDenied)");
  }

  @ParameterizedTest
  @CsvSource({
    "429, 120, PT2M",
    "429, 0, PT0S",
    "503, 30, PT30S",
    "509, 5, PT5S",
    "429, 999999999, PT24H",
    "429, soon, ",
    "429, -5, "
  })
  void tellsHowLongToWait(int status, String header, Duration wait) {
    server.next(
        ApiFault.answer("sendMail", status, "{\"error\":{\"code\":\"x\",\"message\":\"y\"}}")
            .header("Retry-After", header));
    assertThat(failure(submit("ap@contoso.example")).retryAfter()).isEqualTo(wait);
  }

  @Test
  void readsAMomentToWaitUntil() {
    var fixed =
        new GraphTransport(
            web,
            Sizes.MICROSOFT,
            org.postroom.transport.rest.Patience.USUAL,
            () -> java.time.Instant.parse("2026-11-21T10:00:00Z"));
    server.next(
        ApiFault.answer("sendMail", 503, "")
            .header("Retry-After", "Sat, 21 Nov 2026 10:01:30 GMT"));
    Outcome outcome = fixed.submit(mail("ap@contoso.example"), login(), new Overheard());
    assertThat(failure(outcome).retryAfter()).isEqualTo(Duration.ofSeconds(90));
  }

  @ParameterizedTest
  @CsvSource({
    "302, PROTOCOL_BROKEN, ACCOUNT",
    "404, PROTOCOL_BROKEN, ACCOUNT",
    "403, PROTOCOL_BROKEN, ACCOUNT",
    "502, SERVER_BUSY, ACCOUNT",
    "503, SERVER_BUSY, ACCOUNT"
  })
  void whatIsNotGraphsAnswerPasses(int status, FailureKind kind, Scope scope) {
    server.next(
        ApiFault.answer("sendMail", status, "<html><body><h1>Our proxy</h1>says no</body></html>"));
    Outcome outcome = submit("ap@contoso.example");
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(failure(outcome).kind()).isEqualTo(kind);
    assertThat(failure(outcome).scope()).isEqualTo(scope);
    assertThat(failure(outcome).reply().text()).isEqualTo("Our proxy says no");
  }

  @Test
  void aNamedBadRecipientDoesNotStopTheOthers() {
    Outcome outcome = submit("ap@contoso.example", "gone@contoso.example");
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(outcome.refused()).hasSize(1);
    assertThat(outcome.refused().getFirst().recipient()).isEqualTo("gone@contoso.example");
    assertThat(outcome.refused().getFirst().permanent()).isTrue();
    assertThat(outcome.refused().getFirst().failure().kind()).isEqualTo(RECIPIENT_REFUSED);
    int before = server.sent().size();
    assertThat(submit("ap@contoso.example")).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.sent()).hasSize(before + 1);
  }

  @Test
  void anUnnamedBadRecipientRefusesTheMessage() {
    server.next(
        ApiFault.answer(
            "sendMail",
            400,
            "{\"error\":{\"code\":\"ErrorInvalidRecipients\",\"message\":\"One is not valid:"
                + " snap@contoso.example.com\"}}"));
    Outcome outcome = submit("ap@contoso.example", "b@contoso.example");
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(outcome.refused()).isEmpty();
    assertThat(failure(outcome).scope()).isEqualTo(Scope.MESSAGE);
  }

  private static Stream<String> recipients(String... all) {
    return Stream.of(all);
  }

  private static Outcome submit(String... recipients) {
    return transport.submit(mail(recipients), login(), new Overheard());
  }

  private static Login login() {
    return new Login.Graph(server.service(), null, "eyJ0.token-of-acme.x", false);
  }

  private static Submission mail(String... recipients) {
    var envelope =
        new Envelope(
            Address.of("invoices@acme.example"), recipients(recipients).map(Address::of).toList());
    String text = "From: invoices@acme.example\r\nSubject: x\r\n\r\nHello\r\n";
    return new Submission(envelope, text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private static Failure failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Deferred deferred -> deferred.failure();
      case Outcome.Rejected rejected -> rejected.failure();
      case Outcome.Unclear unclear -> unclear.failure();
      case Outcome.Accepted accepted -> throw new AssertionError(accepted);
    };
  }

  private static Ends ends(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Deferred ignored -> Ends.DEFERRED;
      case Outcome.Rejected ignored -> Ends.REJECTED;
      case Outcome.Unclear ignored -> Ends.UNCLEAR;
      case Outcome.Accepted accepted -> throw new AssertionError(accepted);
    };
  }

  private static Row signIn(String id, int status, String code, String message) {
    return row(
        id,
        status,
        code,
        message,
        SIGN_IN_REFUSED,
        Stage.AUTHENTICATE,
        Scope.ACCOUNT,
        Ends.REJECTED);
  }

  private static Row sender(String id, int status, String code, String message) {
    return row(
        id, status, code, message, SENDER_REFUSED, Stage.SENDER, Scope.ACCOUNT, Ends.REJECTED);
  }

  private static Row content(String id, int status, String code, String message) {
    return row(
        id, status, code, message, CONTENT_REFUSED, Stage.CONTENT, Scope.MESSAGE, Ends.REJECTED);
  }

  private static Row large(String id, int status, String code, String message) {
    return row(
        id, status, code, message, MESSAGE_TOO_LARGE, Stage.CONTENT, Scope.MESSAGE, Ends.REJECTED);
  }

  private static Row slow(String id, int status, String code, String message) {
    return row(
        id, status, code, message, RATE_LIMITED, Stage.CONTENT, Scope.ACCOUNT, Ends.DEFERRED);
  }

  private static Row busy(String id, int status, String code, String message) {
    return row(id, status, code, message, SERVER_BUSY, Stage.CONTENT, Scope.ACCOUNT, Ends.DEFERRED);
  }

  private static Row unclear(String id, int status, String code, String message) {
    return row(id, status, code, message, ANSWER_LOST, Stage.CONTENT, Scope.MESSAGE, Ends.UNCLEAR);
  }

  private static Row row(
      String id,
      int status,
      String code,
      String message,
      FailureKind kind,
      Stage stage,
      Scope scope,
      Ends ends) {
    return new Row(id, status, code, message, kind, stage, scope, ends);
  }
}
