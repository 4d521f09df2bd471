package org.postroom.accounts;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postroom.accounts.Account.Health.State;
import org.postroom.accounts.oauth.TokenAnswer;
import org.postroom.findings.Action;
import org.postroom.findings.Finding;
import org.postroom.findings.Findings;
import org.postroom.findings.Symptom;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a provider's refusal means for an account. The provider's word decides what happens next;
 * numbers such as AADSTS50076 only choose the explanation, as Microsoft asks.
 */
@Component
class SignInTrouble {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Errors that say that the grant itself is at an end (RFC 6749, OpenID Connect Core). */
  private static final Set<String> GRANT_ENDED =
      Set.of("invalid_grant", "interaction_required", "login_required", "consent_required");

  private final Findings findings;

  SignInTrouble(Findings findings) {
    this.findings = findings;
  }

  /**
   * @param state what the account needs
   * @param dead whether the grant is of no use any more
   */
  record Verdict(Finding finding, State state, boolean dead) {
    boolean passes() {
      return finding.action() == Action.WAIT && !unknown(finding);
    }
  }

  /** What to do after a renewal was refused. */
  Verdict judge(Client client, TokenAnswer.Refused refused) {
    Finding finding = explain(client, FailureKind.SIGN_IN_REFUSED, refused.reply());
    boolean person = finding.action() == Action.RECON || unknown(finding);
    boolean ended = !client.app() && GRANT_ENDED.contains(refused.error()) && person;
    return new Verdict(finding, ended ? State.NEEDS_SIGN_IN : State.NEEDS_ADMINISTRATOR, ended);
  }

  Finding explain(Client client, FailureKind kind, Reply reply) {
    return findings.explain(
        new Symptom(
            Symptom.Protocol.OAUTH,
            client.tokens().getHost(),
            true,
            Stage.AUTHENTICATE,
            kind,
            reply));
  }

  /** What came back to us in the browser, in the shape token endpoints answer in. */
  static Reply reply(String error, String description) {
    String text = JSON.writeValueAsString(Map.of("error", error, "error_description", description));
    return new Reply(400, null, text);
  }

  /** What we find ourselves, without a refusal. */
  Finding own(String id, String sentence, Map<String, String> values) {
    return findings
        .find(id, values)
        .orElseGet(() -> new Finding(id, sentence, List.of(), Action.RECON, List.of()));
  }

  private static boolean unknown(Finding finding) {
    return finding.id().startsWith("?");
  }
}
