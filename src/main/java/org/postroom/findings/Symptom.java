package org.postroom.findings;

import org.jspecify.annotations.Nullable;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Login.Credentials;
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

  /** A failure of a try with this login. */
  public static Symptom of(Login login, Failure failure) {
    return switch (login) {
      case Login.Local _ -> of(Protocol.LOCAL, null, false, failure);
      case Login.Smtp smtp ->
          of(Protocol.SMTP, smtp.host(), smtp.credentials() instanceof Credentials.Token, failure);
      case Login.Graph graph -> of(Protocol.GRAPH, graph.service().getHost(), true, failure);
      case Login.Gmail gmail -> of(Protocol.GMAIL, gmail.service().getHost(), true, failure);
      case Login.Ews ews -> of(Protocol.EWS, ews.uri().getHost(), false, failure);
    };
  }

  public static Symptom of(
      Protocol protocol, @Nullable String host, boolean token, Failure failure) {
    return new Symptom(protocol, host, token, failure.stage(), failure.kind(), failure.reply());
  }
}
