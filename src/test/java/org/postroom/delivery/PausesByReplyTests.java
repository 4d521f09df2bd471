package org.postroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.postroom.db.Database;
import org.postroom.findings.Findings;
import org.postroom.findings.Symptom;
import org.postroom.net.Trust;
import org.postroom.outbox.Claim;
import org.postroom.outbox.Claims;
import org.postroom.outbox.DraftsForTests;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.TestCertificates;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;
import org.postroom.transport.Failure;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Submission;
import org.postroom.transport.smtp.Patience;
import org.postroom.transport.smtp.SmtpTransport;

/**
 * Every fault at every verb, with PIPELINING and without: what becomes of the message and of its
 * account, as the table in docs/reliability.md says. {@code -Dpostroom.draw=true} writes the table.
 */
class PausesByReplyTests {
  private static final Path PAGE = Path.of("docs/reliability.md");
  private static final String BEGIN = "<!-- pauses: drawn from the code -->\n";
  private static final String END = "<!-- end -->";
  private static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final List<Verb> VERBS =
      List.of(
          Verb.CONNECT,
          Verb.EHLO,
          Verb.STARTTLS,
          Verb.AUTH,
          Verb.MAIL,
          Verb.RCPT,
          Verb.DATA,
          Verb.CONTENT);
  private static final List<String> FAULTS = List.of("drop", "silence", "421", "451", "554");

  @Test
  void everyFaultAtEveryVerbPausesAsThePageSays() throws IOException {
    List<String> pipelined = new ArrayList<>();
    List<String> stepByStep = new ArrayList<>();
    for (Verb verb : VERBS) {
      for (String fault : FAULTS) {
        pipelined.add(row(verb, fault, true));
        stepByStep.add(row(verb, fault, false));
      }
    }
    assertThat(stepByStep).as("PIPELINING changes nothing").isEqualTo(pipelined);
    String table =
        "| at | the server | outcome | the message | its account |\n|---|---|---|---|---|\n"
            + String.join("\n", pipelined)
            + "\n";
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END, begin);
    if (Boolean.getBoolean("postroom.draw"))
      Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
    else assertThat(page.substring(begin, end)).isEqualTo(table);
  }

  private static String row(Verb verb, String fault, boolean pipelining) {
    var clock = new TestClock(Instant.parse("2026-11-02T09:00:00Z"));
    var patience =
        Patience.standard().atMost(fault.equals("silence") ? Duration.ofMillis(700) : LONG);
    var offer =
        SmtpOffer.plain()
            .startTls(CERTIFICATES)
            .auth("user", "secret", "PLAIN")
            .pipelining(pipelining);
    var transport = new SmtpTransport(Trust.withAlso(List.of(CERTIFICATES.authority())), patience);
    try (Database database = TestDatabase.SQLITE.open(clock);
        var server = ScriptedSmtpServer.start(offer)) {
      script(server.at(verb), fault);
      var outbox = new Outbox(database, event -> {});
      var claims = new Claims(database, event -> {});
      outbox.accept(DraftsForTests.to("ap@contoso.example"));
      Claim claim =
          claims.claim(DraftsForTests.ACCOUNT, 1, 0, "n", Duration.ofMinutes(1)).getFirst();
      var login =
          new Login.Smtp(
              "localhost",
              server.port(),
              Login.Security.STARTTLS,
              new Login.Credentials.Password("user", "secret"));
      Outcome outcome =
          transport.submit(
              new Submission(claim.envelope(), claims.content(claim).orElseThrow()),
              login,
              () -> claims.markHandingOver(claim));
      claims.settle(claim, outcome);
      Failure failure = Tried.refusal(outcome);
      var tried =
          failure == null
              ? new Tried(outcome)
              : new Tried(outcome, new Findings().explain(Symptom.of(login, failure)));
      return "| %s | %s | %s | %s | %s |"
          .formatted(
              place(verb),
              words(fault),
              kind(outcome, failure),
              message(outbox.find("co_1", claim.message()).orElseThrow(), clock.instant()),
              account(AccountTrouble.of(tried)));
    } finally {
      transport.close();
    }
  }

  private static void script(SmtpScript.At at, String fault) {
    switch (fault) {
      case "drop" -> at.drop();
      case "silence" -> at.stall();
      case "421" -> at.sayAndClose("421 4.3.0 scripted");
      default -> at.say(fault + " scripted");
    }
  }

  private static String place(Verb verb) {
    return switch (verb) {
      case CONNECT -> "greeting";
      case CONTENT -> "after the dot";
      default -> verb.name();
    };
  }

  private static String words(String fault) {
    return switch (fault) {
      case "drop" -> "hangs up";
      case "silence" -> "says nothing";
      default -> "says " + fault;
    };
  }

  private static String kind(Outcome outcome, Failure failure) {
    String word = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return failure == null ? word : word + ", " + failure.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String message(Message message, Instant now) {
    String charged = message.attempts() == 0 ? ", no attempt used" : "";
    return switch (message.state()) {
      case DELAYED ->
          "again after " + Duration.between(now, message.dueAt()).toMinutes() + " min" + charged;
      case QUEUED -> "keeps its place" + charged;
      case HELD -> "held until the account is repaired" + charged;
      default -> message.state().word().replace('_', ' ') + charged;
    };
  }

  private static String account(AccountTrouble trouble) {
    return switch (trouble) {
      case AccountTrouble.None _ -> "goes on";
      case AccountTrouble.Unknown _ -> "goes on; nothing is known";
      case AccountTrouble.Pause pause ->
          "pauses %d s, then four times as long, up to 15 min"
              .formatted(pause.atLeast().toSeconds());
      case AccountTrouble.SignIn _ -> "stops: needs a sign-in";
      case AccountTrouble.Administrator _ -> "stops: needs an administrator";
    };
  }
}
