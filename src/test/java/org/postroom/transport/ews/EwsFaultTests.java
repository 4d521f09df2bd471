package org.postroom.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.transport.ews.EwsFixture.MESSAGE_ID;
import static org.postroom.transport.ews.EwsFixture.accepted;
import static org.postroom.transport.ews.EwsFixture.deferred;
import static org.postroom.transport.ews.EwsFixture.mail;
import static org.postroom.transport.ews.EwsFixture.rejected;
import static org.postroom.transport.ews.EwsFixture.unclear;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.testkit.EwsFault;
import org.postroom.testkit.EwsMailboxes;
import org.postroom.testkit.EwsOffer;
import org.postroom.testkit.TestCertificates;
import org.postroom.transport.Conversation;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Stage;
import org.postroom.transport.Trace;

/**
 * Broken networks, lost answers and hostile servers: what is certain, what is not, what is left.
 */
class EwsFaultTests {
  private static final String NOT_ALLOWED = "boss@acme.example";
  private EwsFixture ews;

  @BeforeEach
  void start() {
    ews = new EwsFixture(EwsOffer.plain("NTLM"), EwsFaultTests::impatient);
  }

  private static Patience impatient(Patience usual) {
    return new Patience(
        usual.resolve(),
        usual.connect(),
        Duration.ofSeconds(5),
        usual.go(),
        usual.block(),
        Duration.ofMillis(700),
        usual.idle());
  }

