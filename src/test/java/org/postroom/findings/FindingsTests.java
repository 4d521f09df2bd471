package org.postroom.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postroom.findings.Symptom.Protocol;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;

class FindingsTests {
  private final Findings findings = new Findings();

  @Test
  void namesTheHostThatWasProbablyMeant() {
    Finding finding = findings.explain(unresolved("smtp.gmial.com"));
    assertThat(finding.id()).isEqualTo("N01");
    assertThat(finding.what()).contains("smtp.gmial.com");
    assertThat(changes(finding)).containsExactly(Map.of("smtp/host", "smtp.gmail.com"));
    assertThat(changes(findings.explain(unresolved("smtp.offce365.com"))))
        .containsExactly(Map.of("smtp/host", "smtp.office365.com"));
  }

  @Test
  void namesNoOtherHostWhereNoneIsNear() {
    assertThat(findings.explain(unresolved("mail.acme.example")).fixes()).isEmpty();
    assertThat(findings.explain(unresolved("smtp.acme.com")).fixes()).isEmpty();
    assertThat(findings.explain(unresolved("smtp.gmail.com")).fixes()).isEmpty();
  }

  @Test
  void countsMistakesLikeAPerson() {
    assertThat(KnownHosts.mistakes("smtp.gmial.com", "smtp.gmail.com")).isEqualTo(1);
    assertThat(KnownHosts.mistakes("smtp.gmail.con", "smtp.gmail.com")).isEqualTo(1);
    assertThat(KnownHosts.mistakes("smtp.gmail.com", "smtp.gmail.com")).isZero();
    assertThat(KnownHosts.mistakes("smpt.gmial.com", "smtp.gmail.com")).isEqualTo(2);
    assertThat(KnownHosts.mistakes("", "abc")).isEqualTo(3);
  }

  @Test
  void doesNotOfferThePortThatFailed() {
    Finding finding =
        findings.explain(
            symptom(
                "mail.acme.example",
                Stage.CONNECT,
                FailureKind.CONNECTION_REFUSED,
                Reply.none("192.0.2.10 port 587: Connection refused")));
    assertThat(changes(finding))
        .containsExactly(Map.of("smtp/port", "465", "smtp/security", "tls"));
  }

  @Test
  void doesNotOfferAPortTheProviderDoesNotHave() {
    Finding finding =
        findings.explain(
            symptom(
                "smtp.office365.com",
                Stage.CONNECT,
                FailureKind.CONNECTION_TIMEOUT,
                Reply.none("192.0.2.10 port 465: Connect timed out")));
    assertThat(changes(finding))
        .containsExactly(Map.of("smtp/port", "587", "smtp/security", "starttls"));
  }

  @Test
  void offersMicrosoftSignInOnlyWhereMicrosoftIs() {
    var refused = Reply.of(535, "5.7.8 Error: authentication failed");
    assertThat(changes(findings.explain(signIn("smtp.office365.com", refused))))
        .containsExactly(Map.of("kind", "microsoft"));
    assertThat(changes(findings.explain(signIn("mail.acme.example", refused)))).isEmpty();
  }

  @Test
  void offersTheDomainOfAnExchangeServer() {
    Symptom symptom =
        new Symptom(
            Protocol.EWS,
            "mail.acme.example",
            false,
            Stage.AUTHENTICATE,
            FailureKind.SIGN_IN_REFUSED,
            new Reply(401, null, "WWW-Authenticate: NTLM"));
    assertThat(changes(findings.explain(symptom)))
        .containsExactly(Map.of("exchange/domain", ""), Map.of("exchange/domain", "acme.example"));
  }

  @Test
  void readsRepliesOverManyLinesAsOneSentence() {
    Reply broken =
        new Reply(
            534,
            "5.7.9",
            "Application-specific\n534-5.7.9 password\n5.7.9 required. For more information");
    assertThat(findings.explain(signIn("relay.acme.example", broken)).id()).isEqualTo("A05");
    Reply repeated =
        new Reply(534, null, "534-5.7.9 Application-specific\n534 5.7.9 password required.");
    assertThat(findings.explain(signIn("relay.acme.example", repeated)).id()).isEqualTo("G01");
  }

  @Test
  void tellsTheCausesOfAuthenticationRequiredApart() {
    // What .NET programs show as "5.7.1 Authentication Required".
    assertThat(
            ids(
                sender("mail.acme.example", "530", "5.7.1 Authentication Required"),
                sender("mail.acme.example", "530", "5.7.0 Must issue a STARTTLS command first"),
                sender(
                    "smtp.office365.com", "530", "5.7.57 Client not authenticated to send mail."),
                sender("smtp.gmail.com", "530", "5.7.0 Authentication Required. - gsmtp"),
                signIn("mail.acme.example", Reply.of(535, "5.7.8 authentication failed"))))
        .containsExactly("A10", "T10", "M10", "G04", "A06");
  }

