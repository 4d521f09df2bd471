package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.db.Database;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.Dovecot;
import org.postroom.testkit.Postfix;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.TestCertificates;
import org.postroom.testkit.WithChromium;
import org.slf4j.LoggerFactory;

/**
 * A mailbox is connected in a browser at an authorization server that knows nothing of us, and mail
 * goes out with its token: Postfix asks Dovecot, and Dovecot asks that server.
 */
@ExtendWith(WithChromium.class)
class SignInJourney {
  private static final String MAILBOX = "invoices@acme.example";

  @TempDir Path folder;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private MockOAuth2Server provider;
  private Dovecot dovecot;
  private Postfix postfix;
  private RunningPostroom postroom;

  @BeforeEach
  void start() throws IOException {
    provider = new MockOAuth2Server(new OAuth2Config(true));
    provider.start(InetAddress.getByName("127.0.0.1"), 0);
    TestCertificates certificates = TestCertificates.forLocalhost();
    certificates.write(folder);
    String introspection = at("google/introspect").replace("://", "://dovecot:dovecot-secret@");
    dovecot = Dovecot.withTokens(introspection);
    postfix = Postfix.submission(certificates, dovecot);
    Map<String, Object> settings = new HashMap<>();
    settings.put("POSTROOM_HOME", folder.resolve("home").toString());
    settings.put("POSTROOM_TRUSTED_CERTIFICATES", folder.resolve("authority.pem").toString());
    settings.put("POSTROOM_GOOGLE_CLIENT_ID", "postroom");
    settings.put("POSTROOM_GOOGLE_CLIENT_SECRET", "planted-client-secret");
    settings.put("POSTROOM_GOOGLE_SIGN_IN_URL", at("google/authorize"));
    settings.put("POSTROOM_GOOGLE_TOKEN_URL", at("google/token"));
    settings.put("POSTROOM_GOOGLE_REVOKE_URL", at("google/revoke"));
    settings.put("POSTROOM_GOOGLE_SMTP", "localhost:" + postfix.port());
    settings.put("POSTROOM_MICROSOFT_CLIENT_ID", "postroom");
    settings.put("POSTROOM_MICROSOFT_CLIENT_SECRET", "planted-client-secret");
    settings.put("POSTROOM_MICROSOFT_SIGN_IN_URL", at(""));
    Files.createDirectories(folder.resolve("home"));
    postroom = RunningPostroom.start(settings);
    log.start();
    rootLog().addAppender(log);
  }

  private static Logger rootLog() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @AfterEach
  void stop() {
    rootLog().detachAppender(log);
    if (postroom != null) postroom.close();
    if (postfix != null) postfix.close();
    if (dovecot != null) dovecot.close();
    if (provider != null) provider.shutdown();
  }

  @Test
  void connectAllowAndSendWithTheToken(Chromium chromium) throws Exception {
    try (Tab tab = chromium.desktop()) {
      tab.signIn(postroom);
      connect(tab, "google", "SMTP with a token");
      allow(tab, MAILBOX);
      assertThat(tab.page().locator("body").innerText())
          .contains("Connected as " + MAILBOX)
          .contains("Signed in as " + MAILBOX);
      tab.screenshot("sign-in-connected");
      tab.assertWellMade();
      String account = tab.page().url().replaceFirst(".*/", "");
      assertThat(json(postroom.get("/api/v1/accounts/" + account)).at("/sign_in/state").asString())
          .isEqualTo("connected");
      String message = send(account);
      eventually(
          () -> json(postroom.get("/api/v1/messages/" + message)),
          sent -> sent.get("state").asString().equals("sent"));
      byte[] mail = eventually(postfix::delivered, mails -> mails.size() == 1).getFirst();
      assertThat(new String(mail, StandardCharsets.UTF_8))
          .contains("Delivered-To: ap@contoso.example")
          .contains("Subject: Hello");
      nothingShowsTokens(account);
      disconnect(tab);
    }
  }

