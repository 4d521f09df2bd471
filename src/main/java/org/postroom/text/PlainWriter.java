package org.postroom.text;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Reads HTML aloud, so to speak. */
final class PlainWriter {
  private static final int DEEPEST = 200;
  private static final int WIDEST_INDENT = 40;
  private static final Set<String> APART =
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "dl", "figure");
  private static final Set<String> SILENT =
      Set.of(
          "script",
          "style",
          "head",
          "title",
          "noscript",
          "template",
          "select",
          "textarea",
          "object",
          "iframe",
          "svg",
          "math");

  private final Lines lines = new Lines();
  private int depth;

  String text() {
    String text = lines.text();
    return text.replaceAll("\\n{3,}", "\n\n").replaceAll("^\\n+", "").stripTrailing() + "\n";
  }

  void write(Node node) {
    if (node instanceof TextNode words)
      lines.words(words.getWholeText().replace('\u00ad', ' ').replace("\u200b", ""));
    if (!(node instanceof Element element) || SILENT.contains(element.normalName())) return;
    if (isHidden(element)) return;
    if (depth >= DEEPEST) {
      lines.words(element.text());
      return;
    }
    depth++;
    element(element);
    depth--;
  }

  private void element(Element element) {
    switch (element.normalName()) {
      case "br" -> lines.broken();
      case "hr" -> rule();
      case "img" -> lines.words(element.attr("alt"));
      case "a" -> link(element);
      case "ul", "ol" -> list(element);
      case "li" -> item(element, "- ");
      case "blockquote" -> indented(element, "> ");
      case "dd" -> indented(element, "  ");
      case "pre" -> exactly(element);
      case "table" -> table(element);
      case "td", "th" -> cell(element);
      default -> block(element);
    }
  }

  /** Paragraphs have an empty line around them, other blocks a line of their own. */
  private void block(Element element) {
    boolean apart = APART.contains(element.normalName());
    if (apart) lines.paragraph();
    else if (element.isBlock()) lines.end();
    children(element);
    if (apart) lines.paragraph();
    else if (element.isBlock()) lines.end();
  }

  private void children(Element element) {
    for (Node child : element.childNodes()) write(child);
  }

  private void rule() {
    lines.paragraph();
    lines.exactly("-".repeat(40));
    lines.paragraph();
  }

  /** {@code our terms (https://…)}; the address alone where the words are the address. */
  private void link(Element link) {
    children(link);
    String address = link.attr("href").strip();
    String shown = link.text().strip();
    if (shown.isEmpty()) {
      shown =
          link.select("img[alt]").stream()
              .map(image -> image.attr("alt"))
              .filter(alt -> !alt.isBlank())
              .findFirst()
              .orElse("");
    }
    String bare = address.replaceFirst("(?i)^(mailto:|tel:)", "");
    boolean leads = address.matches("(?is)(https?://|mailto:|tel:).+");
    if (leads && !shown.isEmpty() && !same(shown, bare))
      lines.exactly(" (" + bare.replaceAll("\\s", "%20") + ")");
  }

  private static boolean same(String shown, String address) {
    return bare(shown).equals(bare(address));
  }

  private static String bare(String address) {
    return address
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^https?://(www\\.)?", "")
        .replaceAll("[/\\s]", "");
  }

  private void list(Element list) {
    boolean inside = list.parent() != null && list.parent().nameIs("li");
    if (inside) lines.end();
    else lines.paragraph();
    int number = 1;
    if (list.attr("start").matches("[0-9]{1,6}")) number = Integer.parseInt(list.attr("start"));
    for (Node child : list.childNodes()) {
      if (child instanceof Element item && item.nameIs("li"))
        item(item, list.nameIs("ol") ? number++ + ". " : "- ");
      else write(child);
    }
    if (inside) lines.end();
    else lines.paragraph();
  }

  private void item(Element item, String mark) {
    lines.end();
    int before = lines.depth();
    if (before < WIDEST_INDENT) lines.mark(mark);
    children(item);
    lines.end();
    lines.back(before);
  }

  private void indented(Element element, String by) {
    lines.paragraph();
    int before = lines.depth();
    if (before < WIDEST_INDENT) lines.deeper(by);
    children(element);
    lines.end();
    lines.back(before);
    lines.paragraph();
  }

  private void exactly(Element element) {
    lines.paragraph();
    for (String line : element.wholeText().split("\\r?\\n", -1)) {
      lines.exactly(line);
      lines.broken();
    }
    lines.paragraph();
  }

  private void table(Element table) {
    lines.paragraph();
    if (PlainTable.isOne(table)) {
      for (String row : PlainTable.rows(table)) {
        lines.exactly(row);
        lines.end();
      }
    } else children(table);
    lines.paragraph();
  }

  /** Of tables that only arrange: each cell is a block. */
  private void cell(Element cell) {
    lines.end();
    children(cell);
    lines.end();
  }

  static boolean isHidden(Element element) {
    if (element.hasAttr("hidden")) return true;
    if (!element.hasAttr("style")) return false;
    String style = element.attr("style").toLowerCase(Locale.ROOT).replaceAll("\\s", "");
    return style.contains("display:none")
        || style.contains("visibility:hidden")
        || style.contains("mso-hide:all");
  }
}
