package org.postroom.transport.graph;

import static java.util.Map.entry;
import static org.postroom.transport.rest.Meaning.*;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.net.Answer;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Outcome.Refusal;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;
import org.postroom.transport.rest.Meaning;
import org.postroom.transport.rest.Meaning.Ending;
import org.postroom.transport.rest.RetryAfter;
import org.postroom.transport.rest.Talk;

/**
 * Soft or hard, and whom it concerns: decided here and nowhere else for Graph.
 *
 * <p>Some statuses speak for themselves. Otherwise the most specific code that we know decides:
 * Exchange's own codes come through Graph unchanged. What is left goes by its status.
 */
final class GraphTrouble {
  /** Nothing may be concluded from this answer but that it is not the promised one. */
  static final Meaning NOT_ACCEPTED =
      new Meaning(FailureKind.PROTOCOL_BROKEN, Stage.CONTENT, Scope.MESSAGE, Ending.FINAL);

  private static final Map<String, Meaning> CODES =
      Map.<String, Meaning>ofEntries(
          entry("invalidauthenticationtoken", SIGN_IN),
          entry("compacttoken", SIGN_IN),
          entry("insufficient_claims", SIGN_IN),
          entry("errorpasswordexpired", SIGN_IN),
          entry("erroraccountdisabled", SENDER),
          entry("erroraccessdenied", SENDER),
          entry("accessdenied", SENDER),
          entry("forbidden", SENDER),
          entry("errorsendasdenied", SENDER),
          entry("mailboxnotenabledforrestapi", SENDER),
          entry("mailboxnotsupportedforrestapi", SENDER),
          entry("errornonexistentmailbox", SENDER),
          entry("errorinvaliduser", SENDER),
          entry("request_resourcenotfound", SENDER),
          entry("resourcenotfound", SENDER),
          entry("extensionerror", SENDER),
          entry("errorquotaexceeded", SENDER),
          entry("errormessagesubmissionblocked", SENDER),
          entry("erroraccountsuspend", SENDER),
          entry("errorinvalidrecipients", RECIPIENT),
          entry("errorinvalidsmtpaddress", RECIPIENT),
          entry("errormissingrecipients", RECIPIENT),
          entry("invalidinternetmessageheader", CONTENT),
          entry("invalidinternetmessageheadercollection", CONTENT),
          entry("errormimecontentinvalidbase64string", CONTENT),
          entry("errormimecontentinvalid", CONTENT),
          entry("requestbodyread", CONTENT),
          entry("errormessagesizeexceeded", TOO_LARGE),
          entry("errordatasizelimitexceeded", TOO_LARGE),
          entry("errorattachmentsizelimitexceeded", TOO_LARGE),
          entry("requestentitytoolarge", TOO_LARGE),
          entry("applicationthrottled", SLOW_DOWN),
          entry("toomanyrequests", SLOW_DOWN),
          entry("errortoomanyobjectsopened", SLOW_DOWN),
          entry("errorexceededconnectioncount", SLOW_DOWN),
          entry("errorexceededmessagelimit", SLOW_DOWN),
          entry("errorexceededmaxrecipientlimit", SLOW_DOWN),
          entry("errorsubmissionquotaexceeded", SLOW_DOWN),
          // A draft that somebody else took away; another try makes another.
          entry("erroritemnotfound", FAILED),
          entry("errorserverbusy", BUSY),
          entry("errormailboxstoreunavailable", BUSY),
          entry("errormailboxmoveinprogress", BUSY),
          entry("errorinternalservertransienterror", BUSY),
          entry("erroradunavailable", BUSY),
          entry("serviceunavailable", BUSY),
          entry("errortimeoutexpired", LOST));

  private final Envelope envelope;
  private final Talk talk;
  private final Instant now;

  GraphTrouble(Envelope envelope, Talk talk, Instant now) {
    this.envelope = envelope;
    this.talk = talk;
    this.now = now;
  }

  /** An answer other than 202 to a request that makes the message go. */
  Outcome ofSending(Answer.Given answer) {
    GraphError error = GraphError.of(answer);
    return outcome(answer, error, meaning(error));
  }

