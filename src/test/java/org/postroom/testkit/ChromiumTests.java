package org.postroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** That the browser checks see what they are there to see, under as strict a policy as ours. */
@ExtendWith(WithChromium.class)
class ChromiumTests {
  private static final String GOOD =
      """
      <!doctype html>
      <html lang="en"><head><title>Good page</title>
      <meta name="viewport" content="width=device-width, initial-scale=1"></head>
      <body><main><h1>Good page</h1>
      <form action="/home" method="get"><label>Name <input name="name"></label>
      <button type="submit" id="go">Go on</button></form></main></body></html>
      """;
  private static final String SIGN_IN =
      """
      <!doctype html>
      <html lang="en"><head><title>Sign in</title></head><body><main><h1>Sign in</h1>
      <form action="/home" method="get"><label>Email <input name="email"></label>
      <label>Password <input name="password" type="password"></label>
      <button type="submit">Sign in</button></form></main></body></html>
      """;

  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    page("/good", GOOD);
    page("/home", GOOD);
    page("/sign-in", SIGN_IN);
    page("/favicon.ico", "");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aGoodPagePassesOnDesktopAndPhone(Chromium chromium) throws IOException {
    try (Tab desktop = chromium.desktop();
        Tab phone = chromium.phone()) {
      desktop.open(url("/good"));
      phone.open(url("/good"));
      desktop.assertWellMade();
      phone.assertWellMade();
      assertThat(desktop.page().viewportSize().width).isEqualTo(1360);
      assertThat(Files.size(phone.screenshot("testkit-good-phone"))).isGreaterThan(1000);
    }
  }

  @Test
  void aFieldWithoutLabelIsNotAccessible(Chromium chromium) {
    page("/unlabelled", GOOD.replace("<label>Name <input name=\"name\"></label>", "<input>"));
    try (Tab tab = chromium.desktop()) {
      tab.open(url("/unlabelled"));
      assertThatThrownBy(tab::assertAccessible)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("label at input");
    }
  }

  @Test
  void aWideTextMakesThePhoneScrollSideways(Chromium chromium) {
    page("/wide", GOOD.replace("</h1>", "</h1><pre>" + "reply ".repeat(20) + "</pre>"));
    try (Tab phone = chromium.phone();
        Tab desktop = chromium.desktop()) {
      phone.open(url("/wide"));
      desktop.open(url("/wide"));
      desktop.assertNoSidewaysScroll();
      assertThatThrownBy(phone::assertNoSidewaysScroll)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("<pre>reply");
    }
  }

  @Test
  void whatThePolicyRefusesIsAComplaint(Chromium chromium) {
    page("/inline", GOOD.replace("</main>", "</main><script>document.title = 'changed'</script>"));
    try (Tab tab = chromium.desktop()) {
      tab.open(url("/inline"));
      assertThat(tab.page().title()).isEqualTo("Good page");
      assertThatThrownBy(tab::assertNoComplaints)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("Content Security Policy");
    }
  }

  @Test
  void aMissingPictureIsAComplaintButAMissingPageIsTheTestsBusiness(Chromium chromium) {
    page("/broken", GOOD.replace("</h1>", "</h1><img alt='Logo' src='/missing.png'>"));
    try (Tab missing = chromium.desktop();
        Tab broken = chromium.desktop()) {
      assertThat(missing.open(url("/missing")).status()).isEqualTo(404);
      broken.open(url("/broken"));
      missing.assertNoComplaints();
      assertThatThrownBy(broken::assertNoComplaints)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("/missing.png");
    }
  }

  @Test
  void theKeyboardReachesTheButtonAndUsesIt(Chromium chromium) {
    try (Tab tab = chromium.desktop()) {
      tab.open(url("/good"));
      tab.tabTo("#go");
      tab.press("Enter");
      tab.page().waitForURL(url("/home?name="));
      assertThatThrownBy(() -> tab.tabTo("h1")).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void signingInWaitsForThePageBehind(Chromium chromium) {
    try (Tab tab = chromium.desktop()) {
      tab.signIn(url(""), "a@example.com", "secret");
      assertThat(tab.page().url()).contains("/home?email=a%40example.com&password=secret");
    }
  }

  private void page(String path, String html) {
    byte[] body = html.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange
                .getResponseHeaders()
                .add(
                    "Content-Security-Policy",
                    "default-src 'none'; form-action 'self'; img-src 'self'");
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }
}
