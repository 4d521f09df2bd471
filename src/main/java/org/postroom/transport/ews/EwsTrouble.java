package org.postroom.transport.ews;

import static java.util.Map.entry;
import static org.postroom.transport.FailureKind.*;
import static org.postroom.transport.Scope.ACCOUNT;
import static org.postroom.transport.Scope.MESSAGE;
import static org.postroom.transport.Stage.*;
import static org.postroom.transport.ews.Trouble.Verdict.*;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;
import org.postroom.transport.ews.Trouble.Verdict;

/**
 * Soft or hard, and whom it concerns: decided here and nowhere else for Exchange. Permanent trouble
 * of the account means that somebody has to repair it; the message then waits and is not lost.
 */
final class EwsTrouble {
  private static final int MOST_OF_A_PAGE = 600;

  private EwsTrouble() {}

  /** Response codes and what they mean, wherever they come. */
  record Rule(FailureKind kind, Verdict verdict, Scope scope) {}

  private static final Rule NO_MAILBOX = new Rule(SENDER_REFUSED, STAYS, ACCOUNT);
  private static final Rule NO_RIGHT = new Rule(SENDER_REFUSED, STAYS, ACCOUNT);
  private static final Rule BLOCKED = new Rule(SENDER_REFUSED, STAYS, ACCOUNT);
  private static final Rule NO_SIGN_IN = new Rule(SIGN_IN_REFUSED, STAYS, ACCOUNT);
  private static final Rule TOO_LARGE = new Rule(MESSAGE_TOO_LARGE, STAYS, MESSAGE);
  private static final Rule BAD_RECIPIENT = new Rule(RECIPIENT_REFUSED, STAYS, MESSAGE);
  private static final Rule SLOWER = new Rule(RATE_LIMITED, PASSES, ACCOUNT);
  private static final Rule BUSY = new Rule(SERVER_BUSY, PASSES, ACCOUNT);
  private static final Rule NOT_UNDERSTOOD = new Rule(PROTOCOL_BROKEN, STAYS, ACCOUNT);
  private static final Rule BAD_CONTENT = new Rule(CONTENT_REFUSED, STAYS, MESSAGE);

  /** Exchange gave up waiting for itself: whether it sent is not known. */
  static final Set<String> UNFINISHED = Set.of("ErrorTimeoutExpired", "ErrorRequestAborted");

