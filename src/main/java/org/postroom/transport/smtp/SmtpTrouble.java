package org.postroom.transport.smtp;

import static org.postroom.transport.FailureKind.*;
import static org.postroom.transport.Stage.*;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

/**
 * Soft or hard, and whom it concerns: decided here and nowhere else in SMTP.
 *
 * <ul>
 *   <li>Until the server has seen a recipient, trouble concerns the account. Later it concerns the
 *       message or the recipient, unless the words say otherwise: a message that makes the server
 *       hang up must not stop those behind it.
 *   <li>A 5xx is permanent, except where such trouble passes by itself: limits, blocked addresses,
 *       broken encryption. Permanent trouble of the account means that somebody has to repair it;
 *       the message then waits and is not lost.
 * </ul>
 */
final class SmtpTrouble {
  private static final Set<FailureKind> PASSING =
      EnumSet.of(RATE_LIMITED, SERVER_BUSY, GREETING_REFUSED, TLS_NOT_OFFERED, PROTOCOL_BROKEN);

  private SmtpTrouble() {}

  /** A reply that is not the one needed. */
  static Trouble of(Stage stage, Reply reply) {
    if (reply.code() < 400) return garbled(stage, reply);
    if (stage == AUTHENTICATE) return verdict(signIn(reply), stage, Scope.ACCOUNT, reply);
    if (stage == GREET || stage == TLS || stage == CONNECT)
      return verdict(opening(stage, reply), stage, Scope.ACCOUNT, reply);
    FailureKind known = ProviderReplies.kind(reply);
    FailureKind kind = known == null ? unknown(stage, reply) : known;
    return verdict(inPlace(kind, stage), stage, scope(kind, stage), reply);
  }

  /** The connection failed, or the wait ended, before anybody can have taken the content. */
  static Trouble of(Stage stage, IOException failure, boolean timedOut) {
    if (failure instanceof Wire.Garbled) return garbled(stage, Reply.none(text(failure)));
    FailureKind kind = timedOut ? ANSWER_TIMEOUT : CONNECTION_LOST;
    String what =
        timedOut ? "The server did not answer in time." : "The connection broke: " + text(failure);
    return new Trouble(new Failure(kind, stage, byStage(stage), Reply.none(what)), false);
  }

  /** Something about the account stops us before or beside any reply. */
  static Trouble account(FailureKind kind, Stage stage, Reply reply) {
    return new Trouble(new Failure(kind, stage, Scope.ACCOUNT, reply), false);
  }

  /** Something about the message makes sending it to this server pointless. */
  static Trouble message(FailureKind kind, Stage stage, String what) {
    return new Trouble(new Failure(kind, stage, Scope.MESSAGE, Reply.none(what)), true);
  }

  static Trouble recipient(FailureKind kind, String what) {
    return new Trouble(new Failure(kind, RECIPIENT, Scope.RECIPIENT, Reply.none(what)), true);
  }

  private static Trouble garbled(Stage stage, Reply reply) {
    return new Trouble(new Failure(PROTOCOL_BROKEN, stage, byStage(stage), reply), false);
  }

  private static Trouble verdict(FailureKind kind, Stage stage, Scope scope, Reply reply) {
    boolean passes = PASSING.contains(kind) || tooMany(reply);
    boolean permanent = kind == SIGN_IN_REFUSED || (reply.permanent() && !passes);
    return new Trouble(new Failure(kind, stage, scope, reply), permanent);
  }

  private static FailureKind signIn(Reply reply) {
    String text = reply.text().toLowerCase(Locale.ROOT);
    if (ProviderReplies.asksToSlowDown(reply)) return RATE_LIMITED;
    if (reply.code() == 432) return SIGN_IN_REFUSED; // RFC 4954: the password must be changed.
    if (reply.temporary()) return SIGN_IN_UNAVAILABLE;
    if (reply.code() == 504 || "5.7.4".equals(reply.enhanced())) return SIGN_IN_NOT_OFFERED;
    if (reply.code() == 503 && text.contains("not enabled")) return SIGN_IN_NOT_OFFERED;
    return SIGN_IN_REFUSED;
  }

  private static FailureKind opening(Stage stage, Reply reply) {
    if (ProviderReplies.asksToSlowDown(reply)) return RATE_LIMITED;
    if (reply.temporary()) return SERVER_BUSY;
    return stage == TLS ? TLS_NOT_OFFERED : GREETING_REFUSED;
  }

  private static FailureKind unknown(Stage stage, Reply reply) {
    if (reply.code() == 421) return SERVER_BUSY;
    return switch (stage) {
      case SENDER -> {
        if (reply.temporary()) yield SERVER_BUSY;
        yield reply.code() == 500 || reply.code() == 502 || reply.code() == 503
            ? PROTOCOL_BROKEN
            : SENDER_REFUSED;
      }
      case RECIPIENT ->
          reply.temporary() || tooMany(reply) ? RECIPIENT_DEFERRED : RECIPIENT_REFUSED;
      default -> reply.temporary() ? SERVER_BUSY : CONTENT_REFUSED;
    };
  }

  /** A full mailbox in answer to the content is still the recipient's; MAIL knows none. */
  private static FailureKind inPlace(FailureKind kind, Stage stage) {
    boolean recipients = kind == RECIPIENT_REFUSED || kind == RECIPIENT_DEFERRED;
    return recipients && stage == SENDER ? SENDER_REFUSED : kind;
  }

  private static Scope scope(FailureKind kind, Stage stage) {
    return switch (kind) {
      case RATE_LIMITED, SIGN_IN_NEEDED, SIGN_IN_REFUSED, SENDER_REFUSED, RELAY_DENIED ->
          Scope.ACCOUNT;
      case MESSAGE_TOO_LARGE, UTF8_NOT_SUPPORTED ->
          stage == RECIPIENT ? Scope.RECIPIENT : Scope.MESSAGE;
      case CONTENT_REFUSED -> stage == RECIPIENT ? Scope.RECIPIENT : Scope.MESSAGE;
      case SERVER_BUSY -> byStage(stage);
      default -> stage == RECIPIENT ? Scope.RECIPIENT : byStage(stage);
    };
  }

  private static Scope byStage(Stage stage) {
    return stage.compareTo(SENDER) <= 0 ? Scope.ACCOUNT : Scope.MESSAGE;
  }

  /** RFC 5321 4.5.3.1.10: servers say 552 where 452 is meant; the rest go in a later try. */
  private static boolean tooMany(Reply reply) {
    return "5.5.3".equals(reply.enhanced())
        || reply.text().toLowerCase(Locale.ROOT).contains("too many recipients");
  }

  private static String text(IOException failure) {
    String text = failure.getMessage();
    return text == null ? failure.getClass().getSimpleName() : text;
  }
}
