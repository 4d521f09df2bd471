package org.postroom.findings;

import org.jspecify.annotations.Nullable;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Stage;

/**
 * What is known of a failure.
 *
 * @param protocol what was spoken when it happened
 * @param host the server's name as the account has it; null where there is none
 * @param token whether a token was used to sign in, not a password
 * @param reply verbatim; an HTTP answer's body as text
 */
public record Symptom(
    Protocol protocol,
    @Nullable String host,
    boolean token,
    Stage stage,
    FailureKind kind,
    Reply reply) {

  public enum Protocol {
    SMTP,
    GRAPH,
    GMAIL,
    EWS,
    /** Signing in at Microsoft or Google, and renewing tokens. */
    OAUTH,
    LOCAL
  }

  public static Symptom of(
      Protocol protocol, @Nullable String host, boolean token, Failure failure) {
    return new Symptom(protocol, host, token, failure.stage(), failure.kind(), failure.reply());
  }
}
