package org.postroom.templates;

import org.postroom.text.MailHtml;
import org.postroom.text.PlainText;

/** A mail that somebody wrote as HTML, cleaned after it was filled in. */
final class OwnHtml {
  private OwnHtml() {}

  static String clean(String html) {
    String safe = MailHtml.inline(MailHtml.clean(html));
    if (safe.regionMatches(true, 0, "<!doctype", 0, 9) || safe.contains("<html")) return safe;
    return "<!doctype html>\n<html><head><meta charset=\"utf-8\"></head><body>\n"
        + safe
        + "\n</body></html>\n";
  }

  static String text(String html) {
    return PlainText.fromHtml(html);
  }
}
