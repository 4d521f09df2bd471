package org.postroom.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountDraft;
import org.postroom.accounts.Connection;
import org.postroom.accounts.Prospect;
import org.postroom.diagnosis.CheckStage.Result;
import org.postroom.findings.Findings;
import org.postroom.mail.Address;
import org.postroom.net.Trust;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.transport.Login;
import org.postroom.transport.Login.Security;
import org.postroom.transport.Transports;
import org.postroom.transport.smtp.Patience;
import org.postroom.transport.smtp.SmtpTransport;

/** One check without the product around it. */
class WatchedTests {

  @Test
  void aCheckThatTakesTooLongIsCutOffAndSaysSo() {
    try (var smtp = new SmtpTransport(Trust.ofSystem(), Patience.standard());
        var server = ScriptedSmtpServer.start(SmtpOffer.plain())) {
      server.at(Verb.MAIL).stall();
      Check check = run(smtp, server, null, Duration.ofMillis(700));
      assertThat(check.passed()).isFalse();
      assertThat(result(check, "greet")).isEqualTo(Result.OK);
      assertThat(result(check, "sender")).isEqualTo(Result.FAILED);
      assertThat(result(check, "content")).isEqualTo(Result.NOT_CHECKED);
      assertThat(check.took()).isBetween(Duration.ofMillis(600), Duration.ofSeconds(8));
      assertThat(check.finding().what()).contains("stopped answering");
      server.release();
      eventually(server::openConnections, open -> open == 0);
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void adviceAboutTheDomainComesLastAndFailsNothing() {
    try (var smtp = new SmtpTransport(Trust.ofSystem(), Patience.standard());
        var server = ScriptedSmtpServer.start(SmtpOffer.plain())) {
      DomainRecords records =
          (account, within) ->
              List.of(new Advice("domain", "There is no DMARC record.", List.of("Add one")));
      Check check = run(smtp, server, records, Duration.ofSeconds(20));
      assertThat(check.passed()).as(check.toString()).isTrue();
      assertThat(check.stages().getLast().name()).isEqualTo("domain");
      assertThat(check.stages().getLast().result()).isEqualTo(Result.ADVICE);
      assertThat(check.advice()).extracting(Advice::stage).contains("domain");
    }
  }

  @Test
  void eachLineIsToldOnceAndInItsOrder() {
    try (var smtp = new SmtpTransport(Trust.ofSystem(), Patience.standard());
        var server = ScriptedSmtpServer.start(SmtpOffer.plain())) {
      List<String> told = new ArrayList<>();
      CheckListener listener =
          new CheckListener() {
            @Override
            public void stage(CheckStage stage) {
              told.add(stage.name());
            }
          };
      Check check =
          watched(smtp, null, Duration.ofSeconds(20))
              .run(prospect(server), message(server), null, listener);
      assertThat(told)
          .containsExactlyElementsOf(check.stages().stream().map(CheckStage::name).toList());
    }
  }

  private static Check run(
      SmtpTransport smtp, ScriptedSmtpServer server, DomainRecords records, Duration longest) {
    return watched(smtp, records, longest)
        .run(prospect(server), message(server), null, CheckListener.NOBODY);
  }

  private static Watched watched(SmtpTransport smtp, DomainRecords records, Duration longest) {
    return new Watched(new Transports(List.of(smtp)), new Findings(), records, longest);
  }

  private static TestMessage message(ScriptedSmtpServer server) {
    return new TestMessage(
        "chk_1", account(server), Address.of("anna@acme.example"), Instant.EPOCH, ZoneOffset.UTC);
  }

  private static Prospect prospect(ScriptedSmtpServer server) {
    Account account = account(server);
    var draft =
        new AccountDraft(
            account.kind(),
            account.name(),
            account.email(),
            null,
            null,
            account.owner(),
            false,
            true,
            account.connection(),
            null,
            account.limits());
    return new Prospect(
        account, draft, () -> new Login.Smtp("127.0.0.1", server.port(), Security.NONE, null));
  }

  private static Account account(ScriptedSmtpServer server) {
    return SettingsLookTests.account(
        new Connection.Smtp("127.0.0.1", server.port(), Security.NONE, false, null));
  }

  private static Result result(Check check, String name) {
    return check.stages().stream()
        .filter(stage -> stage.name().equals(name))
        .map(CheckStage::result)
        .findFirst()
        .orElseThrow();
  }
}
