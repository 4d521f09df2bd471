package org.postroom.compose;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.springframework.web.util.HtmlUtils;

/** The other form of a body that was given in one: text from HTML, HTML from text. */
final class PlainText {
  private PlainText() {}

  /** Reads well without HTML: paragraphs, list items, and where links lead. */
  static String fromHtml(String html) {
    var text = new StringBuilder();
    Jsoup.parse(html).body().traverse(new Writer(text));
    return text.toString().replaceAll("[ \\t]+\\n", "\n").replaceAll("\\n{3,}", "\n\n").strip()
        + "\n";
  }

  /** Paragraphs at empty lines; nothing in the text becomes markup. */
  static String toHtml(String text) {
    var html =
        new StringBuilder("<!doctype html>\n<html><head><meta charset=\"utf-8\"></head><body>\n");
    for (String paragraph : text.replace("\r\n", "\n").strip().split("\n{2,}")) {
      html.append("<p>")
          .append(HtmlUtils.htmlEscape(paragraph, "UTF-8").replace("\n", "<br>\n"))
          .append("</p>\n");
    }
    return html.append("</body></html>\n").toString();
  }

  private record Writer(StringBuilder text) implements NodeVisitor {
    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode words) text.append(words.text());
      if (!(node instanceof Element element)) return;
      if (element.isBlock() || element.nameIs("br")) newLine();
      if (element.nameIs("li")) text.append("- ");
    }

    @Override
    public void tail(Node node, int depth) {
      if (!(node instanceof Element element)) return;
      if (element.nameIs("a")
          && element.attr("href").startsWith("http")
          && !element.text().equals(element.attr("href"))) {
        text.append(" (").append(element.attr("href")).append(')');
      }
      if (element.nameIs("p")
          || element.nameIs("h1")
          || element.nameIs("h2")
          || element.nameIs("table")) text.append("\n\n");
      else if (element.isBlock()) newLine();
      else if (element.nameIs("td")) text.append(' ');
    }

    private void newLine() {
      if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') text.append('\n');
    }
  }
}
