package org.postroom.compose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * A person's own words in the mail a template made: heading, figures, button and imprint stay where
 * they are, only the paragraphs are theirs.
 */
final class OwnWords {
  private static final String PARAGRAPH = "margin:0 0 16px 0;";

  private final Document mail;
  private final List<Element> paragraphs;

  private OwnWords(Document mail, List<Element> paragraphs) {
    this.mail = mail;
    this.paragraphs = paragraphs;
  }

  /**
   * @param html as a template made it
   */
  static OwnWords in(String html) {
    Document mail = Jsoup.parse(html);
    mail.outputSettings().prettyPrint(false);
    Element card = mail.selectFirst("td.card");
    Element place = card == null ? mail.body() : card;
    return new OwnWords(mail, place.children().stream().filter(OwnWords::words).toList());
  }

  /** The paragraphs as plain text, for changing them; empty lines between. */
  String text() {
    return paragraphs.stream()
        .map(OwnWords::plain)
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining("\n\n"));
  }

  /** The mail with these words instead, null where it has no paragraphs to replace. */
  @Nullable String html(String text) {
    if (paragraphs.isEmpty()) return null;
    List<String> own = paragraphs(text);
    int below = Math.min(below(), own.size() - 1);
    Element first = paragraphs.getFirst();
    Element last = paragraphs.getLast();
    for (String words : own.subList(0, own.size() - below)) first.before(paragraph(words));
    for (String words : own.subList(own.size() - below, own.size())) last.before(paragraph(words));
    paragraphs.forEach(Node::remove);
    return mail.outerHtml();
  }

  /**
   * The plain text of the same mail with these words instead; the words alone where its paragraphs
   * cannot be found again.
   */
  String text(String template, String text) {
    List<String> theirs = paragraphs.stream().map(OwnWords::plain).map(OwnWords::blanks).toList();
    List<String> blocks = paragraphs(template);
    List<Integer> places =
        IntStream.range(0, blocks.size())
            .filter(i -> theirs.contains(blanks(blocks.get(i))))
            .boxed()
            .toList();
    if (places.isEmpty()) return text.strip() + "\n";
    List<String> own = paragraphs(text);
    int below = Math.min(below(), own.size() - 1);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      if (i == places.getFirst()) all.addAll(own.subList(0, own.size() - below));
      if (i == places.getLast()) all.addAll(own.subList(own.size() - below, own.size()));
      if (!places.contains(i)) all.add(blocks.get(i));
    }
    return String.join("\n\n", all) + "\n";
  }

  private static String blanks(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /** How many paragraphs stand below the figures, such as the closing and the regards. */
  private int below() {
    int count = 0;
    for (int i = paragraphs.size() - 1; i > 0; i--) {
      count++;
      if (paragraphs.get(i).previousElementSibling() != paragraphs.get(i - 1)) return count;
    }
    return 0;
  }

  private static boolean words(Element element) {
    return element.is("p, ul, ol, blockquote, h2, h3") && element.select("img, table").isEmpty();
  }

  static List<String> paragraphs(String text) {
    return Arrays.stream(text.replace("\r\n", "\n").strip().split("\n[ \t]*\n\\s*"))
        .map(block -> block.replaceAll("^\n+|\\s+$", ""))
        .toList();
  }

  /** Nothing in the words becomes markup. */
  private static Element paragraph(String words) {
    Element paragraph = new Element("p").attr("style", PARAGRAPH);
    List<String> lines = words.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (i > 0) paragraph.appendElement("br");
      paragraph.appendText(lines.get(i));
    }
    return paragraph;
  }

  private static String plain(Element element) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    element.traverse((node, depth) -> {
      if (node instanceof Element one && one.is("br, li") && !lines.getLast().isBlank())
        lines.add("");
      if (node instanceof Element one && one.is("li")) lines.set(lines.size() - 1, "- ");
      if (node instanceof TextNode text) lines.set(lines.size() - 1, lines.getLast() + text.text());
    });
    return lines.stream().map(String::strip).collect(Collectors.joining("\n")).strip();
  }
}
