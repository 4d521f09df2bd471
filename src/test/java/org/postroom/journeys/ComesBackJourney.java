package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.access.Access;
import org.postroom.suppression.Suppressions;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Dovecot;
import org.postroom.testkit.DovecotMailbox;
import org.postroom.testkit.Postfix;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestCertificates;
import tools.jackson.databind.JsonNode;

/**
 * Mail to somebody who does not exist, through real servers: Debian's Postfix takes it, finds no
 * mailbox, and writes its report to the sender, whose mailbox Debian's Dovecot shows by IMAP.
 */
class ComesBackJourney {
  private static final String USER = "invoices@acme.example";
  private static final String PASSWORD = "pässword with spaces";

  @TempDir Path folder;
  private Dovecot passwords;
  private Postfix postfix;
  private DovecotMailbox mailbox;
  private RunningPostroom postroom;

  @BeforeEach
  void start() {
    TestCertificates certificates = TestCertificates.forLocalhost();
    certificates.write(folder);
    passwords = Dovecot.start(Map.of(USER, PASSWORD));
    postfix =
        Postfix.start(
            certificates,
            passwords,
            """
            smtpd_reject_unlisted_recipient = no
            virtual_mailbox_maps = inline:{ {invoices@acme.example = inbox/}, {ap@contoso.example = ap/} }
            """);
    mailbox = DovecotMailbox.start(certificates, USER, PASSWORD, postfix.inbox());
    postroom =
        RunningPostroom.start(
            Map.of("POSTROOM_TRUSTED_CERTIFICATES", folder.resolve("authority.pem").toString()));
  }

  @AfterEach
  void stop() {
    if (postroom != null) postroom.close();
    if (mailbox != null) mailbox.close();
    if (postfix != null) postfix.close();
    if (passwords != null) passwords.close();
  }

  @Test
  void anUnknownAddressBouncesAndIsBlocked() {
    String account = makeAccount();
    String message = send();
    JsonNode sent = await(message, "sent");
    assertThat(states(sent)).isEqualTo("accepted accepted");
    Browser browser = Browser.signedIn(postroom);
    assertThat(browser.open("/messages/" + message).html().text())
        .contains("We cannot see bounces for this account");
    eventually(mailbox::all, all -> all == 1);

    readMailbox(browser, account);
    look(browser, account);

    JsonNode bounced = json(postroom.get("/api/v1/messages/" + message));
    assertThat(states(bounced)).isEqualTo("accepted bounced");
    assertThat(bounced.get("state").stringValue()).isEqualTo("sent");
    assertThat(bounced.at("/recipients/1/reply").stringValue()).contains("unknown user");
    JsonNode report = json(postroom.get("/api/v1/bounces")).at("/data/0");
    assertThat(report.get("matched_by").stringValue()).isEqualTo("message_id");
    assertThat(report.get("message").stringValue()).isEqualTo(message);
    assertThat(report.get("reason").stringValue()).isEqualTo("user_unknown");
    assertThat(report.get("source").stringValue()).isEqualTo("imap");
    assertThat(blocked("gone@contoso.example")).isTrue();
    assertThat(blocked("ap@contoso.example")).isFalse();

    String page = browser.open("/messages/" + message).html().text();
    assertThat(page)
        .contains("Sent, 1 of 2 bounced")
        .contains("Came back from postfix.example. gone@contoso.example: There is no such mailbox.")
        .contains("Correct the address and resend")
        .doesNotContain("We cannot see bounces");
    assertThat(browser.open("/").html().text()).contains("1 message came back");
    assertThat(browser.open("/outbox?tab=came_back").html().text()).contains("1 of 2 bounced");
    assertThat(browser.open("/returned").html().text()).contains("gone@contoso.example");
    assertThat(browser.open("/returned.csv").response().body()).contains("user_unknown");

    look(browser, account);
    assertThat(json(postroom.get("/api/v1/bounces")).get("data").size()).isEqualTo(1);
    assertThat(mailbox.all()).isEqualTo(1);
    assertThat(mailbox.unread()).isEqualTo(1);
  }

  private boolean blocked(String address) {
    String company = postroom.bean(Access.class).companies().getFirst().id();
    return postroom.bean(Suppressions.class).find(company, address).isPresent();
  }

  private void readMailbox(Browser browser, String account) {
    Browser.Page saved =
        browser.submit(
            "/accounts/" + account + "/returned",
            "form[action$=/returned]",
            Map.of(
                "enabled", "on",
                "host", "localhost",
                "port", Integer.toString(mailbox.tlsPort()),
                "security", "tls",
                "same", "on",
                "folder", "INBOX"));
    assertThat(saved.html().text()).contains("Saved.");
  }

  private void look(Browser browser, String account) {
    Browser.Page looked =
        browser.submit("/accounts/" + account + "/returned", "form[action$=/look]", Map.of());
    assertThat(looked.html().text())
        .as(mailbox.log())
        .contains("1 reports in 1 mails")
        .doesNotContain("could not be read");
  }

  private String makeAccount() {
    return json(postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Invoices", "email": "%1$s", "default": true, "active": true,
             "smtp": {"host": "localhost", "port": %2$d, "security": "starttls", "auth": true, "username": "%1$s", "password": "%3$s"}}
            """
                .formatted(USER, postfix.port(), PASSWORD)))
        .get("id")
        .stringValue();
  }

  private String send() {
    return json(postroom.post(
            "/api/v1/messages",
            """
            {"subject": "Your invoice", "text": "Here it is.", "to": ["ap@contoso.example", "gone@contoso.example"]}
            """))
        .get("id")
        .stringValue();
  }

  private JsonNode await(String message, String state) {
    return eventually(
        () -> json(postroom.get("/api/v1/messages/" + message)),
        m -> m.get("state").stringValue().equals(state));
  }

  private static String states(JsonNode message) {
    return message.at("/recipients/0/state").stringValue()
        + " "
        + message.at("/recipients/1/state").stringValue();
  }
}