  static final Map<String, Rule> RULES =
      Map.ofEntries(
          entry("ErrorNonExistentMailbox", NO_MAILBOX),
          entry("ErrorMissingEmailAddress", NO_MAILBOX),
          entry("ErrorNonPrimarySmtpAddress", NO_MAILBOX),
          entry("ErrorFolderNotFound", NO_RIGHT),
          entry("ErrorSendAsDenied", NO_RIGHT),
          entry("ErrorAccessDenied", NO_RIGHT),
          entry("ErrorCreateItemAccessDenied", NO_RIGHT),
          entry("ErrorImpersonateUserDenied", NO_RIGHT),
          entry("ErrorImpersonationDenied", NO_RIGHT),
          entry("ErrorImpersonationFailed", NO_RIGHT),
          entry("ErrorOrganizationAccessBlocked", NO_RIGHT),
          entry("ErrorQuotaExceeded", BLOCKED),
          entry("ErrorMessageSubmissionBlocked", BLOCKED),
          entry("ErrorAccountSuspend", BLOCKED),
          entry("ErrorAccountSuspendShowTierUpgrade", BLOCKED),
          entry("ErrorPasswordExpired", NO_SIGN_IN),
          entry("ErrorPasswordChangeRequired", NO_SIGN_IN),
          entry("ErrorAccountDisabled", NO_SIGN_IN),
          entry("ErrorMessageSizeExceeded", TOO_LARGE),
          entry("ErrorDataSizeLimitExceeded", TOO_LARGE),
          entry("ErrorRequestStreamTooBig", TOO_LARGE),
          entry("ErrorInvalidRecipients", BAD_RECIPIENT),
          entry("ErrorInvalidSmtpAddress", BAD_RECIPIENT),
          entry("ErrorMissingRecipients", BAD_RECIPIENT),
          entry("ErrorSubmissionQuotaExceeded", SLOWER),
          entry("ErrorExceededMessageLimit", SLOWER),
          entry("ErrorExceededMaxRecipientLimit", SLOWER),
          entry("ErrorExceededMaxRecipientLimitBlock", SLOWER),
          entry("ErrorExceededMessageLimitShowTierUpgrade", SLOWER),
          entry("ErrorExceededMaxRecipientLimitShowTierUpgrade", SLOWER),
          entry("ErrorExceededConnectionCount", SLOWER),
          entry("ErrorServerBusy", SLOWER),
          entry("ErrorMailboxStoreUnavailable", BUSY),
          entry("ErrorMailboxMoveInProgress", BUSY),
          entry("ErrorMailboxFailover", BUSY),
          entry("ErrorMailboxLogonFailed", BUSY),
          entry("ErrorConnectionFailed", BUSY),
          entry("ErrorServiceUnavailable", BUSY),
          entry("ErrorProxyCallFailed", BUSY),
          entry("ErrorProxyRequestProcessingFailed", BUSY),
          entry("ErrorInternalServerTransientError", BUSY),
          entry("ErrorADUnavailable", BUSY),
          entry("ErrorADOperation", BUSY),
          entry("ErrorNoRespondingCASInDestinationSite", BUSY),
          entry("ErrorTimeoutExpired", BUSY),
          entry("ErrorInternalServerError", new Rule(SERVER_BUSY, PASSES, MESSAGE)),
          entry("ErrorRequestAborted", BUSY),
          entry("ErrorInsufficientResources", BUSY),
          entry("ErrorNotEnoughMemory", BUSY),
          entry("ErrorInvalidServerVersion", NOT_UNDERSTOOD),
          entry("ErrorSchemaValidation", new Rule(PROTOCOL_BROKEN, STAYS, MESSAGE)),
          entry("ErrorInvalidRequest", new Rule(PROTOCOL_BROKEN, STAYS, MESSAGE)),
          entry("ErrorMimeContentInvalid", BAD_CONTENT),
          entry("ErrorMimeContentInvalidBase64String", BAD_CONTENT));

  /**
   * A code that is not the one needed.
   *
   * @param sends whether the request, once acted on, sends the message
   */
  static Trouble said(Stage stage, int status, SoapAnswer.Said said, boolean sends) {
    Reply reply = new Reply(status, null, said.code() + ": " + said.text());
    if (sends && UNFINISHED.contains(said.code())) return unclear(reply);
    Rule rule = RULES.getOrDefault(said.code(), unknown(stage, said.code()));
    Stage where = rule == NO_SIGN_IN ? AUTHENTICATE : stage;
    Scope scope = stage == CONTENT ? rule.scope() : ACCOUNT;
    var failure = new Failure(rule.kind(), where, scope, reply, said.backOff());
    return new Trouble(failure, rule.verdict());
  }

  /** An answer of a web server, not of Exchange. */
  static Trouble status(Stage stage, HttpAnswer answer, boolean carries, boolean sends) {
    Reply reply = new Reply(answer.status(), null, words(answer));
    return switch (answer.status()) {
      case 401 -> refused(answer);
      case 403 -> trouble(SENDER_REFUSED, STAYS, stage, ACCOUNT, reply);
      // A web server refuses large posts with these before Exchange sees them (IIS 404.13).
      case 400, 404, 413 ->
          carries
              ? trouble(MESSAGE_TOO_LARGE, STAYS, stage, MESSAGE, reply)
              : trouble(PROTOCOL_BROKEN, STAYS, stage, ACCOUNT, reply);
      case 408, 440, 503 -> passing(SERVER_BUSY, stage, reply, retryAfter(answer));
      case 429 -> passing(RATE_LIMITED, stage, reply, retryAfter(answer));
      default -> other(stage, answer, reply, sends);
    };
  }

  /** The server wants another password, or another way to sign in than we speak. */
  static Trouble refused(HttpAnswer answer) {
    Reply reply = new Reply(401, null, words(answer));
    List<String> offers = answer.offers();
    boolean known = offers.stream().anyMatch(List.of("ntlm", "negotiate", "basic")::contains);
    FailureKind kind = known ? SIGN_IN_REFUSED : SIGN_IN_NOT_OFFERED;
    return trouble(kind, STAYS, AUTHENTICATE, ACCOUNT, reply);
  }

