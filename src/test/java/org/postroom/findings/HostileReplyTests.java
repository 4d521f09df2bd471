package org.postroom.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.findings.Symptom.Protocol;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;

/** Replies are written by strangers. */
class HostileReplyTests {
  private static final Findings FINDINGS = new Findings();
  private static final List<String> PIECES =
      List.of(
          "5.7.1",
          "5.7.606",
          "AADSTS",
          "AADSTS65001",
          "smtp",
          "ehlo",
          "(",
          ")",
          "<",
          ">",
          "{host}",
          "$1",
          "\\",
          " ",
          "\n",
          "535-",
          "550 5.1.1 ",
          "message ",
          "size ",
          "exceeded ",
          "too ",
          "many ",
          "not authenticated",
          "listed ",
          "by ",
          "spf ",
          "dkim ",
          "fail",
          "\u0000",
          "é",
          "💥",
          "the certificate is for: ",
          ",",
          "@",
          "a.b.",
          "https://",
          "port 99999999",
          "the server takes 99999999999999",
          " in region ",
          "retry after ");

  @Test
  void anyReplyHasAFindingAndSoon() {
    var random = new Random(20261121);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < 5_000; i++)
            assertSound(FINDINGS.explain(symptom(random, text(random))));
        });
  }

  @Test
  void alwaysSaysThatALostAnswerIsUnclear() {
    for (KnownReply known : KnownReply.all().toList()) {
      Symptom symptom = known.symptom();
      var lost =
          new Symptom(
              symptom.protocol(),
              symptom.host(),
              symptom.token(),
              Stage.CONTENT,
              FailureKind.ANSWER_LOST,
              symptom.reply());
      assertThat(FINDINGS.explain(lost).action()).isEqualTo(Action.UNK);
    }
  }

  @Test
  void theLongestRepliesOfOneKindOfWordTakeMilliseconds() {
    for (String piece : PIECES) {
      Symptom symptom = symptom(new Random(1), piece.repeat(2000 / piece.length() + 1));
      long began = System.nanoTime();
      for (Protocol protocol : Protocol.values())
        assertSound(FINDINGS.explain(as(protocol, symptom)));
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as(piece)
          .isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void noExpressionOfTheDataCanRunAway() {
    Catalogue catalogue = Catalogue.read();
    catalogue.rows().stream()
        .flatMap(row -> row.signs().stream())
        .flatMap(sign -> java.util.stream.Stream.of(sign.says(), sign.words(), sign.not()))
        .filter(java.util.Objects::nonNull)
        .forEach(pattern ->
            assertThat(pattern.pattern()).doesNotContain(".*", ".+", "+)+", "*)*", "+)*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "550 cannot say auth=Bearer ya29.A0ARrdaM-SecretSecretSecret1234567890 here",
        "535 AUTH PLAIN AGludm9pY2VzQGFjbWUuZXhhbXBsZQBUcjB1YjRkb3ImMw== was refused",
        "535 dXNlcj1pbnZvaWNlc0BhY21lLmV4YW1wbGUBYXV0aD1CZWFyZXIgU2VjcmV0MTIzNDU2Nzg5AQE=",
        "{\"refresh_token\":\"0.AXoASecretSecret1234567890\",\"client_secret\":\"Q~8SecretSecret\"}"
      })
  void masksWhatMayBeASecret(String text) {
    assertThat(Masked.of(text))
        .contains("****")
        .doesNotContain("Secret", "AGludm9pY2Vz", "dXNlcj1pbnZvaWNlc0");
  }

  @Test
  void leavesOrdinaryWordsAlone() {
    String text =
        "550 5.7.1 <invoices@acme.example>: Sender address rejected: not owned by user"
            + " STOREDRV.Submission.Exception:SubmissionQuotaExceededException"
            + " https://support.google.com/mail/?p=InvalidSecondFactor";
    assertThat(Masked.of(text)).isEqualTo(text);
  }

  @Test
  void aSecretInAReplyDoesNotReachTheFinding() {
    String secret = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9U3VwZXJTZWNyZXQx";
    for (KnownReply known : KnownReply.all().toList()) {
      Symptom symptom = known.symptom();
      String text =
          "auth=Bearer "
              + secret
              + " <"
              + secret
              + "> "
              + symptom.reply().text().replace("acme", secret);
      var planted = new Reply(symptom.reply().code(), symptom.reply().enhanced(), text);
      Finding finding =
          FINDINGS.explain(
              new Symptom(
                  symptom.protocol(),
                  null,
                  symptom.token(),
                  symptom.stage(),
                  symptom.kind(),
                  planted));
      assertThat(finding.toString()).doesNotContain(secret);
    }
  }

  private static void assertSound(Finding finding) {
    assertThat(finding.what()).isNotBlank();
    assertThat(finding.steps()).isNotEmpty();
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    int pieces = random.nextInt(60);
    for (int i = 0; i < pieces; i++)
      text.append(
          random.nextInt(4) == 0
              ? Character.toString(random.nextInt(0x3000))
              : PIECES.get(random.nextInt(PIECES.size())));
    return text.toString();
  }

  private static Symptom symptom(Random random, String text) {
    return new Symptom(
        any(random, Protocol.values()),
        random.nextBoolean() ? null : text.substring(0, Math.min(text.length(), 80)),
        random.nextBoolean(),
        any(random, Stage.values()),
        any(random, FailureKind.values()),
        Reply.of(random.nextInt(4) == 0 ? 0 : 200 + random.nextInt(400), text));
  }

  private static Symptom as(Protocol protocol, Symptom symptom) {
    return new Symptom(
        protocol,
        symptom.host(),
        symptom.token(),
        symptom.stage(),
        symptom.kind(),
        symptom.reply());
  }

  private static <T> T any(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
