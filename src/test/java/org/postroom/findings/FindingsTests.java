package org.postroom.findings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
    assertThat(finding.fixes().getFirst().change())
        .containsExactly(java.util.Map.entry("smtp/host", "smtp.gmail.com"));
  }

  @Test
  void namesNoOtherHostWhereNoneIsNear() {
    assertThat(findings.explain(unresolved("mail.acme.example")).fixes()).isEmpty();
  }

  private static Symptom unresolved(String host) {
    return new Symptom(
        Symptom.Protocol.SMTP,
        host,
        false,
        Stage.RESOLVE,
        FailureKind.NAME_NOT_FOUND,
        Reply.none("The name " + host + " was not found: Name or service not known"));
  }
}
