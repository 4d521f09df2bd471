package org.postroom.transport.smtp;

import static org.postroom.transport.FailureKind.*;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;

/**
 * Replies to MAIL, RCPT and content whose meaning their code alone does not tell. The first rule
 * that fits decides; words go before enhanced codes, because servers use codes for several things.
 */
final class ProviderReplies {
  private ProviderReplies() {}

  private static final Rule SLOW_DOWN =
      rule(
          RATE_LIMITED,
          "concurrent connections limit|sender thread limit|submission ?quota|sending (quota|limit)"
              + "|daily (user sending|relay|smtp relay|limit|message quota)|peak smtp relay limit"
              + "|too many (concurrent )?(connections|login attempts|bad auth|auth commands|errors)"
              + "|too much mail|unusual (sending activity|rate)|throttl|rate limit|maximum sending rate"
              + "|credits exceeded|message quota exceeded|daily limit|\\[tss04\\]",
          "[45]\\.7\\.28|4\\.7\\.[56]\\d\\d|5\\.2\\.25[1345]|5\\.1\\.90|5\\.7\\.23[23]|5\\.4\\.5");

  private static final List<Rule> RULES =
      List.of(
          // A recipient's own limit, not ours.
          rule(
                  RECIPIENT_DEFERRED,
                  "mailbox (is )?full|over ?quota|quota exceeded for recipient" + "|grey-?list",
                  "[45]\\.2\\.12[12]")
              .butNot("submission"),
          SLOW_DOWN,
          rule(
              SIGN_IN_NEEDED,
              "authentication (is )?required|not logged in|unauthenticated senders"
                  + "|must issue a starttls|not authenticated to send|authenticate first",
              "5\\.7\\.57"),
          rule(SIGN_IN_REFUSED, "basic authentication is not supported", "5\\.7\\.30"),
          rule(
              SENDER_REFUSED,
              "sendasdenied|send as this sender|not owned by user|relaying disallowed as"
                  + "|email address is not verified|verified sender identity"
                  + "|from address is not one of your|bad outbound sender|not allowed to send as",
              "5\\.7\\.60|5\\.2\\.252|[45]\\.1\\.[78]|5\\.7\\.50[123]|5\\.7\\.705|5\\.7\\.708"
                  + "|5\\.7\\.750"),
          rule(
              RELAY_DENIED,
              "rela(y|ying) (access )?(is )?(denied|not (permitted|allowed)|prohibited)"
                  + "|unable to relay|not permitted to relay|credentials for relay",
              "5\\.7\\.54|5\\.7\\.64"),
          rule(
              MESSAGE_TOO_LARGE,
              "(message|mail|size).{0,40}(too (large|big)|exceeds|exceeded)"
                  + "|exceeds.{0,40}(message|mail)? ?size",
              "5\\.3\\.4|5\\.2\\.3"),
          rule(UTF8_NOT_SUPPORTED, "smtputf8", "5\\.6\\.7"),
          rule(RECIPIENT_DEFERRED, null, "[45]\\.2\\.2|4\\.5\\.3"),
          rule(RECIPIENT_REFUSED, null, "5\\.1\\.(1|2|3|6|10)"));

  /** What a known reply means; null where only its code speaks. */
  static @Nullable FailureKind kind(Reply reply) {
    if (reply.code() == 530) return SIGN_IN_NEEDED; // RFC 4954 6; also "Must issue a STARTTLS".
    return RULES.stream().filter(rule -> rule.fits(reply)).findFirst().map(Rule::kind).orElse(null);
  }

  static boolean asksToSlowDown(Reply reply) {
    return SLOW_DOWN.fits(reply);
  }

  private static Rule rule(FailureKind kind, @Nullable String words, String enhanced) {
    return new Rule(
        kind, words == null ? null : Pattern.compile(words), Pattern.compile(enhanced), null);
  }

  /** Words are searched in the lower-case text; the enhanced code must match as a whole. */
  private record Rule(
      FailureKind kind, @Nullable Pattern words, Pattern enhanced, @Nullable String not) {

    Rule butNot(String word) {
      return new Rule(kind, words, enhanced, word);
    }

    boolean fits(Reply reply) {
      String text = reply.text().replace('\n', ' ').toLowerCase(Locale.ROOT);
      if (not != null && text.contains(not)) return false;
      if (words != null && words.matcher(text).find()) return true;
      return reply.enhanced() != null && enhanced.matcher(reply.enhanced()).matches();
    }
  }
}