  /** The connection failed, or the wait ended, before anybody can have acted. */
  static Trouble lost(Stage stage, IOException failure, boolean timedOut) {
    if (failure instanceof HttpReader.Garbled) return passing(PROTOCOL_BROKEN, stage, why(failure));
    return timedOut
        ? passing(ANSWER_TIMEOUT, stage, "The server did not answer in time.")
        : passing(CONNECTION_LOST, stage, "The connection broke: " + why(failure));
  }

  /**
   * The request that sends may have arrived whole, and there is no answer that says what became.
   */
  static Trouble unclear(Reply reply) {
    return trouble(ANSWER_LOST, UNCLEAR, CONTENT, MESSAGE, reply);
  }

  static Trouble unclear(IOException failure, boolean timedOut) {
    String what = timedOut ? "no answer came in time" : why(failure);
    return unclear(Reply.none("The message was handed over, and then: " + what));
  }

  /** Nobody answered, or not with anything that makes sense. */
  static Trouble passing(FailureKind kind, Stage stage, String what) {
    return passing(kind, stage, Reply.none(what), null);
  }

  static Trouble account(FailureKind kind, Stage stage, Reply reply) {
    return trouble(kind, STAYS, stage, ACCOUNT, reply);
  }

  static Trouble claimLost() {
    Reply reply = Reply.none("Another node may have the message.");
    return trouble(CLAIM_LOST, PASSES, CONTENT, MESSAGE, reply);
  }

  private static Trouble other(Stage stage, HttpAnswer answer, Reply reply, boolean sends) {
    int status = answer.status();
    boolean acted = status < 300 || status >= 500;
    if (acted && sends) return unclear(reply);
    if (status >= 500) return passing(SERVER_BUSY, stage, reply, retryAfter(answer));
    return trouble(PROTOCOL_BROKEN, STAYS, stage, ACCOUNT, reply);
  }

  private static Rule unknown(Stage stage, String code) {
    if (code.matches(".*(Transient|Busy|Timeout|Unavailable|Throttl|Failover).*")) return BUSY;
    return stage == CONTENT ? BAD_CONTENT : NO_RIGHT;
  }

  private static Trouble passing(
      FailureKind kind, Stage stage, Reply reply, @Nullable Duration retryAfter) {
    Scope scope = stage == CONTENT && retryAfter == null ? MESSAGE : ACCOUNT;
    return new Trouble(new Failure(kind, stage, scope, reply, retryAfter), PASSES);
  }

  private static Trouble trouble(
      FailureKind kind, Verdict verdict, Stage stage, Scope scope, Reply reply) {
    return new Trouble(new Failure(kind, stage, scope, reply), verdict);
  }

  /** RFC 9110 10.2.3: seconds, or a date. */
  private static @Nullable Duration retryAfter(HttpAnswer answer) {
    String value = answer.header("retry-after").orElse("");
    if (value.matches("[0-9]{1,7}")) return Duration.ofSeconds(Long.parseLong(value));
    try {
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration left = Duration.between(Instant.now(), until);
      return left.isNegative() ? null : left;
    } catch (DateTimeParseException none) {
      return null;
    }
  }

  /** What the web server said, for people: reason, where it sends us, its page without markup. */
  private static String words(HttpAnswer answer) {
    var words = new StringBuilder(answer.reason());
    answer
        .all("www-authenticate")
        .forEach(one -> words.append("\nWWW-Authenticate: ").append(one.split("\\s", 2)[0]));
    answer
        .header("location")
        .ifPresent(to -> words.append("\nLocation: ").append(to.split("[?#]", 2)[0]));
    String page = answer.text();
    String text =
        page.substring(0, Math.min(page.length(), 20 * MOST_OF_A_PAGE))
            .replaceAll("(?is)<(script|style|head)\\b.{0,9999}?</\\1>", " ")
            .replaceAll("<[^>]{0,2000}>", " ")
            .replaceAll("[\\s\\p{Cntrl}]+", " ")
            .strip();
    if (!text.isEmpty())
      words.append('\n').append(text, 0, Math.min(text.length(), MOST_OF_A_PAGE));
    return words.toString().strip();
  }

  private static String why(IOException failure) {
    String text = failure.getMessage();
    return text == null ? failure.getClass().getSimpleName() : text;
  }
}