  @Test
  void tellsTheCausesOfFailureSendingMailApart() {
    assertThat(
            ids(
                unresolved("mail.acme.exampel"),
                symptom(
                    null,
                    Stage.CONNECT,
                    FailureKind.CONNECTION_REFUSED,
                    Reply.none("Connection refused")),
                symptom(
                    null,
                    Stage.CONNECT,
                    FailureKind.CONNECTION_TIMEOUT,
                    Reply.none("Connect timed out")),
                symptom(
                    null,
                    Stage.TLS,
                    FailureKind.TLS_FAILED,
                    Reply.none("Unsupported or unrecognized SSL message")),
                symptom(
                    null,
                    Stage.TLS,
                    FailureKind.CERTIFICATE_NOT_TRUSTED,
                    Reply.none("PKIX path building failed"))))
        .containsExactly("N01", "N03", "N04", "N09", "T01");
  }

  @Test
  void tellsTheCausesOfRequiresASecureConnectionApart() {
    assertThat(
            ids(
                sender("mail.acme.example", "530", "5.7.0 Must issue a STARTTLS command first"),
                sender(
                    "smtp.gmail.com",
                    "530",
                    "5.5.1 Authentication Required. Learn more at - gsmtp"),
                sender(
                    "smtp.office365.com",
                    "530",
                    "5.7.57 SMTP; Client was not authenticated to send anonymous mail"),
                symptom(
                    null,
                    Stage.TLS,
                    FailureKind.TLS_NOT_OFFERED,
                    Reply.none("The server offers no STARTTLS on this port."))))
        .containsExactly("T10", "G04", "M10", "T08");
  }

  @Test
  void neverGuesses() {
    Finding unknown = findings.explain(signIn("mail.acme.example", Reply.of(550, "4711")));
    assertThat(unknown.id()).isEqualTo("?authenticate");
    assertThat(unknown.what())
        .isEqualTo("The server answered something we have no explanation for.");
    assertThat(unknown.steps()).isNotEmpty();
    assertThat(unknown.fixes()).isEmpty();
  }

  @Test
  void neverRepeatsAdviceThatIsWrongToday() {
    String everything =
        findings.all().stream().map(Finding::toString).collect(Collectors.joining("\n"));
    assertThat(everything)
        .doesNotContainIgnoringCase("less secure app")
        .doesNotContainPattern(
            "(?i)(switch|turn) (2-step|the second factor|security defaults)[^.]{0,30} off")
        .doesNotContainPattern("(?i)outlook\\.office365\\.com/EWS");
    assertThat(findings.find("G01").orElseThrow().steps().toString()).contains("leave it on");
    assertThat(findings.find("M03").orElseThrow().steps().toString())
        .contains("Leave the security defaults on");
  }

  @Test
  void fillsInWhatACheckKnows() {
    Finding finding =
        findings
            .find("X37", Map.of("signed", "a@acme.example", "wanted", "b@acme.example"))
            .orElseThrow();
    assertThat(finding.what()).contains("a@acme.example", "b@acme.example");
    assertThat(findings.find("X37").orElseThrow().what()).doesNotContain("{");
  }

  @Test
  void fallsBackToEnglish() {
    assertThat(findings.find("R02", Map.of(), Locale.FRENCH)).isEqualTo(findings.find("R02"));
  }

  @Test
  void saysWhatAFindingIsKnownBy() {
    assertThat(findings.recognisedBy("M01"))
        .anyMatch(line -> line.contains("disabled for the tenant"));
    assertThat(findings.recognisedBy("X37")).isEmpty();
  }

  private List<String> ids(Symptom... symptoms) {
    return Stream.of(symptoms).map(symptom -> findings.explain(symptom).id()).toList();
  }

  private static List<Map<String, String>> changes(Finding finding) {
    return finding.fixes().stream().map(Fix::change).toList();
  }

  private static Symptom unresolved(String host) {
    return symptom(
        host,
        Stage.RESOLVE,
        FailureKind.NAME_NOT_FOUND,
        Reply.none("The name " + host + " was not found: Name or service not known"));
  }

  private static Symptom signIn(String host, Reply reply) {
    return symptom(host, Stage.AUTHENTICATE, FailureKind.SIGN_IN_REFUSED, reply);
  }

  private static Symptom sender(String host, String code, String text) {
    return symptom(
        host, Stage.SENDER, FailureKind.SIGN_IN_NEEDED, Reply.of(Integer.parseInt(code), text));
  }

  private static Symptom symptom(String host, Stage stage, FailureKind kind, Reply reply) {
    return new Symptom(Protocol.SMTP, host, false, stage, kind, reply);
  }
}
