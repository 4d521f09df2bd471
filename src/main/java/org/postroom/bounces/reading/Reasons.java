package org.postroom.bounces.reading;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Reason;
import org.postroom.bounces.Returned.Action;
import org.postroom.bounces.reading.Statuses.Weight;

/**
 * Why it came back. Codes that say one thing come first, then plain words, then codes that mostly
 * mean what they say, then words many use, then any two words that belong together, then what the
 * reply, the command it answers and the subject of the code leave.
 */
final class Reasons {
  private static final Phrases PHRASES = Phrases.of("/bounces/phrases.txt");
  private static final Pattern WEB = Pattern.compile("(?i)https?:[^\\s<>\"']{0,2000}+");

  // Whose servers answer "unknown user" for whoever does not want a mail, too; they say so in
  // public.
  private static final Set<String> HIDING = Set.of("docomo.ne.jp");

  private Reasons() {}

  static Reason of(Said said) {
    if (said.action() != Action.FAILED && said.action() != Action.DELAYED) return Reason.DELIVERED;
    String context = plain(said.context());
    Stage stage = Stage.of(plain(said.diagnostic()));
    if (stage == Stage.UNKNOWN) stage = Stage.of(context);
    Reason reason = of(said, plain(said.diagnostic()));
    if (reason == null) reason = ofWords("last", plain(said.diagnostic()));
    if (reason == null) reason = of(said.quoting(said.context()), context);
    if (reason == null) reason = ofNumbers(said, stage);
    return concerning(reason, stage, said);
  }

  /** An answer concerns the command it was given to, whatever "does not exist" in it. */
  private static Reason concerning(Reason reason, Stage stage, Said said) {
    // Refused for good at RCPT without a clear word: nobody lives there.
    Integer reply = Codes.reply(said.diagnostic());
    boolean forGood = reply != null && reply >= 550 && stage == Stage.RECIPIENT;
    if (reason == Reason.ON_HOLD && forGood) return Reason.USER_UNKNOWN;
    if (reason == Reason.USER_UNKNOWN && hides(said.address())) return Reason.FILTERED;
    if (reason == Reason.HOST_UNKNOWN && passes(said)) return Reason.NETWORK_ERROR;
    if (!reason.hard() || reason == Reason.HAS_MOVED || reason == Reason.NOT_ACCEPTING)
      return reason;
    return switch (stage) {
      case SENDER -> Reason.SENDER_REJECTED;
      case CONNECTION -> reason;
      case CONTENT -> afterContent(reason, said);
      case RECIPIENT -> reason;
      case UNKNOWN -> doubted(reason, said);
    };
  }

  /** A name server that asks to try again has not said that there is no such domain. */
  private static boolean passes(Said said) {
    return ofWords("passing", plain(said.diagnostic())) != null;
  }

  private static boolean hides(@Nullable String address) {
    if (address == null) return false;
    return HIDING.contains(address.substring(address.indexOf('@') + 1).toLowerCase(Locale.ROOT));
  }

  /**
   * The address was taken at RCPT: "unknown" without the code for it is a filter's word. "Has no
   * such account" is not.
   */
  private static Reason afterContent(Reason reason, Said said) {
    boolean coded = Statuses.all(said.status(), said.diagnostic()).contains("5.1.1");
    boolean vague = plain(said.diagnostic()).contains("unknown");
    return reason == Reason.USER_UNKNOWN && vague && !coded ? Reason.FILTERED : reason;
  }

  /** "Unknown" with a code that speaks of rules: a filter may hide behind the word. */
  private static Reason doubted(Reason reason, Said said) {
    boolean rules = Codes.status(said.diagnostic()).startsWith("5.7.");
    return rules && reason == Reason.USER_UNKNOWN ? Reason.FILTERED : reason;
  }

  private static @Nullable Reason of(Said said, String text) {
    List<String> statuses = Statuses.all(said.status(), said.diagnostic());
    Reason exact = Statuses.of(statuses, Weight.EXACT);
    if (exact != null) return exact;
    Reason plain = ofWords("plain", text);
    if (plain != null) return plain;
    Reason linked = ofLinks(said.diagnostic());
    if (linked != null) return linked;
    Reason telling = Statuses.of(statuses, Weight.TELLING);
    if (telling != null) return telling;
    Reason common = ofWords("common", text);
    if (common != null) return common;
    Reason general = ofWords("general", text);
    if (general != null) return general;
    return Statuses.of(statuses, Weight.HINT);
  }

  /** Some give the reason as a page of theirs, the same in all languages. */
  private static @Nullable Reason ofLinks(String text) {
    var links = new StringBuilder();
    Matcher matcher = WEB.matcher(text);
    while (matcher.find() && links.length() < 4000) links.append(matcher.group()).append(' ');
    return ofWords("links", Phrases.plain(links.toString()));
  }

  private static @Nullable Reason ofWords(String section, String text) {
    String name = PHRASES.first(section, text);
    return name == null ? null : Reason.valueOf(name);
  }

  /**
   * Where the reply says nothing clear, the subject of its code says at least whose matter it is.
   */
  private static Reason ofNumbers(Said said, Stage stage) {
    Reason reply = ofReply(Codes.reply(said.diagnostic()), stage);
    if (reply != Reason.UNDEFINED && reply != Reason.ON_HOLD) return reply;
    Reason subject = Statuses.bySubject(Statuses.all(said.status(), said.diagnostic()));
    return subject == null ? reply : subject;
  }

  /** RFC 5321 4.2 and 7504; without words a refusal concerns what was said just before. */
  private static Reason ofReply(@Nullable Integer reply, Stage stage) {
    if (reply == null) return Reason.UNDEFINED;
    return switch (reply.intValue()) {
      case 551 -> Reason.HAS_MOVED;
      case 521, 556 -> Reason.NOT_ACCEPTING;
      case 552 -> Reason.MAILBOX_FULL;
      case 452 -> Reason.SYSTEM_FULL;
      case 530, 534, 535, 538 -> Reason.SECURITY_ERROR;
      case 500, 501, 502, 503, 504, 555 -> Reason.SYNTAX_ERROR;
      default -> reply < 400 ? Reason.UNDEFINED : ofStage(reply, stage);
    };
  }

  private static Reason ofStage(int reply, Stage stage) {
    if (reply < 500) return stage == Stage.CONNECTION ? Reason.BLOCKED : Reason.ON_HOLD;
    return switch (stage) {
      case CONNECTION -> Reason.BLOCKED;
      case SENDER -> Reason.SENDER_REJECTED;
      case RECIPIENT -> Reason.USER_UNKNOWN;
      case CONTENT -> Reason.POLICY;
      case UNKNOWN -> Reason.ON_HOLD;
    };
  }

  /** Neither addresses nor links: their words say nothing about what happened. */
  static String plain(String text) {
    String bounded = text.substring(0, Math.min(text.length(), 4000));
    return Phrases.plain(Addresses.without(WEB.matcher(bounded).replaceAll(" ")));
  }
}
