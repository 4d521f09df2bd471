package org.postroom.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.access.ApiKey;
import org.postroom.access.ApiKeys;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.db.Settings;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageState;
import org.postroom.testkit.Eventually;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.SmtpTalk;
import org.postroom.testkit.TestClock;

/** Who may come in, how long, how many; what happens when the house closes or is full. */
class HouseRulesTests {
  private static final String TO = "anna@contoso.example";
  private static final String CONTENT = "From: admin@acme.example\r\nSubject: rules\r\n\r\nHello";
  private static TestClock clock;
  private static IngressForTests ingress;

  @BeforeAll
  static void start() {
    clock = new TestClock(Instant.parse("2026-11-02T10:00:00Z"));
    ingress = IngressForTests.start(Map.of(), clock);
  }

  @AfterAll
  static void stop() {
    ingress.close();
  }

  @Test
  void stoppingWaitsForAContentAndForNothingElse() throws Exception {
    Ingress server = server(bounds(Duration.ofMinutes(5), Duration.ofSeconds(30), 100), Map.of());
    try (SmtpTalk idle = signedIn(server);
        SmtpTalk open = signedIn(server);
        SmtpTalk busy = signedIn(server)) {
      open.ask("MAIL FROM:<admin@acme.example>");
      begin(busy);
      Thread stopping = Thread.ofPlatform().start(server::stop);
      assertThat(idle.reply()).startsWith("421 4.3.2");
      assertThat(idle.reply()).isEqualTo(SmtpTalk.CLOSED);
      assertThat(open.reply()).startsWith("421 4.3.2");
      String reply = busy.send(CONTENT + "\r\n").ask(".");
      assertThat(reply).startsWith("250 2.0.0 msg_");
      assertThat(busy.reply()).startsWith("421 4.3.2");
      assertThat(busy.reply()).isEqualTo(SmtpTalk.CLOSED);
      stopping.join();
      assertThat(ingress.content(reply.split(" ")[2])).isNotEmpty();
    }
  }

  @Test
  void aContentThatDoesNotEndIsRefusedAndNotKept() {
    Ingress server = server(bounds(Duration.ofMinutes(5), Duration.ofMillis(100), 100), Map.of());
    int before = ingress.messages().size();
    try (SmtpTalk busy = signedIn(server)) {
      begin(busy);
      server.stop();
      assertThat(busy.reply()).startsWith("421 4.3.2");
      assertThat(busy.reply()).isEqualTo(SmtpTalk.CLOSED);
    }
    assertThat(server.connections()).isZero();
    assertThat(server.roomIsWhole()).isTrue();
    assertThat(ingress.messages()).hasSize(before);
  }

  @Test
  void whoSaysNothingIsSentAway() {
    Ingress server = server(bounds(Duration.ofMillis(200), Duration.ofSeconds(1), 100), Map.of());
    try (SmtpTalk silent = SmtpTalk.greeted(server.port())) {
      assertThat(silent.reply()).startsWith("421 4.4.2");
      assertThat(silent.reply()).isEqualTo(SmtpTalk.CLOSED);
    } finally {
      server.stop();
    }
  }

  @Test
  void oneAddressHasOnlySoManyConnections() {
    Ingress server = server(bounds(Duration.ofMinutes(5), Duration.ofSeconds(1), 2), Map.of());
    try (SmtpTalk first = SmtpTalk.greeted(server.port());
        SmtpTalk second = SmtpTalk.greeted(server.port());
        var third = new SmtpTalk(server.port())) {
      assertThat(third.reply()).startsWith("421 4.7.0 Too many connections");
      assertThat(third.reply()).isEqualTo(SmtpTalk.CLOSED);
      assertThat(first.ask("QUIT")).startsWith("221");
      Eventually.eventually(server::connections, count -> count == 1);
      try (SmtpTalk again = SmtpTalk.greeted(server.port())) {
        assertThat(again.ask("NOOP")).startsWith("250");
      }
      assertThat(second.ask("NOOP")).startsWith("250");
    } finally {
      server.stop();
    }
  }

  @Test
  void recipientsBeyondTheBoundComeSeparately() {
    try (SmtpTalk talk = ingress.signedIn()) {
      talk.ask("MAIL FROM:<admin@acme.example>");
      var group = new StringBuilder();
      for (int i = 0; i < 1030; i++) group.append("RCPT TO:<r" + i + "@contoso.example>\r\n");
      talk.send(group.toString());
      for (int i = 0; i < 1000; i++) assertThat(talk.reply()).startsWith("250 2.1.5");
      for (int i = 0; i < 30; i++) assertThat(talk.reply()).startsWith("452 4.5.3");
      // One more time the same one is no more.
      assertThat(talk.ask("RCPT TO:<R0@contoso.example>")).startsWith("250");
    }
  }

