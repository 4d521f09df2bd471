package org.postroom.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.net.Trust;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;
import org.postroom.transport.Conversation;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Submission;
import org.postroom.transport.smtp.Patience;
import org.postroom.transport.smtp.SmtpTransport;

/**
 * Messages to many people, each with a fate of their own over several tries: 250, 450 for a while,
 * 450 for ever, 550. Claimed, handed over to a real server and settled, try after try, until
 * nothing is left to do.
 */
@ParameterizedClass
@EnumSource
class PartialRecipientsTests {
  private static final int MESSAGES = Integer.getInteger("partial.messages", 12);
  private static final long SEED = Long.getLong("partial.seed", System.nanoTime());
  private static final Duration LEASE = Duration.ofSeconds(45);
  private static final int FOR_EVER = 1_000;

  @Parameter TestDatabase kind;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-02T09:00:00Z"));
  private final Random random = new Random(SEED);
  private Database database;
  private Outbox outbox;
  private Claims claims;
  private ScriptedSmtpServer server;
  private SmtpTransport transport;

  /** What the server says to one address: so many times 450, then yes or no. */
  private record Fate(int deferrals, boolean accepted) {
    String reply(int offers) {
      if (offers <= deferrals) return "450 4.2.0 Greylisted, try " + offers;
      return accepted ? null : "550 5.1.1 Nobody here";
    }

    RecipientState end() {
      boolean taken = deferrals < FOR_EVER && accepted;
      return taken ? RecipientState.ACCEPTED : RecipientState.REJECTED;
    }
  }

  @BeforeEach
  void open() {
    database = kind.open(clock);
    outbox = new Outbox(database, event -> {});
    claims = new Claims(database, event -> {});
    server = ScriptedSmtpServer.start(SmtpOffer.plain().pipelining(random.nextBoolean()));
    transport =
        new SmtpTransport(Trust.ofSystem(), Patience.standard().atMost(Duration.ofSeconds(30)));
  }

  @AfterEach
  void close() {
    transport.close();
    server.close();
    database.close();
  }

  @Test
  void onlyThoseRefusedForNowAreTriedAgainAndNobodyGetsItTwice() {
    for (int i = 0; i < MESSAGES; i++) {
      Map<String, Fate> fates = fates(i);
      Message message = outbox.accept(DraftsForTests.to(List.copyOf(fates.keySet())));
      tryUntilSettled(message.id(), fates);
      assertFates(outbox.get(Caller.postroom("co_1"), message.id()), fates);
    }
    assertThat(server.violations()).isEmpty();
  }

  private Map<String, Fate> fates(int message) {
    Map<String, Fate> fates = new HashMap<>();
    for (int i = 0, most = 1 + random.nextInt(12); i < most; i++) {
      int deferrals =
          switch (random.nextInt(8)) {
            case 0 -> FOR_EVER;
            case 1, 2, 3 -> 1 + random.nextInt(4);
            default -> 0;
          };
      fates.put("p" + i + "@m" + message + ".example", new Fate(deferrals, random.nextInt(4) > 0));
    }
    return fates;
  }

  private void tryUntilSettled(String id, Map<String, Fate> fates) {
    Map<String, Integer> offers = new HashMap<>();
    while (!outbox.find("co_1", id).orElseThrow().state().settled()) {
      clock.set(outbox.find("co_1", id).orElseThrow().dueAt());
      List<Claim> claimed = claims.claim(DraftsForTests.ACCOUNT, 9, 0, "n1", LEASE);
      assertThat(claimed).hasSize(1);
      Claim claim = claimed.getFirst();
      List<String> open = claim.envelope().recipients().stream().map(a -> a.spec()).toList();
      assertThat(open)
          .as("only who was refused for now")
          .allSatisfy(one ->
              assertThat(offers.getOrDefault(one, 0))
                  .isLessThanOrEqualTo(fates.get(one).deferrals()));
      server.script().clear();
      for (String one : open) {
        String reply = fates.get(one).reply(offers.merge(one, 1, Integer::sum));
        if (reply != null) server.at(Verb.RCPT).lineContaining("<" + one + ">").say(reply);
      }
      claims.settle(claim, handOver(claim));
    }
  }

  private Outcome handOver(Claim claim) {
    var login = new Login.Smtp("127.0.0.1", server.port(), Login.Security.NONE, null);
    Conversation marked = () -> claims.markHandingOver(claim);
    return transport.submit(
        new Submission(claim.envelope(), claims.content(claim).orElseThrow()), login, marked);
  }

  private void assertFates(Message message, Map<String, Fate> fates) {
    boolean anybody = fates.values().stream().anyMatch(f -> f.end() == RecipientState.ACCEPTED);
    assertThat(message.state()).isEqualTo(anybody ? MessageState.SENT : MessageState.NOT_SENT);
    assertThat(message.recipients())
        .allSatisfy(one -> {
          Fate fate = fates.get(one.address().spec());
          assertThat(one.state()).as("%s seed %d", fate, SEED).isEqualTo(fate.end());
          assertThat(copies(one.address().spec()))
              .as("%s seed %d", fate, SEED)
              .isEqualTo(fate.end() == RecipientState.ACCEPTED ? 1 : 0);
          String said =
              fate.deferrals() == FOR_EVER ? "450 4.2.0" : fate.accepted() ? "250 " : "550 5.1.1";
          assertThat(one.reply()).as("each person's own answer").startsWith(said);
        });
    List<Attempt> attempts = outbox.attempts("co_1", message.id());
    assertThat(attempts)
        .extracting(Attempt::number)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, attempts.size()).boxed().toList());
  }

  private long copies(String address) {
    return server.received().stream().filter(mail -> mail.recipients().contains(address)).count();
  }
}
