package org.postroom.transport.gmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.transport.FailureKind.*;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.postroom.testkit.GmailServer;
import org.postroom.testkit.Overheard;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;
import org.postroom.transport.Submission;
import org.postroom.transport.rest.Patience;

/** What Google says, and what becomes of the try. */
class GmailReplyTests {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static GmailServer server;
  private static Web web;
  private static GmailTransport transport;

  @BeforeAll
  static void start() {
    server = GmailServer.start().token("ya29.secret", "invoices@acme.example", "gmail.send");
    web = new Web(Trust.ofSystem());
    transport = new GmailTransport(web, Patience.USUAL, () -> NOW);
  }

  @AfterAll
  static void stop() {
    web.close();
    server.close();
  }

  record Row(
      String id,
      int status,
      String reason,
      String message,
      FailureKind kind,
      Stage stage,
      Scope scope,
      Class<? extends Outcome> ends) {
    @Override
    public String toString() {
      return id + " " + status + " " + reason;
    }
  }

  static final List<Row> ROWS =
      List.of(
          signIn("H01", 401, "authError", "Invalid Credentials"),
          signIn(
              "H02",
              403,
              "insufficientPermissions",
              "Request had insufficient authentication scopes."),
          signIn("H02", 403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "Insufficient Permission"),
          sender(
              "H03",
              403,
              "accessNotConfigured",
              "Gmail API has not been used in project 123 before or it is disabled."),
          sender("H04", 400, "failedPrecondition", "Mail service not enabled"),
          sender("H05", 400, "failedPrecondition", "Precondition check failed."),
          slow("H06", 403, "userRateLimitExceeded", "User Rate Limit Exceeded"),
          slow("H06", 403, "rateLimitExceeded", "Rate Limit Exceeded"),
          slow("H06", 429, "userRateLimitExceeded", "User-rate limit exceeded."),
          slow("H06", 429, "", "Too many concurrent requests for user"),
          slow("H07", 403, "dailyLimitExceeded", "Daily Limit Exceeded"),
          slow("H07", 403, "quotaExceeded", "Quota exceeded"),
          sender("H08", 403, "domainPolicy", "The domain administrators have disabled Gmail apps."),
          row(
              "H09",
              400,
              "invalidArgument",
              "Recipient address required",
              RECIPIENT_REFUSED,
              Stage.RECIPIENT,
              Scope.RECIPIENT,
              Outcome.Rejected.class),
          row(
              "H09",
              400,
              "invalidArgument",
              "'raw' RFC822 payload message string or uploading message via /upload/* URL required",
              CONTENT_REFUSED,
              Stage.CONTENT,
              Scope.MESSAGE,
              Outcome.Rejected.class),
          row(
              "H10",
              413,
              "uploadTooLarge",
              "Request is too large.",
              MESSAGE_TOO_LARGE,
              Stage.CONTENT,
              Scope.MESSAGE,
              Outcome.Rejected.class),
          busy("-", 502, "backendError", "Backend Error", Scope.ACCOUNT),
          busy("-", 503, "backendError", "Backend Error", Scope.ACCOUNT),
          busy("-", 500, "backendError", "Backend Error", Scope.ACCOUNT),
          busy("-", 500, "internalError", "Internal error", Scope.MESSAGE),
          row(
              "-",
              504,
              "backendError",
              "Deadline exceeded",
              ANSWER_LOST,
              Stage.CONTENT,
              Scope.MESSAGE,
              Outcome.Unclear.class));

  @ParameterizedTest
  @FieldSource("ROWS")
  void meansWhatTheTableSays(Row row) {
    String errors =
        row.reason.isEmpty()
            ? ""
            : ",\"errors\":[{\"domain\":\"global\",\"reason\":\"%s\",\"message\":\"%s\"}]"
                .formatted(row.reason, row.message);
    server.next(
        ApiFault.answer(
            "messages/send",
            row.status,
            "{\"error\":{\"code\":%d,\"message\":\"%s\"%s}}"
                .formatted(row.status, row.message, errors)));
    Outcome outcome = submit();
    Failure failure = failure(outcome);
    assertThat(outcome).isInstanceOf(row.ends);
    assertThat(failure.kind()).isEqualTo(row.kind);
    assertThat(failure.stage()).isEqualTo(row.stage);
    assertThat(failure.scope()).isEqualTo(row.scope);
    assertThat(failure.reply().code()).isEqualTo(row.status);
    assertThat(failure.reply().text())
        .isEqualTo((row.reason.isEmpty() ? "" : row.reason + ": ") + row.message);
  }