  @Test
  void whoSignsInAsAnotherIsAskedWhichMailboxIsMeant(Chromium chromium) {
    try (Tab tab = chromium.phone()) {
      tab.signIn(postroom);
      connect(tab, "microsoft", null);
      allow(tab, "maria@acme.example");
      assertThat(tab.page().locator("body").innerText())
          .contains("maria@acme.example")
          .contains("Use maria@acme.example");
      tab.screenshot("sign-in-mailbox-phone");
      tab.assertWellMade();
      tab.page().getByText("Use maria@acme.example").click();
      tab.page().waitForURL(url -> url.contains("/accounts/acc_"));
      assertThat(tab.page().locator("body").innerText())
          .contains("Signed in as maria@acme.example");
      tab.screenshot("sign-in-connected-phone");
      tab.assertWellMade();
    }
  }

  private void connect(Tab tab, String kind, String route) {
    tab.open(postroom.url() + "/accounts/new");
    tab.page().locator("a[href$='kind=" + kind + "']").click();
    tab.screenshot("connect-" + kind);
    tab.assertWellMade();
    tab.page().locator("#email").fill(MAILBOX);
    tab.page().locator("#name").fill("Invoices");
    if (route != null) {
      tab.page().getByText("Advanced").click();
      tab.page().locator("#" + kind + "-route").selectOption(option(route));
    }
    tab.page().getByText("Connect", new Page.GetByTextOptions().setExact(true)).click();
  }

  private static com.microsoft.playwright.options.SelectOption option(String label) {
    return new com.microsoft.playwright.options.SelectOption().setLabel(label);
  }

  /** The provider's own page: who is it, and yes. */
  private void allow(Tab tab, String address) {
    tab.page().waitForURL(url -> url.startsWith(at("")));
    tab.page().locator("input[name=username]").fill(address);
    tab.page().locator("textarea[name=claims]").fill("{\"email\": \"" + address + "\"}");
    tab.page().locator("input[type=submit]").click();
    tab.page().waitForURL(url -> url.startsWith(postroom.url()));
    tab.complaints().removeIf(complaint -> complaint.contains("fonts.googleapis.com")); // its page
  }

  private String send(String account) {
    var sent =
        postroom.post(
            "/api/v1/messages",
            """
            {"subject": "Hello", "text": "Hi.", "to": ["ap@contoso.example"], "account": "%s"}\
            """
                .formatted(account));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    return json(sent).get("id").asString();
  }

  private void disconnect(Tab tab) {
    tab.page().onDialog(dialog -> dialog.accept());
    tab.page().getByText("Disconnect", new Page.GetByTextOptions().setExact(true)).click();
    tab.page().getByText("has forgotten the sign-in").waitFor();
    assertThat(tab.page().locator("#sign-in").innerText()).contains("Sign in with Google");
    tab.screenshot("sign-in-disconnected");
    tab.assertWellMade();
  }

  /** Neither the token nor the client's secret: not in answers, pages, the log or the files. */
  private void nothingShowsTokens(String account) throws IOException {
    String token = dovecotsToken();
    List<String> secrets = List.of(token, "planted-client-secret");
    String shown =
        postroom.get("/api/v1/accounts/" + account).body()
            + postroom.get("/api/v1/accounts").body()
            + postroom.get("/api/v1/audit").body()
            + logged();
    String stored = "";
    postroom.bean(Database.class).ping();
    try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
      for (Path file : files.filter(Files::isRegularFile).toList())
        stored += new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
    for (String secret : secrets) {
      assertThat(shown).doesNotContain(secret);
      assertThat(stored).doesNotContain(secret);
    }
  }

  private String logged() {
    return log.list.stream()
        .map(event -> event.getFormattedMessage() + event.getThrowableProxy())
        .collect(java.util.stream.Collectors.joining("\n"));
  }

  /** The first half of every token of this server: its head and the start of its claims. */
  private String dovecotsToken() {
    String token = provider.issueToken("google", MAILBOX, "postroom").serialize();
    return token.substring(0, token.indexOf('.'));
  }

  private String at(String path) {
    String base = provider.baseUrl().toString();
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
        + (path.isEmpty() ? "" : "/" + path);
  }
}
