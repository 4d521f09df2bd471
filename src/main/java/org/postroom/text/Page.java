package org.postroom.text;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * HTML, parsed.
 *
 * @param whole whether it was a whole document, not a piece of one
 */
record Page(Document document, boolean whole) {
  private static final Pattern WHOLE = Pattern.compile("(?i)<(!doctype|html|head|body)[\\s>]");
  private static final int DEEPEST = 200;
  private static final int HEAD = 2_000;

  static Page of(String html) {
    Document document = Jsoup.parse(html, Parser.htmlParser().setMaxDepth(DEEPEST));
    document.outputSettings().prettyPrint(false);
    String start = html.substring(0, Math.min(HEAD, html.length()));
    return new Page(document, WHOLE.matcher(start).find());
  }

  Element body() {
    return document.body();
  }

  /** Takes the style sheets out and returns what they said. */
  String takeStyles() {
    var styles = document.select("style");
    String sheet = styles.stream().map(Element::data).collect(Collectors.joining("\n"));
    styles.remove();
    return sheet;
  }

  String written() {
    return whole ? document.outerHtml() : body().html();
  }

  /** Puts a style sheet where mail clients look for it. */
  void putStyle(String sheet) {
    if (sheet.isBlank()) return;
    Element style = new Element("style");
    style.appendChild(new org.jsoup.nodes.DataNode("\n" + sheet));
    if (whole) document.head().appendChild(style);
    else body().prependChild(style);
  }
}
