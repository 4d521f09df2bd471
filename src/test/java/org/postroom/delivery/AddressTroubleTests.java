package org.postroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postroom.findings.Findings;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.outbox.Claim;
import org.postroom.suppression.AddressFailure;
import org.postroom.suppression.AddressFailure.Kind;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Outcome.Refusal;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

/** Which refusals on the spot speak against an address (R19). */
class AddressTroubleTests {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Login RELAY =
      new Login.Smtp("smtp.acme.example", 587, Login.Security.STARTTLS, null);
  private final Findings findings = new Findings();

  @Test
  void aUserOrDomainThatDoesNotExistDoes() {
    for (Reply reply :
        List.of(
            Reply.of(550, "5.1.1 <anna@x.example>: Recipient address rejected: User unknown"),
            Reply.of(550, "No such user here"),
            Reply.of(550, "5.1.10 RESOLVER.ADR.RecipientNotFound; not found"),
            Reply.of(550, "5.1.2 Host unknown")))
      assertThat(said(FailureKind.RECIPIENT_REFUSED, Scope.RECIPIENT, true, reply))
          .as(reply.line())
          .extracting(AddressFailure::kind)
          .containsExactly(Kind.HARD_BOUNCE);
  }

  @Test
  void aFullMailboxMayPass() {
    Reply full = Reply.of(552, "5.2.2 Mailbox full");
    assertThat(said(FailureKind.RECIPIENT_DEFERRED, Scope.RECIPIENT, true, full))
        .extracting(AddressFailure::kind)
        .containsExactly(Kind.SOFT_BOUNCE);
  }

  /** Every kind, scope and code: without a final refusal of a recipient nothing is said. */
  @Test
  void nothingElseDoes() {
    List<String> texts =
        List.of(
            "5.1.1 User unknown",
            "4.7.1 Greylisted",
            "5.7.1 Relay access denied",
            "5.7.26 Unauthenticated mail",
            "Blocked using zen.spamhaus.org",
            "Too many messages, slow down",
            "4.2.2 Mailbox full",
            "");
    int tried = 0;
    for (FailureKind kind : FailureKind.values())
      for (Scope scope : Scope.values())
        for (boolean permanent : new boolean[] {true, false})
          for (int code : new int[] {0, 202, 401, 421, 429, 432, 450, 451, 452, 503, 550, 552, 554})
            for (String text : texts) {
              boolean mayBe =
                  permanent
                      && code >= 500
                      && scope == Scope.RECIPIENT
                      && (kind == FailureKind.RECIPIENT_REFUSED
                          || kind == FailureKind.RECIPIENT_DEFERRED);
              if (mayBe && text.matches("5\\.1\\.1.*|4\\.2\\.2.*")) continue;
              tried++;
              assertThat(said(kind, scope, permanent, Reply.of(code, text)))
                  .as("%s %s %s %d %s", kind, scope, permanent, code, text)
                  .isEmpty();
            }
    assertThat(tried).isGreaterThan(10_000);
  }

  @Test
  void aRefusalOfAllForOneReasonIsNoRecipients() {
    var relay =
        new Failure(
            FailureKind.RECIPIENT_REFUSED,
            Stage.RECIPIENT,
            Scope.RECIPIENT,
            Reply.of(550, "5.1.1 User unknown"));
    assertThat(AddressTrouble.of(claim(), new Outcome.Rejected(relay), RELAY, findings, NOW))
        .isEmpty();
  }

  private List<AddressFailure> said(FailureKind kind, Scope scope, boolean permanent, Reply reply) {
    var failure = new Failure(kind, Stage.RECIPIENT, scope, reply);
    var refusal = new Refusal("anna@x.example", failure, permanent);
    var outcome = new Outcome.Accepted(new Reply(250, null, "Ok"), List.of(refusal));
    return AddressTrouble.of(claim(), outcome, RELAY, findings, NOW);
  }

  private static Claim claim() {
    var envelope =
        new Envelope(Address.of("a@acme.example"), List.of(Address.of("anna@x.example")));
    return new Claim("co_1", "msg_1", "acc_1", "node", 1, envelope, 0, NOW, NOW, "person");
  }
}
