package org.postroom.diagnosis.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.Tab;
import org.postroom.testkit.TestCertificates;
import org.postroom.testkit.WithChromium;

/** What people see of a check: one scene for each stage that can fail. */
@ExtendWith(WithChromium.class)
class CheckPanelTests {
  private static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();
  private static final String SECRET = "Tr0ub4dor&3-planted";

  @TempDir static Path folder;
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    CERTIFICATES.write(folder);
    postroom =
        RunningPostroom.start(
            Map.of("POSTROOM_TRUSTED_CERTIFICATES", folder.resolve("authority.pem").toString()));
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  /**
   * @param offer what the server has
   * @param misbehave what it does wrong
   * @param security as chosen in the form
   * @param line where it stops
   * @param words of what is shown there
   */
  enum Scene {
    NO_SUCH_NAME(offer(), server -> {}, "starttls", "resolve", "no mail server called"),
    REFUSED(offer(), server -> {}, "starttls", "connect", "nobody answers on port"),
    NO_GREETING(offer(), server -> server.at(Verb.CONNECT).stall(), "starttls", "greet", ""),
    GREETING_REFUSED(
        offer(),
        server -> server.at(Verb.CONNECT).sayAndClose("554 5.7.1 Go away"),
        "starttls",
        "greet",
        "refuses to take connections"),
    BUSY(
        offer(),
        server -> server.at(Verb.CONNECT).sayAndClose("421 4.3.2 Busy"),
        "starttls",
        "greet",
        "no connections from us at the moment"),
    NO_STARTTLS(signIn(SmtpOffer.plain()), server -> {}, "starttls", "tls", "offers no encryption"),
    PLAIN_ON_TLS_PORT(
        signIn(SmtpOffer.plain().tlsFromStart(CERTIFICATES)),
        server -> {},
        "starttls",
        "greet",
        "encryption from the first byte"),
    TLS_ON_PLAIN_PORT(offer(), server -> {}, "tls", "tls", "starts without encryption"),
    WRONG_NAME(
        signIn(SmtpOffer.plain().startTls(TestCertificates.forNames("mail.contoso.example"))),
        server -> {},
        "starttls",
        "tls",
        ""),
    EXPIRED(
        signIn(SmtpOffer.plain().startTls(TestCertificates.expired())),
        server -> {},
        "starttls",
        "tls",
        ""),
    UNKNOWN_ISSUER(
        signIn(SmtpOffer.plain().startTls(TestCertificates.forLocalhost())),
        server -> {},
        "starttls",
        "tls",
        "authority this system does not know"),
    GOOGLE_REFUSED(
        offer(),
        server ->
            server
                .at(Verb.AUTH)
                .say(
                    "535-5.7.8 Username and Password not accepted. For more information, go to\r\n"
                        + "535 5.7.8  https://support.google.com/mail/?p=BadCredentials x1sm1 - gsmtp"),
        "starttls",
        "authenticate",
        "Google refused"),
    MICROSOFT_SWITCHED_OFF(
        offer(),
        server ->
            server
                .at(Verb.AUTH)
                .say(
                    "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the"
                        + " Tenant. Visit https://aka.ms/smtp_auth_disabled [AM0PR04CA0001.eurprd04.prod.outlook.com]"),
        "starttls",
        "authenticate",
        "switched off"),
    SIGN_IN_NEEDED(
        offer(),
        server -> server.at(Verb.MAIL).say("530 5.7.0 Authentication Required"),
        "starttls",
        "sender",
        ""),
    SEND_AS_DENIED(
        offer(),
        server ->
            server
                .at(Verb.MAIL)
                .say(
                    "550 5.7.60 SMTP; Client does not have permissions to send as this sender"),
        "starttls",
        "sender",
        "From address"),
    RECIPIENT_REFUSED(
        offer(),
        server -> server.at(Verb.RCPT).say("550 5.1.1 <nobody@acme.example>: No such user"),
        "starttls",
        "recipient",
        ""),
    TOO_LARGE(
        offer(),
        server -> server.at(Verb.CONTENT).say("552 5.3.4 Message size exceeds fixed limit"),
        "starttls",
        "content",
        ""),
    NOT_AUTHENTICATED_DOMAIN(
        offer(),
        server ->
            server
                .at(Verb.CONTENT)
                .say(
                    "550-5.7.26 Your email has been blocked because the sender is unauthenticated.\r\n"
                        + "550 5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM. - gsmtp"),
        "starttls",
        "content",
        ""),
    SLOW_DOWN(
        offer(),
        server -> server.at(Verb.MAIL).sayAndClose("421 4.7.0 Try again later, closing connection."),
        "starttls",
        "sender",
        "");

