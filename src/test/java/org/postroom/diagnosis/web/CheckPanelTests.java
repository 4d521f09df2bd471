package org.postroom.diagnosis.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.diagnosis.web.CheckPanel.SECRET;
import static org.postroom.diagnosis.web.CheckPanel.offer;
import static org.postroom.diagnosis.web.CheckPanel.signIn;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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
import org.postroom.testkit.SilentPort;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.Tab;
import org.postroom.testkit.TestCertificates;
import org.postroom.testkit.WithChromium;

/** What people see of a check: one scene for each stage that can fail. */
@ExtendWith(WithChromium.class)
class CheckPanelTests {
  private static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();

  private static final TestCertificates OTHER_NAME =
      TestCertificates.forNames("mail.contoso.example");
  private static final TestCertificates ENDED = TestCertificates.expired();

  @TempDir static Path folder;
  private static RunningPostroom postroom;
  private static Tab tab;
  private static CheckPanel panel;

  @BeforeAll
  static void start(Chromium chromium) throws IOException {
    Path trusted = Files.createFile(folder.resolve("trusted.pem"));
    for (var known : List.of(CERTIFICATES, OTHER_NAME, ENDED)) {
      known.write(folder);
      Files.writeString(
          trusted, Files.readString(folder.resolve("authority.pem")), StandardOpenOption.APPEND);
    }
    postroom = RunningPostroom.start(Map.of("POSTROOM_TRUSTED_CERTIFICATES", trusted.toString()));
    tab = chromium.desktop();
    tab.signIn(postroom);
    panel = new CheckPanel(tab, postroom.url());
  }

  @AfterAll
  static void stop() {
    tab.close();
    postroom.close();
  }

  /**
   * A server that fails somewhere.
   *
   * <p>offer: what the server has misbehave: what it does wrong security: as chosen in the form
   * line: where it stops words: of what is shown there
   */
  enum Scene {
    NO_SUCH_NAME(offer(CERTIFICATES), server -> {}, "starttls", "resolve", "no mail server called"),
    REFUSED(offer(CERTIFICATES), server -> {}, "starttls", "connect", "nobody answers on port"),
    NO_ANSWER(offer(CERTIFICATES), server -> {}, "starttls", "connect", "firewall"),
    NO_GREETING(
        offer(CERTIFICATES), server -> server.at(Verb.CONNECT).stall(), "starttls", "greet", ""),
    GREETING_REFUSED(
        offer(CERTIFICATES),
        server -> server.at(Verb.CONNECT).sayAndClose("554 5.7.1 Go away"),
        "starttls",
        "greet",
        "refuses to take connections"),
    BUSY(
        offer(CERTIFICATES),
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
    TLS_ON_PLAIN_PORT(offer(CERTIFICATES), server -> {}, "tls", "tls", "starts without encryption"),
    WRONG_NAME(
        signIn(SmtpOffer.plain().startTls(OTHER_NAME)),
        server -> {},
        "starttls",
        "tls",
        "belongs to mail.contoso.example"),
    EXPIRED(
        signIn(SmtpOffer.plain().startTls(ENDED)), server -> {}, "starttls", "tls", "has expired"),
    UNKNOWN_ISSUER(
        signIn(SmtpOffer.plain().startTls(TestCertificates.forLocalhost())),
        server -> {},
        "starttls",
        "tls",
        "authority this system does not know"),
    GOOGLE_REFUSED(
        offer(CERTIFICATES),
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
        offer(CERTIFICATES),
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
        offer(CERTIFICATES),
        server -> server.at(Verb.MAIL).say("530 5.7.0 Authentication Required"),
        "starttls",
        "sender",
        ""),
    SEND_AS_DENIED(
        offer(CERTIFICATES),
        server ->
            server
                .at(Verb.MAIL)
                .say("550 5.7.60 SMTP; Client does not have permissions to send as this sender"),
        "starttls",
        "sender",
        "From address"),
    RECIPIENT_REFUSED(
        offer(CERTIFICATES),
        server -> server.at(Verb.RCPT).say("550 5.1.1 <nobody@acme.example>: No such user"),
        "starttls",
        "recipient",
        ""),
    TOO_LARGE(
        offer(CERTIFICATES),
        server -> server.at(Verb.CONTENT).say("552 5.3.4 Message size exceeds fixed limit"),
        "starttls",
        "content",
        ""),
    NOT_AUTHENTICATED_DOMAIN(
        offer(CERTIFICATES),
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
        offer(CERTIFICATES),
        server ->
            server
                .at(Verb.MAIL)
                .sayAndClose("421 4.7.0 Try again later, closing connection. - gsmtp"),
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
  void whatIsWrongOpensUnderTheLineWhereItStopped(Scene scene) {
    try (var server = ScriptedSmtpServer.start(scene.offer);
        var silent = new SilentPort()) {
      scene.misbehave.accept(server);
      String host = scene == Scene.NO_SUCH_NAME ? "no-such-server.invalid" : "localhost";
      int port =
          switch (scene) {
            case REFUSED -> CheckPanel.unused();
            case NO_ANSWER -> silent.port();
            default -> server.port();
          };
      panel.fill(host, port, scene.security);
      panel.check();
      Locator explained = tab.page().locator("#check-" + scene.line + ".s-fail + .fix");
      assertThat(explained.count()).as(tab.page().locator("#check").innerText()).isEqualTo(1);
      String text = explained.innerText();
      assertThat(text).contains("What happened", "What to do", "Check again", scene.words);
      assertThat(tab.page().locator("#check").innerText()).doesNotContain("explanation for");
      assertNothingAfter(scene.line);
      assertThat(tab.page().content()).doesNotContain(SECRET);
      panel.look(scene.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }
  }

  private static void assertNothingAfter(String line) {
    var later = tab.page().locator("#check-" + line + " ~ .stage");
    assertThat(later.count()).isEqualTo(tab.page().locator(".stage.s-skip").count());
  }
}