  @Test
  void wrongKeysMakeTheAddressWait() {
    try {
      for (int i = 0; i < 20; i++)
        try (SmtpTalk talk = SmtpTalk.greeted(ingress.port())) {
          assertThat(talk.signIn("pr_live_" + "x".repeat(40) + i)).startsWith("535 5.7.8");
        }
      ApiKey.Made fresh = key("Locked", false, "messages:send");
      try (SmtpTalk talk = SmtpTalk.greeted(ingress.port())) {
        assertThat(talk.signIn(fresh.text())).startsWith("454 4.7.0 Too many wrong keys");
        clock.advance(Duration.ofMinutes(2));
        assertThat(talk.signIn(fresh.text())).startsWith("235");
      }
    } finally {
      clock.advance(Duration.ofDays(2)); // by then it is forgotten
    }
  }

  @Test
  void aKeyNeedsItsScopeAndItsNetwork() {
    ApiKey.Made reading = key("Reading", false, "messages:read");
    var wish = new ApiKeys.Wish("Far", false, List.of("messages:send"), List.of("192.0.2.0/24"));
    ApiKey.Made far = keys().create(ingress.owner(), wish);
    try (SmtpTalk talk = SmtpTalk.greeted(ingress.port())) {
      assertThat(talk.signIn(reading.text())).startsWith("535 5.7.8 This API key may not send");
      assertThat(talk.signIn(far.text())).startsWith("535 5.7.8").contains("from 127.0.0.1");
    }
  }

  @Test
  void aWithdrawnKeyEndsForProgramsThatStayConnected() {
    ApiKey.Made short_ = key("Short", false, "messages:send");
    try (SmtpTalk talk = SmtpTalk.greeted(ingress.port())) {
      assertThat(talk.signIn(short_.text())).startsWith("235");
      assertThat(talk.mail(IngressForTests.SENDER, TO, CONTENT)).startsWith("250");
      keys().revoke(ingress.owner(), short_.key().id());
      Eventually.eventually(
          () -> talk.ask("MAIL FROM:<admin@acme.example>") + talk.ask("RSET"),
          said -> said.startsWith("530 5.7.0"));
    }
  }

  @Test
  void keysDoNotTravelInTheOpen() {
    Ingress server = server(Bounds.usual(), Map.of("POSTROOM_SMTP_INGRESS_LOCAL_AUTH", "no"));
    try (SmtpTalk talk = SmtpTalk.greeted(server.port())) {
      assertThat(talk.ask("EHLO erp")).doesNotContain("AUTH");
      assertThat(talk.signIn(RunningPostroom.API_KEY)).startsWith("538 5.7.11");
      assertThat(talk.ask("MAIL FROM:<admin@acme.example>")).startsWith("530 5.7.0 Start TLS");
      talk.secure(IngressForTests.trustingAll());
      assertThat(talk.signIn(RunningPostroom.API_KEY)).startsWith("235");
    } finally {
      server.stop();
    }
  }

  @Test
  void whoCannotSignInCountsAsTheOperatorsKey() {
    var open = Map.of("POSTROOM_SMTP_INGRESS_OPEN_KEY", RunningPostroom.API_KEY);
    Ingress server = server(Bounds.usual(), open);
    try (var talk = new SmtpTalk(server.port())) {
      talk.reply();
      talk.ask("HELO scanner");
      String reply = talk.mail(IngressForTests.SENDER, TO, CONTENT);
      assertThat(reply).startsWith("250 2.0.0");
      assertThat(new String(ingress.content(reply.split(" ")[2]))).contains(" with SMTP id ");
    } finally {
      server.stop();
    }
  }

  @Test
  void aTestKeyWritesToTheLocalMailboxAsAnybody() {
    ApiKey.Made test = key("Trying", true, "messages:send");
    String content = "From: ceo@elsewhere.example\r\nSubject: tried\r\n\r\nHello";
    try (SmtpTalk talk = SmtpTalk.greeted(ingress.port())) {
      talk.signIn(test.text());
      assertThat(talk.mail("ceo@elsewhere.example", TO, content)).startsWith("250");
    }
    Message tried = named("tried");
    assertThat(account(tried.account()).kind()).isEqualTo(Account.Kind.LOCAL);
    assertThat(tried.reasons().get("account")).contains("test key");
  }