    final SmtpOffer offer;
    final Consumer<ScriptedSmtpServer> misbehave;
    final String security;
    final String line;
    final String words;

    Scene(
        SmtpOffer offer,
        Consumer<ScriptedSmtpServer> misbehave,
        String security,
        String line,
        String words) {
      this.offer = offer;
      this.misbehave = misbehave;
      this.security = security;
      this.line = line;
      this.words = words;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrongOpensUnderTheLineWhereItStopped(Scene scene, Chromium chromium) {
    try (var server = ScriptedSmtpServer.start(scene.offer);
        Tab tab = chromium.desktop()) {
      scene.misbehave.accept(server);
      tab.signIn(postroom);
      String host = scene == Scene.NO_SUCH_NAME ? "no-such-server.invalid" : "localhost";
      int port = scene == Scene.REFUSED ? unused() : server.port();
      fill(tab, host, port, scene.security);
      check(tab);
      Locator explained = tab.page().locator("#check-" + scene.line + ".s-fail + .fix");
      assertThat(explained.count()).as(tab.page().locator("#check").innerText()).isEqualTo(1);
      String text = explained.innerText();
      assertThat(text).contains("What happened", "What to do", "Check again", scene.words);
      assertThat(tab.page().locator("#check").innerText()).doesNotContain("explanation for");
      assertNothingAfter(tab, scene.line);
      assertThat(tab.page().content()).doesNotContain(SECRET);
      look(tab, scene.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }
  }

  private static void assertNothingAfter(Tab tab, String line) {
    var later = tab.page().locator("#check-" + line + " ~ .stage");
    assertThat(later.count()).isEqualTo(tab.page().locator(".stage.s-skip").count());
  }

  private static void look(Tab tab, String name) {
    for (int[] size : new int[][] {{1360, 900}, {390, 844}}) {
      tab.page().setViewportSize(size[0], size[1]);
      tab.screenshot("check-" + name + "-" + size[0]);
      tab.assertWellMade();
    }
  }

  private static void fill(Tab tab, String host, int port, String security) {
    Page page = tab.page();
    tab.open(postroom.url() + "/accounts/new?kind=smtp");
    page.locator("#email").fill("invoices@acme.example");
    page.locator("#name").fill("Invoices");
    page.locator("#smtp-host").fill(host);
    page.locator("#smtp-port").fill(String.valueOf(port));
    page.locator("input[name='smtp/security'][value=" + security + "]").check();
    page.locator("#smtp-username").fill("invoices@acme.example");
    page.locator("#smtp-password").fill(SECRET);
  }

  private static void check(Tab tab) {
    tab.page().locator(".check-row [data-check-button]").click();
    awaitResult(tab);
  }

  private static void awaitResult(Tab tab) {
    tab.page().waitForSelector("#check-body > .check-sum, #check-body > .fix");
  }

  private static SmtpOffer offer() {
    return signIn(SmtpOffer.plain().startTls(CERTIFICATES));
  }

  private static SmtpOffer signIn(SmtpOffer offer) {
    return offer.auth("invoices@acme.example", SECRET, "PLAIN", "LOGIN");
  }

  private static int unused() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
