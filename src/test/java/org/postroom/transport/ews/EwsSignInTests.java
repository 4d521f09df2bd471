package org.postroom.transport.ews;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.transport.ews.EwsFixture.accepted;
import static org.postroom.transport.ews.EwsFixture.deferred;
import static org.postroom.transport.ews.EwsFixture.rejected;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.findings.Findings;
import org.postroom.findings.Symptom;
import org.postroom.testkit.EwsFault;
import org.postroom.testkit.EwsMailboxes;
import org.postroom.testkit.EwsOffer;
import org.postroom.testkit.EwsServer.Seen;
import org.postroom.testkit.SambaNtlm;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

/** Who we say we are, to whom, and what nobody may see. */
class EwsSignInTests {
  private static final String WRONG = "wr0ng pässword";

  @ParameterizedTest
  @ValueSource(strings = {"NTLM", "Negotiate", "Basic"})
  void aWrongPasswordIsTriedOnce(String scheme) {
    try (var ews = new EwsFixture(EwsOffer.plain(scheme).tls(EwsFixture.CERTIFICATES))) {
      Failure failure = rejected(ews.send(ews.login("invoices", WRONG, null)));
      assertThat(failure.kind()).isEqualTo(FailureKind.SIGN_IN_REFUSED);
      assertThat(failure.stage()).isEqualTo(Stage.AUTHENTICATE);
      assertThat(failure.scope()).isEqualTo(Scope.ACCOUNT);
      assertThat(failure.reply().code()).isEqualTo(401);
      assertThat(failure.reply().text()).contains("WWW-Authenticate: " + scheme);
      assertThat(finding(failure, "mail.acme.example")).isEqualTo("W01");
      assertThat(finding(failure, "outlook.office365.com")).isEqualTo("W04");
      assertThat(ews.heard.asked()).isZero();
      assertThat(proofs(ews)).isEqualTo(1);
    }
  }

  @Test
  void aServerThatWantsTokensOnlyGetsNoPassword() {
    try (var ews = new EwsFixture(EwsOffer.plain("Bearer").tls(EwsFixture.CERTIFICATES))) {
      Failure failure = rejected(ews.send());
      assertThat(failure.kind()).isEqualTo(FailureKind.SIGN_IN_NOT_OFFERED);
      assertThat(finding(failure, "mail.acme.example")).isEqualTo("W02");
      assertThat(ews.server.seen()).noneMatch(one -> one.head().contains("Authorization"));
    }
  }

  @Test
  void thePasswordItselfStaysHereWhereNtlmIsOffered() {
    try (var ews = new EwsFixture(EwsOffer.plain("Basic", "Negotiate", "NTLM"))) {
      accepted(ews.send());
      assertThat(ews.server.seen()).noneMatch(one -> one.head().contains("Basic "));
    }
  }

  @Test
  void aServerThatAsksNobodyIsGivenNothing() {
    try (var ews = new EwsFixture(EwsOffer.plain())) {
      accepted(ews.send());
      assertThat(ews.server.seen()).noneMatch(one -> one.head().contains("Authorization"));
    }
  }

  @Test
  void sambaLetsUsInOverTlsAndTheConnectionStaysSignedIn() {
    SambaNtlm.require();
    var offer = EwsOffer.plain("NTLM").tls(EwsFixture.CERTIFICATES).checkedBySamba();
    try (var ews = new EwsFixture(offer)) {
      accepted(ews.send());
      accepted(ews.send());
      assertThat(proofs(ews)).isEqualTo(1);
      Outcome outcome = ews.send(ews.login("invoices", WRONG, null));
      assertThat(rejected(outcome).kind()).isEqualTo(FailureKind.SIGN_IN_REFUSED);
    }
  }

  @Test
  void theContentLeavesOnce() {
    try (var ews = new EwsFixture(EwsOffer.plain("NTLM"))) {
      accepted(ews.send());
      assertThat(ews.server.seen().stream().filter(one -> one.operation().equals("CreateItem")))
          .hasSize(1);
      assertThat(ews.server.seen().getLast().head()).contains("Expect: 100-continue");
    }
  }

  @Test
  void aSignInForgottenMeanwhileIsRenewedWithoutADouble() {
    try (var ews = new EwsFixture(EwsOffer.plain("NTLM"))) {
      accepted(ews.send());
      ews.server.next(
          "CreateItem", new EwsFault.Web(401, Map.of("WWW-Authenticate", "NTLM"), "", false));
      accepted(ews.send());
      assertThat(ews.heard.asked()).isEqualTo(1);
      assertThat(ews.server.mailboxes().sent()).hasSize(2);
    }
  }

  @Test
  void anotherPasswordGetsAnotherConnection() {
    try (var ews = new EwsFixture(EwsOffer.plain("NTLM"))) {
      accepted(ews.send());
      rejected(ews.send(ews.login("invoices", WRONG, null)));
    }
  }

  @Test
  void aChallengeThatMakesNoSenseEndsTheTry() {
    try (var ews = new EwsFixture(EwsOffer.plain("NTLM"))) {
      var offer = new EwsFault.Web(401, Map.of("WWW-Authenticate", "NTLM"), "", false);
      var nonsense = new EwsFault.Web(401, Map.of("WWW-Authenticate", "NTLM !!!"), "", false);
      ews.server.next("", offer).next("", nonsense);
      assertThat(rejected(ews.send()).kind()).isEqualTo(FailureKind.PROTOCOL_BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NTLM", "Basic"})
  void secretsAreSeenNowhere(String scheme) {
    try (var ews = new EwsFixture(EwsOffer.plain(scheme))) {
      String basic = "ACME\\invoices:" + EwsMailboxes.PASSWORD;
      String coded = Base64.getEncoder().encodeToString(basic.getBytes(UTF_8));
      ews.server.next(
          "CreateItem",
          new EwsFault.Refuses(
              "ErrorItemCorrupt", "You said " + EwsMailboxes.PASSWORD + " and " + coded));
      var echo = new EwsFault.Web(503, "Authorization: " + coded + " " + EwsMailboxes.PASSWORD);
      Outcome one = ews.send();
      String heard = String.join("\n", ews.heard.lines());
      ews.server.next("GetFolder", echo);
      ews.server.hangUp();
      Outcome other = ews.send();
      assertThat(deferred(other).reply().text()).contains("****");
      assertThat(rejected(one).reply().text()).contains("You said ****");
      assertThat(one + heard + other + ews.heard.lines() + ews.login())
          .doesNotContain(EwsMailboxes.PASSWORD)
          .doesNotContain(coded)
          .doesNotContain("TlRMTVNTUAAD");
    }
  }

  private static long proofs(EwsFixture ews) {
    return ews.server.seen().stream()
        .map(Seen::head)
        .filter(head -> head.contains("TlRMTVNTUAAD") || head.contains("Authorization: Basic"))
        .distinct()
        .count();
  }

  private static String finding(Failure failure, String host) {
    var symptom = Symptom.of(Symptom.Protocol.EWS, host, false, failure);
    return new Findings().explain(symptom).id();
  }
}