  /**
   * An answer other than success to a request that only prepares: nothing can have gone. Who may
   * send but not keep drafts still sends small messages, so that trouble stays with the message.
   */
  Outcome ofPreparing(Answer.Given answer) {
    GraphError error = GraphError.of(answer);
    Meaning meaning = meaning(error);
    if (meaning.ending() == Ending.UNCLEAR) meaning = BUSY;
    if (meaning.kind() == FailureKind.PROTOCOL_BROKEN) meaning = FAILED;
    if (error.status() == 403 && meaning.equals(SENDER)) meaning = SENDER.scope(Scope.MESSAGE);
    return outcome(answer, error, meaning);
  }

  /**
   * An answer other than success to a slice of a file. Its address alone is the permission there,
   * so a refusal says nothing about the account's sign-in.
   */
  Outcome ofUploading(Answer.Given answer) {
    GraphError error = GraphError.of(answer);
    Meaning meaning = meaning(error);
    boolean passes = meaning.equals(BUSY) || meaning.equals(SLOW_DOWN) || meaning.equals(TOO_LARGE);
    return outcome(answer, error, passes ? meaning : FAILED);
  }

  /** What the service says about a request, before anything is made of it. */
  static Meaning meaning(GraphError error) {
    Meaning byStatus = plainStatus(error.status());
    if (byStatus != null) return byStatus;
    if (error.says("maximum request length exceeded")) return TOO_LARGE;
    for (String code : error.codes()) {
      Meaning known = CODES.get(code.toLowerCase(Locale.ROOT));
      if (known != null) return known;
    }
    return error.json() ? unknown(error.status()) : stranger(error.status());
  }

  private static @Nullable Meaning plainStatus(int status) {
    if (status >= 200 && status < 300) return NOT_ACCEPTED;
    return switch (status) {
      case 401 -> SIGN_IN;
      case 413 -> TOO_LARGE;
      case 429, 509 -> SLOW_DOWN;
      case 504 -> LOST;
      case 507 -> SENDER;
      default -> null;
    };
  }

  private static Meaning unknown(int status) {
    if (status < 400) return NOT_THE_SERVICE;
    return switch (status) {
      case 403, 404 -> SENDER;
      case 408, 409, 412, 423 -> FAILED;
      case 502, 503 -> BUSY;
      default -> status < 500 ? CONTENT : FAILED;
    };
  }

  /** Not Graph's words: something between us, or another server altogether. */
  private static Meaning stranger(int status) {
    if (status >= 500) return status == 500 ? FAILED : BUSY;
    return status == 408 ? FAILED : NOT_THE_SERVICE;
  }

  private Outcome outcome(Answer.Given answer, GraphError error, Meaning meaning) {
    Reply reply = talk.reply(error.status(), error.text());
    Duration wait = RetryAfter.of(answer, now);
    boolean knowsUs = error.json() && !meaning.equals(SIGN_IN) && error.status() < 413;
    if (knowsUs && error.status() >= 400)
      talk.passed(
          Stage.AUTHENTICATE,
          "The token was accepted (HTTP " + error.status() + ")",
          answer.took());
    if (meaning.kind() != FailureKind.RECIPIENT_REFUSED)
      return meaning.outcome(reply, wait, List.of());
    return recipients(meaning, reply);
  }

  /**
   * Graph refuses the whole message for one bad address. Where its words name whom, the others can
   * have theirs in another try.
   */
  private Outcome recipients(Meaning meaning, Reply reply) {
    List<Address> all = envelope.recipients();
    if (all.size() == 1) return meaning.scope(Scope.RECIPIENT).outcome(reply);
    List<Address> named = all.stream().filter(address -> named(reply, address)).toList();
    if (named.isEmpty() || named.size() == all.size()) return meaning.outcome(reply);
    var own = new Failure(meaning.kind(), meaning.stage(), Scope.RECIPIENT, reply);
    List<Refusal> refused =
        named.stream().map(address -> new Refusal(address.spec(), own, true)).toList();
    return meaning.ending(Ending.PASSES).outcome(reply, null, refused);
  }

  private static boolean named(Reply reply, Address address) {
    String either = Pattern.quote(address.spec()) + "|" + Pattern.quote(address.wire());
    return Pattern.compile("(?i)(?<![\\w.+-])(" + either + ")(?![\\w-])")
        .matcher(reply.text())
        .find();
  }
}
