package org.postroom.bounces.reading;

import java.util.List;
import java.util.Locale;

/** Answers that programs write for people: the mail did arrive (RFC 3834, RFC 8098). */
final class Automatic {
  private static final Phrases PHRASES = Phrases.of("/bounces/kinds.txt");

  private Automatic() {}

  /** Read receipts, and their refusal. */
  static boolean isReceipt(Part mail) {
    String report = mail.type().parameter("report-type").toLowerCase(Locale.ROOT);
    return report.equals("disposition-notification")
        || !mail.leaves(type -> type.type().endsWith("disposition-notification")).isEmpty();
  }

  /** Away notes, confirmations of receipt, and servers that ask whether we are human. */
  static boolean isReply(Part mail, Words words) {
    Headers headers = mail.headers();
    if (!headers
        .firstOf("x-autoreply", "x-autorespond", "x-autoreply-from", "x-vacation")
        .isEmpty()) return true;
    if (isPrecedence(headers)) return true;
    String subject = Phrases.plain(Decoded.header(headers.first("subject")));
    if (PHRASES.first("subjects of automatic replies", subject) != null) return true;
    return PHRASES.first("challenges", subject + Phrases.plain(words.text())) != null;
  }

  /** Marked as automatic without more; what reports are marked as, too. */
  static boolean isMarked(Headers headers) {
    String submitted = headers.first("auto-submitted").toLowerCase(Locale.ROOT).strip();
    return submitted.startsWith("auto-replied");
  }

  private static boolean isPrecedence(Headers headers) {
    for (String name : List.of("precedence", "x-precedence")) {
      String value = headers.first(name).toLowerCase(Locale.ROOT);
      if (value.startsWith("auto_reply") || value.startsWith("auto-reply")) return true;
    }
    return false;
  }
}
