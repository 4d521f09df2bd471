package org.postroom.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.ApiKey;
import org.postroom.access.ApiKeys;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.postroom.outbox.TimelineEntry;
import org.postroom.testkit.Eventually;
import org.postroom.testkit.SmtpTalk;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;

/**
 * A client that lost our answer hands in the same message again: it is one message all the same.
 */
@ParameterizedClass
@EnumSource
class RepeatTests {
  private static final String TO = "anna@contoso.example";
  @Parameter TestDatabase kind;
  private static TestClock clock;
  private static IngressForTests ingress;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase kind) {
    clock = new TestClock(Instant.parse("2026-11-02T10:00:00Z"));
    ingress = IngressForTests.start(kind, clock);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    ingress.close();
  }

  @Test
  void aClientThatHangsUpAfterTheDotMayComeAgain() {
    String content = content("cut");
    for (int i = 0; i < 3; i++) {
      try (SmtpTalk talk = ingress.signedIn()) {
        talk.ask("MAIL FROM:<admin@acme.example>");
        talk.ask("RCPT TO:<" + TO + ">");
        talk.ask("DATA");
        talk.send(content + "\r\n.\r\n");
        Eventually.eventually(() -> named("cut").size(), size -> size == 1);
        talk.cut();
      }
    }
    String reply = handIn(content, TO);
    assertThat(named("cut")).hasSize(1);
    Message first = named("cut").getFirst();
    assertThat(reply).isEqualTo("250 2.0.0 " + first.id() + " accepted");
    assertThat(timeline(first))
        .filteredOn(entry -> entry.type().equals("message.repeated"))
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.detail()).contains("nothing is sent twice"));
  }

  @Test
  void manyAtTheSameMomentAreOne() throws Exception {
    String content = content("crowd");
    var together = new CountDownLatch(1);
    Set<String> replies = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++)
        all.add(
            threads.submit(() -> {
              try (SmtpTalk talk = ingress.signedIn()) {
                together.await();
                return talk.mail(IngressForTests.SENDER, TO, content);
              }
            }));
      together.countDown();
      for (Future<String> one : all) replies.add(one.get());
    }
    assertThat(replies).hasSize(1).allMatch(reply -> reply.startsWith("250 2.0.0 msg_"));
    assertThat(named("crowd")).hasSize(1);
  }

  @Test
  void whatDiffersInAnythingIsAnotherMessage() {
    handIn(content("differs"), TO);
    handIn(content("differs"), "bert@contoso.example");
    handIn(content("differs") + "\r\nP.S.", TO);
    assertThat(named("differs")).hasSize(3);
    String unnamed = "From: admin@acme.example\r\nSubject: no name\r\n\r\nThe disk is full.";
    assertThat(handIn(unnamed, TO)).isNotEqualTo(handIn(unnamed, TO));
  }

  @Test
  void anotherKeyIsAnotherProgram() {
    handIn(content("keys"), TO);
    ApiKey.Made other = key("Shop");
    handIn(other.text(), content("keys"), TO);
    assertThat(named("keys")).hasSize(2);
  }

  @Test
  void theWindowEnds() {
    String first = handIn(content("late"), TO);
    clock.advance(Duration.ofMinutes(59));
    assertThat(handIn(content("late"), TO)).isEqualTo(first);
    clock.advance(Duration.ofMinutes(2));
    String second = handIn(content("late"), TO);
    assertThat(second).isNotEqualTo(first);
    assertThat(handIn(content("late"), TO)).isEqualTo(second);
  }

  @Test
  void aKeyMayHaveNoWindow() {
    ApiKey.Made plain = key("Alerts");
    ingress
        .postroom
        .bean(KeyRules.class)
        .set(ingress.owner(), plain.key().id(), new KeyRule(null, Duration.ZERO));
    String first = handIn(plain.text(), content("plain"), TO);
    assertThat(handIn(plain.text(), content("plain"), TO)).isNotEqualTo(first);
    assertThat(named("plain")).hasSize(2);
  }

  @Test
  void oldArrivalsAreForgotten() {
    handIn(content("old"), TO);
    clock.advance(Duration.ofHours(2));
    assertThat(ingress.postroom.bean(KeyRules.class).forgetOld()).isPositive();
    assertThat(ingress.postroom.bean(KeyRules.class).forgetOld()).isZero();
  }

  private static ApiKey.Made key(String name) {
    var wish = new ApiKeys.Wish(name, false, List.of("messages:send"), List.of());
    return ingress.postroom.bean(ApiKeys.class).create(ingress.owner(), wish);
  }

  private static String handIn(String content, String to) {
    try (SmtpTalk talk = ingress.signedIn()) {
      return talk.mail(IngressForTests.SENDER, to, content);
    }
  }

  private static String handIn(String key, String content, String to) {
    try (SmtpTalk talk = SmtpTalk.greeted(ingress.port())) {
      assertThat(talk.signIn(key)).startsWith("235");
      return talk.mail(IngressForTests.SENDER, to, content);
    }
  }

  private static List<Message> named(String name) {
    return ingress.messages().stream()
        .filter(message -> message.messageId().equals("<" + name + "@erp.example>"))
        .toList();
  }

  private static List<TimelineEntry> timeline(Message message) {
    return ingress.postroom.bean(Outbox.class).timeline(message.company(), message.id());
  }

  private static String content(String name) {
    return "From: admin@acme.example\r\nMessage-ID: <"
        + name
        + "@erp.example>\r\nSubject: "
        + name
        + "\r\n\r\nHello";
  }
}
