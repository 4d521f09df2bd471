package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostroomProcess;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/**
 * Somebody who has just started it and knows nothing: from the code in the log to a mail that left
 * through their own mail server, by what the pages say alone.
 */
@ExtendWith(WithChromium.class)
class FirstMailJourney {
  private static final String PASSWORD = "a mill beside the harbour";
  private static final String SECRET = "rye and wheat";
  private static final Pattern CODE = Pattern.compile("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}");
  private static final Map<String, String> NOBODY_YET =
      Map.of("POSTROOM_ADMIN_EMAIL", "", "POSTROOM_ADMIN_PASSWORD", "", "POSTROOM_API_KEY", "");
  private static final Duration MOST = Duration.ofMinutes(5);
  private static final int MOST_STEPS = 30;

  private int steps;

  @Test
  void fromTheCodeInTheLogToAMailThatLeft(@TempDir Path home, Chromium chromium) throws Exception {
    long start = System.nanoTime();
    try (var server =
            ScriptedSmtpServer.start(
                SmtpOffer.plain().auth("office@northwind.example", SECRET, "PLAIN", "LOGIN"));
        var postroom = PostroomProcess.start(home, NOBODY_YET, Launch.usual());
        Tab tab = chromium.desktop()) {
      setUp(tab, postroom.url(), code(Files.readString(postroom.log())));
      connect(tab, server.port());
      write(tab);
      // The check's own test message came first.
      String mail =
          eventually(
              () ->
                  server.received().stream()
                      .map(each -> new String(each.content(), StandardCharsets.UTF_8))
                      .filter(each -> each.contains("Subject: Our first mail"))
                      .findFirst()
                      .orElse(""),
              each -> !each.isEmpty());
      assertThat(mail).contains("office@northwind.example", "from our own mailbox");
      assertThat(server.received()).hasSize(2);
      tab.page().waitForSelector(".status-chip:has-text('Sent')");
      tab.screenshot("first-mail-1360");
      tab.assertWellMade();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf(
        "First mail: %.1f s with the start, %d things typed or pressed.%n",
        took.toMillis() / 1000.0, steps);
    assertThat(took).isLessThan(MOST);
    assertThat(steps).isLessThanOrEqualTo(MOST_STEPS);
  }

  private void setUp(Tab tab, String url, String code) {
    tab.open(url);
    assertThat(tab.page().url()).endsWith("/setup");
    type(tab, "#code", code);
    press(tab, "main form button[type=submit]");
    type(tab, "#name", "Maria Lund");
    type(tab, "#email", "maria@northwind.example");
    type(tab, "#password", PASSWORD);
    type(tab, "#again", PASSWORD);
    press(tab, "main form button[type=submit]");
    type(tab, "#name", "Northwind Mills");
    press(tab, "main form button[type=submit]");
    assertThat(tab.page().url()).endsWith("/welcome");
  }

  private void connect(Tab tab, int port) {
    press(tab, "main a:has-text('Connect an email account')");
    press(tab, "a[href$='/accounts/new'] >> nth=0");
    press(tab, "main a[href*='kind=smtp'] >> nth=0");
    type(tab, "#email", "office@northwind.example");
    type(tab, "#name", "Office");
    type(tab, "#smtp-host", "127.0.0.1");
    press(tab, "input[name='smtp/security'][value=none]");
    type(tab, "#smtp-port", String.valueOf(port));
    type(tab, "#smtp-username", "office@northwind.example");
    type(tab, "#smtp-password", SECRET);
    press(tab, ".check-row [data-check-button]");
    tab.page().waitForSelector("#check-body > .check-sum, #check-body > .fix");
    tab.screenshot("first-mail-check-1360");
    press(tab, "form[action$='/accounts/new'] .actions button[type=submit] >> nth=0");
    tab.page().waitForURL("**/accounts/acc_*");
    press(tab, "form[action$='/default'] button");
  }

  private void write(Tab tab) {
    tab.open(tab.page().url().replaceFirst("/accounts/.*", "/send/message"));
    steps++;
    type(tab, "#to", "anna@contoso.example");
    type(tab, "#subject", "Our first mail");
    type(tab, "#text", "Dear Anna, this comes from our own mailbox.");
    press(tab, "button[value=send] >> nth=0");
    tab.page().waitForURL("**/messages/msg_*");
  }

  private void type(Tab tab, String field, String text) {
    tab.page().locator(field).fill(text);
    steps++;
  }

  private void press(Tab tab, String what) {
    tab.page().locator(what).click();
    tab.page().waitForLoadState();
    steps++;
  }

  /** As whoever starts it reads it on the terminal. */
  private static String code(String terminal) {
    Matcher found = CODE.matcher(terminal);
    assertThat(found.find()).as(terminal).isTrue();
    return found.group();
  }
}
