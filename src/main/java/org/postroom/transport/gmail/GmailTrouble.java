package org.postroom.transport.gmail;

import static java.util.Map.entry;
import static org.postroom.transport.rest.Meaning.*;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.net.Answer;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;
import org.postroom.transport.rest.Meaning;
import org.postroom.transport.rest.RetryAfter;
import org.postroom.transport.rest.Talk;

/**
 * Soft or hard, and whom it concerns: decided here and nowhere else for Gmail. Google uses 403 for
 * limits, missing permissions and switched-off services alike, so its reasons go before its status.
 */
final class GmailTrouble {
  private static final Map<String, Meaning> REASONS =
      Map.<String, Meaning>ofEntries(
          entry("autherror", SIGN_IN),
          entry("insufficientpermissions", SIGN_IN),
          entry("access_token_scope_insufficient", SIGN_IN),
          entry("userratelimitexceeded", SLOW_DOWN),
          entry("ratelimitexceeded", SLOW_DOWN),
          entry("rate_limit_exceeded", SLOW_DOWN),
          entry("resource_exhausted", SLOW_DOWN),
          entry("quotaexceeded", SLOW_DOWN),
          entry("dailylimitexceeded", SLOW_DOWN),
          entry("accessnotconfigured", SENDER),
          entry("service_disabled", SENDER),
          entry("domainpolicy", SENDER),
          entry("failedprecondition", SENDER),
          entry("failed_precondition", SENDER),
          entry("delegationdenied", SENDER),
          entry("uploadtoolarge", TOO_LARGE),
          entry("requesttoolarge", TOO_LARGE),
          entry("backenderror", BUSY));

  private final List<Address> recipients;
  private final Talk talk;
  private final Instant now;

  GmailTrouble(List<Address> recipients, Talk talk, Instant now) {
    this.recipients = recipients;
    this.talk = talk;
    this.now = now;
  }

  /** An answer that does not say that the message was taken. */
  Outcome of(Answer.Given answer) {
    GmailError error = GmailError.of(answer);
    Meaning meaning = meaning(error);
    Reply reply = talk.reply(error.status(), error.text());
    boolean knowsUs = error.json() && error.status() >= 400 && error.status() < 413;
    if (knowsUs && error.status() != 401)
      talk.passed(
          Stage.AUTHENTICATE,
          "The token was accepted (HTTP " + error.status() + ")",
          answer.took());
    if (meaning.kind() == FailureKind.RECIPIENT_REFUSED && recipients.size() == 1)
      meaning = meaning.scope(Scope.RECIPIENT);
    return meaning.outcome(reply, RetryAfter.of(answer, error.message(), now), List.of());
  }

  static Meaning meaning(GmailError error) {
    Meaning byStatus = plainStatus(error.status());
    if (byStatus != null) return byStatus;
    // The one invalid argument that is not about how the message was written.
    if (error.says("recipient address required") || error.says("invalid to header"))
      return RECIPIENT;
    if (error.says("rate limit") || error.says("retry after")) return SLOW_DOWN;
    for (String reason : error.reasons()) {
      Meaning known = REASONS.get(reason.toLowerCase(Locale.ROOT));
      if (known != null) return known;
    }
    return error.json() ? unknown(error.status()) : stranger(error.status());
  }

  private static @Nullable Meaning plainStatus(int status) {
    return switch (status) {
      case 401 -> SIGN_IN;
      case 413 -> TOO_LARGE;
      case 429 -> SLOW_DOWN;
      case 504 -> LOST;
      default -> status >= 200 && status < 300 ? LOST : null;
    };
  }

  private static Meaning unknown(int status) {
    if (status < 400) return NOT_THE_SERVICE;
    return switch (status) {
      case 403, 404 -> SENDER;
      case 408, 409, 412 -> FAILED;
      case 502, 503 -> BUSY;
      default -> status < 500 ? CONTENT : FAILED;
    };
  }

  /** Not Google's words: something between us, or another server altogether. */
  private static Meaning stranger(int status) {
    if (status >= 500) return status == 500 ? FAILED : BUSY;
    return status == 408 ? FAILED : NOT_THE_SERVICE;
  }
}
