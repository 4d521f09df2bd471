package org.postroom.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.transport.ews.EwsFixture.deferred;
import static org.postroom.transport.ews.EwsFixture.rejected;
import static org.postroom.transport.ews.EwsFixture.unclear;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.findings.Findings;
import org.postroom.findings.Symptom;
import org.postroom.testkit.EwsFault;
import org.postroom.testkit.EwsMailboxes;
import org.postroom.testkit.EwsOffer;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

/** What Exchange says instead of "sent", and what we make of it. */
class EwsTroubleTests {
  private static final Findings FINDINGS = new Findings();

  private EwsFixture ews;

  @BeforeEach
  void start() {
    ews = new EwsFixture(EwsOffer.plain("NTLM"));
  }

  @AfterEach
  void stop() {
    ews.close();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          W07 , ErrorNonExistentMailbox,             SENDER_REFUSED,    ACCOUNT, true
          W08 , ErrorMissingEmailAddress,            SENDER_REFUSED,    ACCOUNT, true
          W09 , ErrorSendAsDenied,                   SENDER_REFUSED,    ACCOUNT, true
          W10 , ErrorAccessDenied,                   SENDER_REFUSED,    ACCOUNT, true
          W10 , ErrorCreateItemAccessDenied,         SENDER_REFUSED,    ACCOUNT, true
          W11 , ErrorImpersonateUserDenied,          SENDER_REFUSED,    ACCOUNT, true
          W11 , ErrorImpersonationDenied,            SENDER_REFUSED,    ACCOUNT, true
          W12 , ErrorQuotaExceeded,                  SENDER_REFUSED,    ACCOUNT, true
          ?   , ErrorMessageSubmissionBlocked,       SENDER_REFUSED,    ACCOUNT, true
          ?   , ErrorAccountSuspend,                 SENDER_REFUSED,    ACCOUNT, true
          W13 , ErrorMessageSizeExceeded,            MESSAGE_TOO_LARGE, MESSAGE, true
          W13 , ErrorDataSizeLimitExceeded,          MESSAGE_TOO_LARGE, MESSAGE, true
          W14 , ErrorInvalidRecipients,              RECIPIENT_REFUSED, MESSAGE, true
          W14 , ErrorInvalidSmtpAddress,             RECIPIENT_REFUSED, MESSAGE, true
          W14 , ErrorMissingRecipients,              RECIPIENT_REFUSED, MESSAGE, true
          W15 , ErrorSubmissionQuotaExceeded,        RATE_LIMITED,      ACCOUNT, false
          W15 , ErrorExceededMessageLimit,           RATE_LIMITED,      ACCOUNT, false
          W17 , ErrorExceededConnectionCount,        RATE_LIMITED,      ACCOUNT, false
          W16 , ErrorPasswordExpired,                SIGN_IN_REFUSED,   ACCOUNT, true
          W16 , ErrorPasswordChangeRequired,         SIGN_IN_REFUSED,   ACCOUNT, true
          W16 , ErrorAccountDisabled,                SIGN_IN_REFUSED,   ACCOUNT, true
          W19 , ErrorSchemaValidation,               PROTOCOL_BROKEN,   MESSAGE, true
          W19 , ErrorMimeContentInvalid,             CONTENT_REFUSED,   MESSAGE, true
          W20 , ErrorMailboxStoreUnavailable,        SERVER_BUSY,       ACCOUNT, false
          W20 , ErrorMailboxMoveInProgress,          SERVER_BUSY,       ACCOUNT, false
          W20 , ErrorInternalServerTransientError,   SERVER_BUSY,       ACCOUNT, false
          W20 , ErrorADUnavailable,                  SERVER_BUSY,       ACCOUNT, false
          W20 , ErrorNoRespondingCASInDestinationSite, SERVER_BUSY,     ACCOUNT, false
          ?   , ErrorInternalServerError,            SERVER_BUSY,       MESSAGE, false
          ?   , ErrorItemCorrupt,                    CONTENT_REFUSED,   MESSAGE, true
          """)
  void eachCodeIsUnderstood(
      String finding, String code, FailureKind kind, Scope scope, boolean permanent) {
    ews.server.next("CreateItem", new EwsFault.Refuses(code, "Told by the server."));
    Outcome outcome = ews.send();
    Failure failure = permanent ? rejected(outcome) : deferred(outcome);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.scope()).isEqualTo(scope);
    Stage stage = kind == FailureKind.SIGN_IN_REFUSED ? Stage.AUTHENTICATE : Stage.CONTENT;
    assertThat(failure.stage()).isEqualTo(stage);
    assertThat(failure.reply().text()).isEqualTo(code + ": Told by the server.");
    assertThat(ews.server.mailboxes().sent()).isEmpty();
    assertThat(finding(failure)).startsWith(finding);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void waitsAsLongAsABusyServerAsks(boolean wrapped) {
    ews.server.next("CreateItem", new EwsFault.Busy(296_992, wrapped));
    Failure failure = deferred(ews.send());
    assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(failure.scope()).isEqualTo(Scope.ACCOUNT);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofMillis(296_992));
    assertThat(failure.reply().text()).startsWith("ErrorServerBusy");
    assertThat(finding(failure)).isEqualTo("W06");
  }

  @Test
  void aBusyServerIsHeardBeforeTheContentLeaves() {
    ews.server.next("GetFolder", new EwsFault.Busy(10_000, false));
    Failure failure = deferred(ews.send());
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(10));
    assertThat(failure.stage()).isEqualTo(Stage.SENDER);
    assertThat(ews.heard.asked()).isZero();
  }

  @Test
  void aFullWebServerMakesUsWait() {
    ews.server.next(
        "CreateItem", new EwsFault.Web(503, Map.of("Retry-After", "120"), "busy", false));
    Failure failure = deferred(ews.send());
    assertThat(failure.kind()).isEqualTo(FailureKind.SERVER_BUSY);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(2));
    assertThat(finding(failure)).isEqualTo("W06");
  }

  @Test
  void anUnknownMailboxConcernsTheAccount() {
    var login = ews.login("invoices", EwsMailboxes.PASSWORD, "nobody@acme.example");
    Failure failure = rejected(ews.send(login));
    assertThat(failure.kind()).isEqualTo(FailureKind.SENDER_REFUSED);
    assertThat(failure.stage()).isEqualTo(Stage.SENDER);
    assertThat(failure.reply().text()).startsWith("ErrorNonExistentMailbox");
    assertThat(ews.heard.asked()).isZero();
  }

  @Test
  void aUserWithoutMailboxIsToldSo() {
    Failure failure = rejected(ews.send(ews.login("robot", EwsMailboxes.PASSWORD, null)));
    assertThat(failure.reply().text()).startsWith("ErrorMissingEmailAddress");
    assertThat(failure.stage()).isEqualTo(Stage.SENDER);
  }

  @Test
  void aMailboxOfSomebodyElseIsRefused() {
    var login = ews.login("invoices", EwsMailboxes.PASSWORD, "boss@acme.example");
    assertThat(rejected(ews.send(login)).reply().text()).startsWith("ErrorAccessDenied");
  }

  @Test
  void aFullMailboxStopsTheAccount() {
    ews.server.mailboxes().fill();
    Failure failure = rejected(ews.send());
    assertThat(failure.reply().text()).startsWith("ErrorQuotaExceeded");
    assertThat(failure.scope()).isEqualTo(Scope.ACCOUNT);
  }

  @Test
  void exchangeSwitchedOffForUs() {
    ews.server.next("", new EwsFault.Web(403, "<html>Access to EWS is blocked</html>"));
    Failure failure = rejected(ews.send());
    assertThat(failure.kind()).isEqualTo(FailureKind.SENDER_REFUSED);
    assertThat(failure.stage()).isEqualTo(Stage.AUTHENTICATE);
    assertThat(failure.scope()).isEqualTo(Scope.ACCOUNT);
    assertThat(failure.reply().code()).isEqualTo(403);
    assertThat(failure.reply().text()).contains("Access to EWS is blocked").doesNotContain("<");
    assertThat(finding(failure, "outlook.office365.com")).isEqualTo("W03");
  }

  @Test
  void aRedirectIsNotFollowed() {
    String elsewhere = "https://evil.example/owa/auth/logon.aspx";
    ews.server.next(
        "", new EwsFault.Web(302, Map.of("Location", elsewhere + "?token=secret"), "", false));
    Failure failure = rejected(ews.send());
    assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL_BROKEN);
    assertThat(failure.reply().text()).contains("Location: " + elsewhere).doesNotContain("secret");
    assertThat(finding(failure)).isEqualTo("W05");
    assertThat(ews.server.seen()).hasSize(1);
    assertThat(ews.server.seen().getFirst().head()).doesNotContain("Authorization");
  }

  @Test
  void aPageForPeopleIsNoExchange() {
    ews.server.next(
        "GetFolder",
        new EwsFault.Web(200, Map.of("Content-Type", "text/html"), "<html>Sign in</html>", false));
    Failure failure = rejected(ews.send());
    assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL_BROKEN);
    assertThat(failure.scope()).isEqualTo(Scope.ACCOUNT);
    assertThat(finding(failure)).isEqualTo("W05");
  }

  @Test
  void anotherPathIsNoExchange() {
    Login login =
        new Login.Ews(
            ews.server.uri().resolve("/ews/"), "ACME", "invoices", EwsMailboxes.PASSWORD, null);
    Failure failure = rejected(ews.send(login));
    assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL_BROKEN);
    assertThat(failure.reply().code()).isEqualTo(404);
    assertThat(finding(failure)).isEqualTo("W05");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 404})
  void whatTheWebServerRefusesOnlyForTheContentIsTooLarge(int status) {
    ews.server.next("CreateItem", new EwsFault.Web(status, ""));
    Failure failure = rejected(ews.send());
    assertThat(failure.kind()).isEqualTo(FailureKind.MESSAGE_TOO_LARGE);
    assertThat(failure.scope()).isEqualTo(Scope.MESSAGE);
    assertThat(finding(failure)).isEqualTo("W13");
  }

  @Test
  void alargeMessageIsRefusedBeforeItLeaves() {
    try (var small = new EwsFixture(EwsOffer.plain("NTLM").atMost(10_000))) {
      byte[] mail = new byte[100_000];
      java.util.Arrays.fill(mail, (byte) 'x');
      byte[] start = EwsFixture.mail("invoices@acme.example");
      System.arraycopy(start, 0, mail, 0, start.length);
      Failure failure = rejected(small.send(small.login(), mail));
      assertThat(failure.kind()).isEqualTo(FailureKind.MESSAGE_TOO_LARGE);
      assertThat(small.heard.asked()).isZero();
      EwsFixture.accepted(small.send());
    }
  }

  @Test
  void aVersionTooNewIsSteppedDownOnceAndRemembered() {
    try (var old =
        new EwsFixture(EwsOffer.plain("NTLM").versions("Exchange2010", "Exchange2007"))) {
      EwsFixture.accepted(old.send());
      assertThat(old.server.asked())
          .containsExactly("GetFolder", "GetFolder", "GetFolder", "CreateItem");
      old.server.hangUp();
      EwsFixture.accepted(old.send());
      assertThat(old.server.asked()).endsWith("CreateItem", "GetFolder", "CreateItem");
      assertThat(old.server.seen().getLast().version()).isEqualTo("Exchange2010");
    }
  }

  @Test
  void aServerOlderThanAllVersionsIsToldAsSuch() {
    try (var ancient = new EwsFixture(EwsOffer.plain("NTLM").versions("Exchange2007"))) {
      Failure failure = rejected(ancient.send());
      assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL_BROKEN);
      assertThat(failure.reply().text()).contains("Version");
      assertThat(ancient.server.asked()).hasSize(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CreateItem", "SendItem"})
  void aTimeoutInsideExchangeIsUnclearOnceItSends(String operation) {
    ews.server.next(operation, new EwsFault.Refuses("ErrorTimeoutExpired", "Timed out."));
    Login login = operation.equals("CreateItem") ? ews.login() : ews.shared();
    Failure failure = unclear(ews.send(login));
    assertThat(failure.kind()).isEqualTo(FailureKind.ANSWER_LOST);
    assertThat(failure.reply().text()).startsWith("ErrorTimeoutExpired");
    assertThat(finding(failure)).isEqualTo("W20");
  }

  @Test
  void aTimeoutWhileTheDraftIsKeptIsNotUnclear() {
    ews.server.next("CreateItem", new EwsFault.Refuses("ErrorTimeoutExpired", "Timed out."));
    assertThat(deferred(ews.send(ews.shared())).kind()).isEqualTo(FailureKind.SERVER_BUSY);
  }

  private static String finding(Failure failure) {
    return finding(failure, "mail.acme.example");
  }

  /** What people are told about it. */
  private static String finding(Failure failure, String host) {
    var symptom = Symptom.of(Symptom.Protocol.EWS, host, false, failure);
    return FINDINGS.explain(symptom).id();
  }
}
