package org.postroom.templates;

import org.jsoup.Jsoup;
import org.jsoup.safety.Safelist;

/** HTML that somebody wrote: nothing in it runs, and nothing is loaded by itself. */
final class OwnHtml {
  private static final Safelist ALLOWED =
      Safelist.relaxed()
          .addAttributes(":all", "style", "class", "align", "valign", "width", "height", "bgcolor")
          .addAttributes("table", "cellpadding", "cellspacing", "border", "role")
          .addTags("hr", "center")
          .removeTags("img");

  private OwnHtml() {}

  static String clean(String html) {
    return "<!doctype html>\n<html><head><meta charset=\"utf-8\"></head><body>\n"
        + Jsoup.clean(html, ALLOWED)
        + "\n</body></html>\n";
  }

  static String text(String html) {
    return Jsoup.parse(html).wholeText();
  }
}