  @Test
  void readsGooglesNewWordsAsWell() {
    server.next(
        ApiFault.answer(
            "messages/send",
            403,
            """
            {"error":{"code":403,"message":"Request had insufficient authentication scopes.",
             "errors":[{"message":"Insufficient Permission","domain":"global",
              "reason":"insufficientPermissions"}],"status":"PERMISSION_DENIED",
             "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo",
              "reason":"ACCESS_TOKEN_SCOPE_INSUFFICIENT","domain":"googleapis.com"}]}}\
            """));
    Failure failure = failure(submit());
    assertThat(failure.kind()).isEqualTo(SIGN_IN_REFUSED);
    assertThat(failure.reply().text())
        .isEqualTo(
            "insufficientPermissions: Request had insufficient authentication scopes."
                + " (ACCESS_TOKEN_SCOPE_INSUFFICIENT, PERMISSION_DENIED)");
  }

  @ParameterizedTest
  @CsvSource({
    "User-rate limit exceeded.  Retry after 2026-11-21T10:07:30.000Z, PT7M30S",
    "User-rate limit exceeded.  Retry after 2026-11-20T10:00:00.000Z, PT0S",
    "User-rate limit exceeded.  Retry after 2027-11-20T10:00:00.000Z, PT24H",
    "User-rate limit exceeded.  Retry after a while, ",
  })
  void waitsUntilTheStatedMoment(String message, Duration wait) {
    server.next(
        ApiFault.answer(
            "messages/send", 429, "{\"error\":{\"code\":429,\"message\":\"" + message + "\"}}"));
    assertThat(failure(submit()).retryAfter()).isEqualTo(wait);
  }

  @ParameterizedTest
  @CsvSource({"302, PROTOCOL_BROKEN", "404, PROTOCOL_BROKEN", "502, SERVER_BUSY"})
  void whatIsNotGooglesAnswerPasses(int status, FailureKind kind) {
    server.next(ApiFault.answer("messages/send", status, "<html>Our <b>proxy</b></html>"));
    Outcome outcome = submit();
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(failure(outcome).kind()).isEqualTo(kind);
    assertThat(failure(outcome).scope()).isEqualTo(Scope.ACCOUNT);
    assertThat(failure(outcome).reply().text()).isEqualTo("Our proxy");
  }

  @ParameterizedTest
  @CsvSource({"200, {}", "200, no json", "200, {\"id\":\"\"}", "204, ''", "202, {\"id\":\"1\"}"})
  void successWithoutTheMessagesNameIsUnclear(int status, String body) {
    server.next(ApiFault.answer("messages/send", status, body));
    assertThat(submit()).isInstanceOf(Outcome.Unclear.class);
  }

  private static Outcome submit() {
    Address from = Address.of("invoices@acme.example");
    byte[] mime = "From: invoices@acme.example\r\nTo: a@b.example\r\n\r\nx\r\n".getBytes();
    return transport.submit(
        new Submission(new Envelope(from, List.of(Address.of("a@b.example"))), mime),
        new Login.Gmail(server.service(), "ya29.secret"),
        new Overheard());
  }

  private static Failure failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Deferred deferred -> deferred.failure();
      case Outcome.Rejected rejected -> rejected.failure();
      case Outcome.Unclear unclear -> unclear.failure();
      case Outcome.Accepted accepted -> throw new AssertionError(accepted);
    };
  }

  private static Row signIn(String id, int status, String reason, String message) {
    return row(
        id,
        status,
        reason,
        message,
        SIGN_IN_REFUSED,
        Stage.AUTHENTICATE,
        Scope.ACCOUNT,
        Outcome.Rejected.class);
  }

  private static Row sender(String id, int status, String reason, String message) {
    return row(
        id,
        status,
        reason,
        message,
        SENDER_REFUSED,
        Stage.SENDER,
        Scope.ACCOUNT,
        Outcome.Rejected.class);
  }

  private static Row slow(String id, int status, String reason, String message) {
    return row(
        id,
        status,
        reason,
        message,
        RATE_LIMITED,
        Stage.CONTENT,
        Scope.ACCOUNT,
        Outcome.Deferred.class);
  }

  private static Row busy(String id, int status, String reason, String message, Scope scope) {
    return row(
        id, status, reason, message, SERVER_BUSY, Stage.CONTENT, scope, Outcome.Deferred.class);
  }

  private static Row row(
      String id,
      int status,
      String reason,
      String message,
      FailureKind kind,
      Stage stage,
      Scope scope,
      Class<? extends Outcome> ends) {
    return new Row(id, status, reason, message, kind, stage, scope, ends);
  }
}