  @AfterEach
  void stop() {
    ews.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLostAnswerToTheContentIsUnclear(boolean acts) {
    ews.server.next("CreateItem", new EwsFault.HangsUp(acts));
    Failure failure = unclear(ews.send());
    assertThat(failure.kind()).isEqualTo(FailureKind.ANSWER_LOST);
    assertThat(failure.stage()).isEqualTo(Stage.CONTENT);
    assertThat(ews.server.mailboxes().sent()).hasSize(acts ? 1 : 0);
    assertThat(ews.server.asked()).containsExactly("GetFolder", "CreateItem");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theCopyTellsWhatTheLostAnswerDidNot(boolean acts) {
    assertThat(ews.transport.trace(ews.login(), EwsFixture.MESSAGE_ID)).isEqualTo(Trace.NOT_SEEN);
    ews.server.next("CreateItem", new EwsFault.HangsUp(acts));
    unclear(ews.send());
    assertThat(ews.transport.trace(ews.login(), EwsFixture.MESSAGE_ID))
        .isEqualTo(acts ? Trace.SENT : Trace.NOT_SEEN);
    assertThat(ews.transport.trace(ews.login(), "<another@acme.example>"))
        .isEqualTo(Trace.NOT_SEEN);
    assertThat(ews.transport.trace(ews.login("invoices", "wrong", null), EwsFixture.MESSAGE_ID))
        .isEqualTo(Trace.NOT_SEEN);
  }

  @Test
  void silenceAfterTheContentIsUnclear() {
    ews.server.next("CreateItem", new EwsFault.Silent(true));
    assertThat(unclear(ews.send()).reply().text()).contains("no answer came in time");
    assertThat(ews.server.mailboxes().sent()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504, 200})
  void aProxyThatAnswersInsteadOfExchangeIsUnclear(int status) {
    ews.server.next(
        "CreateItem",
        new EwsFault.Web(status, Map.of("Content-Type", "text/html"), "<html>!</html>", true));
    assertThat(unclear(ews.send()).reply().code()).isEqualTo(status);
  }

  @Test
  void theSameBeforeTheContentIsNot() {
    ews.server.next("GetFolder", new EwsFault.Web(502, "bad gateway"));
    assertThat(deferred(ews.send()).kind()).isEqualTo(FailureKind.SERVER_BUSY);
    ews.server.next("GetFolder", new EwsFault.HangsUp(false));
    assertThat(deferred(ews.send()).kind()).isEqualTo(FailureKind.CONNECTION_LOST);
    assertThat(ews.heard.asked()).isZero();
  }

  @Test
  void aConnectionThatBreaksInsideTheContentHandsNothingOver() {
    byte[] large = new byte[8_000_000];
    java.util.Arrays.fill(large, (byte) 'x');
    byte[] start = mail("invoices@acme.example");
    System.arraycopy(start, 0, large, 0, start.length);
    ews.server.next("early", new EwsFault.HangsUp(false));
    Failure failure = deferred(ews.send(ews.login(), large));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_LOST);
    assertThat(failure.stage()).isEqualTo(Stage.CONTENT);
    assertThat(ews.server.mailboxes().sent()).isEmpty();
  }

  @Test
  void refusedSendingAsSomebodyLeavesNoDraft() {
    Failure failure = rejected(ews.send(ews.login(), mail(NOT_ALLOWED)));
    assertThat(failure.reply().text()).startsWith("ErrorSendAsDenied");
    assertThat(ews.server.mailboxes().drafts(EwsMailboxes.OWN)).isEmpty();
    assertThat(ews.server.mailboxes().deleted()).containsExactly(MESSAGE_ID);
  }

  @Test
  void refusedSendingAsSomebodyFromASharedMailboxLeavesNoDraft() {
    rejected(ews.send(ews.shared(), mail(NOT_ALLOWED)));
    assertThat(ews.server.mailboxes().drafts(EwsMailboxes.SHARED)).isEmpty();
    assertThat(ews.server.asked())
        .containsExactly("GetFolder", "CreateItem", "SendItem", "DeleteItem");
  }

  @Test
  void draftsOfPeopleAreNeverDeleted() {
    ews.server.mailboxes().draft(EwsMailboxes.OWN, "Message-ID: <2@acme.example>\r\n\r\nmine");
    ews.server.mailboxes().draft(EwsMailboxes.OWN, "Subject: no id\r\n\r\nmine, too");
    ews.server.mailboxes().searchBadly();
    rejected(ews.send(ews.login(), mail(NOT_ALLOWED)));
    assertThat(ews.server.mailboxes().drafts(EwsMailboxes.OWN))
        .containsExactly("<2@acme.example>", "null");
    assertThat(ews.server.mailboxes().deleted()).containsExactly(MESSAGE_ID);
  }

  @Test
  void aDraftThatCannotBeDeletedChangesNothing() {
    ews.server.next("DeleteItem", new EwsFault.HangsUp(false));
    assertThat(rejected(ews.send(ews.login(), mail(NOT_ALLOWED))).kind())
        .isEqualTo(FailureKind.SENDER_REFUSED);
    assertThat(String.join("\n", ews.heard.lines())).contains("still there");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLostAnswerToKeepingTheDraftIsNotUnclear(boolean acts) {
    ews.server.next("CreateItem", new EwsFault.HangsUp(acts));
    Failure failure = deferred(ews.send(ews.shared()));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_LOST);
    assertThat(ews.server.mailboxes().drafts(EwsMailboxes.SHARED)).isEmpty();
    assertThat(ews.server.mailboxes().deleted()).hasSize(acts ? 1 : 0);
    assertThat(ews.server.mailboxes().sent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLostAnswerToSendingTheDraftIsUnclearAndTouchesNothing(boolean acts) {
    ews.server.next("SendItem", new EwsFault.HangsUp(acts));
    unclear(ews.send(ews.shared()));
    assertThat(ews.server.mailboxes().sent()).hasSize(acts ? 1 : 0);
    assertThat(ews.server.mailboxes().deleted()).isEmpty();
    assertThat(ews.server.asked()).endsWith("SendItem");
  }

  @Test
  void aBusyServerKeepsNoDraft() {
    ews.server.next("SendItem", new EwsFault.Busy(1_000, false));
    assertThat(deferred(ews.send(ews.shared())).retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(ews.server.mailboxes().drafts(EwsMailboxes.SHARED)).isEmpty();
  }

  @Test
  void aConnectionIsUsedForMessageAfterMessage() {
    accepted(ews.send());
    accepted(ews.send());
    assertThat(ews.server.seen()).allMatch(one -> one.connection() == 1);
    assertThat(ews.server.asked()).containsExactly("GetFolder", "CreateItem", "CreateItem");
    assertThat(ews.heard.stages()).containsExactly(Stage.CONTENT);
  }

  @Test
  void aConnectionClosedMeanwhileIsReplacedWithoutADouble() {
    accepted(ews.send());
    ews.server.hangUp();
    accepted(ews.send());
    assertThat(ews.server.mailboxes().sent()).hasSize(2);
    assertThat(ews.server.seen().getLast().connection()).isEqualTo(2);
  }

  @Test
  void whoWatchesSeesEveryStageOnAConnectionOfItsOwn() {
    accepted(ews.send());
    var watching = new Watching();
    accepted(ews.send(ews.login(), mail("invoices@acme.example"), watching));
    assertThat(watching.seen)
        .containsExactly(Stage.RESOLVE, Stage.CONNECT, Stage.AUTHENTICATE, Stage.CONTENT);
    assertThat(ews.server.seen().getLast().connection()).isEqualTo(2);
    assertThat(Patience.standard().probing().answer()).isLessThanOrEqualTo(Duration.ofSeconds(10));
    assertThat(Patience.standard().probing().block()).isLessThanOrEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void stagesSayWhatWasFound() {
    try (var private_ = new EwsFixture(EwsOffer.plain("NTLM").tls(EwsFixture.CERTIFICATES))) {
      accepted(private_.send());
      assertThat(private_.heard.stages())
          .containsExactly(
              Stage.RESOLVE, Stage.CONNECT, Stage.TLS, Stage.AUTHENTICATE, Stage.CONTENT);
      assertThat(String.join("\n", private_.heard.lines()))
          .contains(
              "TLSv1.3", "CN=localhost", "NTLMv2 bound to the TLS connection as ACME\\invoices")
          .contains("Exchange 15.2.1118.7");
    }
  }

  @Test
  void anEntityOfTheAnswerOpensNoFile(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "ErrorFromTheDisk");
    String xml = "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>" + said("&e;");
    ews.server.next("GetFolder", page(xml));
    assertThat(rejected(ews.send()).reply().text()).doesNotContain("ErrorFromTheDisk");
    ews.server.next("GetFolder", page("<?xml version=\"1.0\"?>" + xml));
    Failure failure = rejected(ews.send());
    assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL_BROKEN);
    assertThat(failure.reply().text()).doesNotContain("ErrorFromTheDisk");
  }

  @Test
  void entitiesDoNotMultiply() {
    var xml = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e0 \"ha\">");
    for (int i = 1; i < 40; i++)
      xml.append("<!ENTITY e" + i + " \"&e" + (i - 1) + ";&e" + (i - 1) + ";\">");
    ews.server.next("GetFolder", page(xml + "]>" + said("&e39;")));
    assertThat(rejected(ews.send()).kind()).isEqualTo(FailureKind.PROTOCOL_BROKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"
      })
  void nonsenseIsNoSuccess(String bytes) {
    ews.server.next("GetFolder", new EwsFault.Says(bytes, false));
    assertThat(deferred(ews.send()).kind())
        .isIn(FailureKind.PROTOCOL_BROKEN, FailureKind.CONNECTION_LOST);
    ews.server.next("CreateItem", new EwsFault.Says(bytes, true));
    unclear(ews.send());
  }

  @Test
  void anAnswerInChunksIsRead() {
    String xml = said("NoError").replace("\"Error\"", "\"Success\"");
    String chunk =
        Integer.toHexString(xml.length()) + ";x=y\r\n" + xml + "\r\n0\r\nTrailer: 1\r\n\r\n";
    ews.server.next(
        "CreateItem",
        new EwsFault.Says(
            "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk,
            true));
    accepted(ews.send());
  }

  @Test
  void successWithoutItsCodeIsNotTakenForOne() {
    ews.server.next("CreateItem", page(said("")));
    assertThat(ews.send()).isNotInstanceOf(org.postroom.transport.Outcome.Accepted.class);
  }

  @Test
  void nobodyListening() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Failure failure = deferred(ews.send(at("http://localhost:" + port + "/EWS/Exchange.asmx")));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_REFUSED);
    assertThat(failure.stage()).isEqualTo(Stage.CONNECT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://nowhere.invalid/EWS/Exchange.asmx", "ftp://x/y", "exchange"})
  void noSuchServer(String uri) {
    Failure failure = deferred(ews.send(at(uri)));
    assertThat(failure.kind()).isEqualTo(FailureKind.NAME_NOT_FOUND);
    assertThat(failure.stage()).isEqualTo(Stage.RESOLVE);
  }

  @Test
  void aForeignCertificateGetsNoPassword() {
    try (var foreign =
        new EwsFixture(EwsOffer.plain("Basic").tls(TestCertificates.forLocalhost()))) {
      Failure failure = deferred(foreign.send());
      assertThat(failure.kind()).isEqualTo(FailureKind.CERTIFICATE_NOT_TRUSTED);
      assertThat(failure.stage()).isEqualTo(Stage.TLS);
      assertThat(foreign.server.seen()).isEmpty();
    }
  }

  @Test
  void aServerWithoutTlsIsToldAsSuch() {
    Failure failure =
        deferred(ews.send(at(ews.server.uri().toString().replace("http:", "https:"))));
    assertThat(failure.kind()).isIn(FailureKind.TLS_FAILED, FailureKind.CONNECTION_LOST);
    assertThat(failure.stage()).isEqualTo(Stage.TLS);
  }

  private Login at(String uri) {
    return new Login.Ews(URI.create(uri), "ACME", "invoices", EwsMailboxes.PASSWORD, null);
  }

  private static EwsFault page(String xml) {
    return new EwsFault.Web(200, Map.of("Content-Type", "text/xml"), xml, false);
  }

  private static String said(String code) {
    return "<a><b ResponseClass=\"Error\"><ResponseCode>"
        + code
        + "</ResponseCode></b><CreateItemResponseMessage ResponseClass=\"Error\"><ResponseCode>"
        + code
        + "</ResponseCode></CreateItemResponseMessage></a>";
  }

  /** Somebody waits and looks. */
  private static final class Watching implements Conversation {
    private final java.util.List<Stage> seen = new java.util.ArrayList<>();

    @Override
    public void passed(Stage stage, String evidence, Duration took) {
      seen.add(stage);
    }

    @Override
    public boolean probing() {
      return true;
    }

    @Override
    public boolean mayHandOver() {
      return true;
    }
  }
}