  @Test
  void theAccountOfTheAddressSendsThenTheDomainsThenTheKeys() {
    String own = account("smtp", "shop@shop.example", "");
    ApiKey.Made key = key("Shop", false, "messages:send");
    try (SmtpTalk talk = SmtpTalk.greeted(ingress.port())) {
      talk.signIn(key.text());
      assertThat(from(talk, "Shop@SHOP.example", "exact")).startsWith("250");
      assertThat(from(talk, "other@shop.example", "domain")).startsWith("250");
      assertThat(from(talk, "x@sub.shop.example", "sub"))
          .startsWith("550 5.7.1 No email account of Postroom sends as x@sub.shop.example.")
          .contains("Send as ", "connect that address under Email accounts");
    }
    assertThat(named("exact").account()).isEqualTo(own);
    assertThat(named("exact").reasons().get("account")).contains("sender's address");
    assertThat(named("domain").account()).isEqualTo(own);
    ApiKey.Made free = key("Free", false, "messages:send");
    ingress
        .postroom
        .bean(KeyRules.class)
        .set(ingress.owner(), free.key().id(), new KeyRule(own, Duration.ZERO));
    try (SmtpTalk talk = SmtpTalk.greeted(ingress.port())) {
      talk.signIn(free.text());
      assertThat(from(talk, "x@sub.shop.example", "named")).startsWith("250");
    }
    assertThat(named("named").account()).isEqualTo(own);
    assertThat(named("named").sender().spec()).isEqualTo("x@sub.shop.example");
  }

  @Test
  void mailOfAnAccountThatIsOffWaits() {
    String off = account("smtp", "off@off.example", "");
    ingress.postroom.send(
        ingress
            .postroom
            .request("/api/v1/accounts/" + off)
            .header("Content-Type", "application/json")
            .method(
                "PATCH", java.net.http.HttpRequest.BodyPublishers.ofString("{\"active\": false}")));
    ApiKey.Made key = key("Off", false, "messages:send");
    try (SmtpTalk talk = SmtpTalk.greeted(ingress.port())) {
      talk.signIn(key.text());
      assertThat(from(talk, "off@off.example", "waits")).startsWith("250");
    }
    assertThat(named("waits").state()).isEqualTo(MessageState.HELD);
  }

  private static String from(SmtpTalk talk, String from, String subject) {
    String reply = talk.ask("MAIL FROM:<" + from + ">");
    if (!reply.startsWith("250")) return reply;
    talk.ask("RSET");
    return talk.mail(from, TO, "From: X <" + from + ">\r\nSubject: " + subject + "\r\n\r\nHello");
  }

  private static Message named(String subject) {
    return ingress.messages().stream()
        .filter(message -> message.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }

  private static Account account(String id) {
    return ingress.postroom.bean(Accounts.class).find(ingress.company(), id).orElseThrow();
  }

  private static String account(String kind, String email, String further) {
    var answer =
        ingress.postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "%s", "name": "%s", "email": "%2$s", "default": false, "active": true,
             "smtp": {"host": "127.0.0.1", "port": 9, "security": "none", "auth": false}%s}
            """
                .formatted(kind, email, further));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return RunningPostroom.json(answer).get("id").asString();
  }

  private static ApiKeys keys() {
    return ingress.postroom.bean(ApiKeys.class);
  }

  private static ApiKey.Made key(String name, boolean test, String scope) {
    return keys().create(ingress.owner(), new ApiKeys.Wish(name, test, List.of(scope), List.of()));
  }

  private static void begin(SmtpTalk talk) {
    talk.ask("MAIL FROM:<admin@acme.example>");
    talk.ask("RCPT TO:<" + TO + ">");
    assertThat(talk.ask("DATA")).startsWith("354");
  }

  private static SmtpTalk signedIn(Ingress server) {
    SmtpTalk talk = SmtpTalk.greeted(server.port());
    assertThat(talk.signIn(RunningPostroom.API_KEY)).startsWith("235");
    return talk;
  }

  private static Bounds bounds(Duration command, Duration farewell, int perAddress) {
    return new Bounds(
        100_000, 1_000_000, 100, 100, perAddress, 20, 1000, command, command, command, farewell);
  }

  /** Another server in front of the same product. */
  private static Ingress server(Bounds bounds, Map<String, String> further) {
    var settings = new java.util.HashMap<String, String>();
    settings.put("POSTROOM_SMTP_INGRESS_PORT", "0");
    settings.put("POSTROOM_SMTP_INGRESS_LOCAL_AUTH", "yes");
    settings.put("POSTROOM_HOME", ingress.postroom.bean(Settings.class).home().toString());
    settings.putAll(further);
    var server =
        new Ingress(
            new Settings(settings),
            ingress.postroom.bean(Reception.class),
            ingress.postroom.bean(Intake.class),
            bounds);
    server.start();
    return server;
  }
}
