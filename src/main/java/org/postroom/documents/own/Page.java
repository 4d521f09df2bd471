package org.postroom.documents.own;

import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.postroom.documents.layout.Workshop;
import org.postroom.http.Problem;
import org.w3c.dom.Document;

/**
 * A filled page as a well-formed tree that holds only what {@link HtmlRules} allow: what a value
 * smuggled in is gone here.
 */
final class Page {
  private static final int MOST_ELEMENTS = 150_000;
  private static final DocumentBuilderFactory FACTORY = DocumentBuilderFactory.newInstance();

  private final Document document = empty();
  private final StringBuilder said = new StringBuilder();
  private final Set<String> images = new TreeSet<>();
  private final Watch watch;
  private int elements;

  private Page(Watch watch) {
    this.watch = watch;
  }

  /**
   * @param css put into the page's head
   */
  static Page of(String filled, String css, Watch watch) {
    Page page = new Page(watch);
    Element root = Parser.htmlParser().parseInput(filled, "").selectFirst("html");
    watch.now();
    org.w3c.dom.Element html = page.document.createElement("html");
    page.document.appendChild(html);
    org.w3c.dom.Element head = page.document.createElement("head");
    html.appendChild(head);
    org.w3c.dom.Element style = page.document.createElement("style");
    style.setAttribute("type", "text/css");
    style.appendChild(page.document.createTextNode(css));
    head.appendChild(style);
    if (root == null) return page;
    page.attributes(root, html);
    Element body = root.selectFirst("body");
    if (body != null) page.element(body, html, 0, false);
    return page;
  }

  Document document() {
    return document;
  }

  /** All text on it, to find the fonts it needs. */
  CharSequence said() {
    return said;
  }

  /** Names of the images it shows. */
  Set<String> images() {
    return images;
  }

  private void element(Element from, org.w3c.dom.Element parent, int depth, boolean directed) {
    watch.check();
    if (!HtmlRules.allows(from.normalName())) return;
    if (++elements > MOST_ELEMENTS || depth > HtmlRules.DEEPEST)
      throw new Watch.Over(
          Problem.of(
              422, "layout_too_large", "With this layout the document has too many elements."));
    org.w3c.dom.Element made = document.createElement(from.normalName());
    parent.appendChild(made);
    attributes(from, made);
    boolean told = directed || made.hasAttribute("dir");
    for (Node child : from.childNodes()) {
      if (child instanceof Element element) element(element, made, depth + 1, told);
      else if (child instanceof TextNode text) text(text, made, told);
    }
  }

  private void attributes(Element from, org.w3c.dom.Element made) {
    for (Attribute attribute : from.attributes()) {
      String name = attribute.getKey();
      String value = attribute.getValue();
      if (HtmlRules.trouble(from.normalName(), name, value) != null) continue;
      if (!name.matches("[a-z][a-z0-9-]*")) continue;
      made.setAttribute(name, Workshop.clean(value));
      if (name.equals("src")) images.add(value.strip().substring("asset:".length()));
    }
  }

  private void text(TextNode text, org.w3c.dom.Element parent, boolean directed) {
    String clean = Workshop.clean(text.getWholeText());
    said.append(clean).append('\n');
    parent.appendChild(document.createTextNode(clean));
    if (!directed && !parent.hasAttribute("dir") && Workshop.startsRightToLeft(clean))
      parent.setAttribute("dir", "rtl");
  }

  private static Document empty() {
    try {
      synchronized (FACTORY) {
        return FACTORY.newDocumentBuilder().newDocument();
      }
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
