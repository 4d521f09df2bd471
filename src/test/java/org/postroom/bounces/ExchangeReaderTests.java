package org.postroom.bounces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.Browser;
import org.postroom.testkit.EwsFault;
import org.postroom.testkit.EwsMailboxes;
import org.postroom.testkit.EwsOffer;
import org.postroom.testkit.EwsServer;
import org.postroom.testkit.RunningPostroom;
import org.postroom.transport.Login;
import org.postroom.transport.MailboxView;

/** Returned mail in a mailbox of the company's own Exchange server, whose words are Microsoft's. */
class ExchangeReaderTests {
  private static final Instant SINCE = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
  private static final String BOX = EwsMailboxes.SHARED;
  private static RunningPostroom postroom;

  private EwsServer exchange;
  private KeptMail kept = new KeptMail(Position.START, 1000);

  @BeforeAll
  static void startProduct() {
    postroom = RunningPostroom.start();
  }

  @AfterAll
  static void stopProduct() {
    postroom.close();
  }

  @BeforeEach
  void start() {
    exchange = EwsServer.start(EwsOffer.plain("NTLM"));
  }

  @AfterEach
  void stop() {
    assertThat(exchange.violations()).isEmpty();
    exchange.close();
  }

  @Test
  void givesWhatCameAndThenOnlyWhatIsNew() throws CannotRead {
    arrives("inbox", "too old", SINCE.minusSeconds(1));
    for (int i = 1; i <= 130; i++) arrives("inbox", "n" + i, NOON.plusSeconds(i));
    read(EwsMailboxes.PASSWORD, false);
    assertThat(kept.subjects).hasSize(130).startsWith("n1", "n2").endsWith("n130");
    assertThat(kept.times.getFirst()).isEqualTo(NOON.plusSeconds(1));

    again(1000);
    read(EwsMailboxes.PASSWORD, false);
    assertThat(kept.subjects).isEmpty();

    arrives("inbox", "same second", NOON.plusSeconds(130));
    arrives("inbox", "later", NOON.plusSeconds(190));
    arrives("junkemail", "junk", NOON);
    read(EwsMailboxes.PASSWORD, true);
    assertThat(kept.subjects).containsExactly("same second", "later", "junk");
  }

  @Test
  void goesOnWhereItHadEnoughAlsoWithinOneSecond() throws CannotRead {
    for (int i = 1; i <= 120; i++) arrives("inbox", "n" + i, NOON);
    arrives("inbox", "next", NOON.plusSeconds(1));
    read(EwsMailboxes.PASSWORD, false, 30);
    assertThat(kept.subjects).hasSize(30);
    again(1000);
    read(EwsMailboxes.PASSWORD, false);
    assertThat(kept.subjects).as("it does not stay in a crowded second").endsWith("next");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(trouble("wrong").kind()).isEqualTo(Trouble.Kind.SIGN_IN);
    exchange.next("FindItem", new EwsFault.Refuses("ErrorAccessDenied", "Access is denied."));
    assertThat(trouble(EwsMailboxes.PASSWORD).kind()).isEqualTo(Trouble.Kind.PERMISSION);
    exchange.next("FindItem", new EwsFault.Busy(1000, false));
    assertThat(trouble(EwsMailboxes.PASSWORD).kind()).isEqualTo(Trouble.Kind.BUSY);
  }

  @Test
  void aBounceInTheMailboxOfAnExchangeAccountReachesItsMessage() {
    String account = account();
    String sent = send(account);
    String original =
        new String(exchange.mailboxes().sent().getFirst().mime(), StandardCharsets.UTF_8)
            .replaceAll("(?s).*Message-ID: (<[^>]*>).*", "$1");
    byte[] report = report(original);
    exchange.mailboxes().received(BOX, "inbox", report, Instant.now());
    Browser browser = Browser.signedIn(postroom);
    String page = "/accounts/" + account + "/returned";
    var form = browser.open(page);
    assertThat(form.html().text()).contains("Leave empty: Exchange itself is asked.");
    browser.submit(
        page, "form[action=" + page + "]", Map.of("enabled", "on", "host", "", "same", "on"));
    browser.submit(page, "form[action=" + page + "/look]", Map.of());

    var message = json(postroom.get("/api/v1/messages/" + sent));
    assertThat(message.at("/recipients/0/state").asString())
        .as(browser.open(page).html().select("#returned").text())
        .isEqualTo("bounced");
    var bounce = json(postroom.get("/api/v1/bounces")).at("/data/0");
    assertThat(bounce.get("source").asString()).isEqualTo("exchange");
    assertThat(bounce.get("reason").asString()).isEqualTo("user_unknown");
    assertThat(exchange.mailboxes().deleted()).as("nothing is deleted").isEmpty();
  }

  private String account() {
    var made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "exchange", "name": "Exchange", "email": "%s",
             "exchange": {"uri": "%s", "domain": "ACME", "username": "invoices", "password": "%s", "mailbox": "%s"}}
            """
                .formatted(BOX, exchange.uri(), EwsMailboxes.PASSWORD, BOX));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  private static String send(String account) {
    var sent =
        postroom.post(
            "/api/v1/messages",
            "{\"account\": \"%s\", \"subject\": \"Hello\", \"text\": \"Hi\", \"to\": [\"gone@x.example\"]}"
                .formatted(account));
    String id = json(sent).get("id").asString();
    eventually(
        () -> json(postroom.get("/api/v1/messages/" + id)).get("state").asString(), "sent"::equals);
    return id;
  }

  private static byte[] report(String original) {
    return """
    From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@acme.example>
    Subject: Undeliverable: Hello
    Message-ID: <ndr@acme.example>
    Content-Type: multipart/report; report-type=delivery-status; boundary="b"

    --b

    Your message couldn't be delivered.
    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mail.acme.example

    Final-Recipient: rfc822; gone@x.example
    Action: failed
    Status: 5.1.1
    Diagnostic-Code: smtp; 550 5.1.1 RESOLVER.ADR.RecipNotFound; not found

    --b
    Content-Type: text/rfc822-headers

    Message-ID: %s

    --b--
    """
        .formatted(original)
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void arrives(String folder, String subject, Instant at) {
    byte[] mime = ("Subject: " + subject + "\r\n\r\nText\r\n").getBytes(StandardCharsets.US_ASCII);
    exchange.mailboxes().received(BOX, folder, mime, at);
  }

  private Trouble trouble(String password) {
    return catchThrowableOfType(CannotRead.class, () -> read(password, false)).trouble();
  }

  private void again(int most) {
    kept = new KeptMail(kept.position, most);
  }

  private void read(String password, boolean junk, int most) throws CannotRead {
    kept = new KeptMail(kept.position, most);
    read(password, junk);
  }

  private void read(String password, boolean junk) throws CannotRead {
    var login = new Login.Ews(exchange.uri(), "ACME", "invoices", password, BOX);
    var where = new Where.Exchange(login, new Where.Folders("INBOX", junk, false));
    new ExchangeReader(postroom.bean(MailboxView.class)).read(where, SINCE, kept);
  }
}
