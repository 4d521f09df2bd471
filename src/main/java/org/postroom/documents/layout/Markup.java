package org.postroom.documents.layout;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.press.Texts;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A page under construction. It is built as a tree, never as a string: what comes from outside can
 * only ever become text.
 */
final class Markup {
  private static final DocumentBuilderFactory FACTORY = DocumentBuilderFactory.newInstance();

  private final Document document;
  private final Element root;
  private final StringBuilder said = new StringBuilder();

  Markup() {
    document = newDocument();
    root = document.createElement("html");
    document.appendChild(root);
  }

  private static Document newDocument() {
    try {
      synchronized (FACTORY) {
        return FACTORY.newDocumentBuilder().newDocument();
      }
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Document document() {
    return document;
  }

  Element root() {
    return root;
  }

  /** All text put in so far, to find the fonts it needs. */
  CharSequence said() {
    return said;
  }

  Element add(Element parent, String tag) {
    return add(parent, tag, "");
  }

  Element add(Element parent, String tag, String cssClass) {
    Element element = document.createElement(tag);
    if (!cssClass.isEmpty()) element.setAttribute("class", cssClass);
    parent.appendChild(element);
    return element;
  }

  Element first(Element parent, String tag) {
    Element element = document.createElement(tag);
    parent.insertBefore(element, parent.getFirstChild());
    return element;
  }

  /** An element with text; line ends become breaks. */
  Element text(Element parent, String tag, String cssClass, @Nullable String text) {
    Element element = add(parent, tag, cssClass);
    if (text != null) write(element, text);
    return element;
  }

  void write(Element element, String text) {
    String clean = Texts.clean(text);
    said.append(clean).append('\n');
    if (Directions.startRightToLeft(clean)) element.setAttribute("dir", "rtl");
    if (clean.indexOf('\n') < 0) {
      element.appendChild(document.createTextNode(clean));
      return;
    }
    String separator = "";
    for (String line : clean.strip().split("\n", -1)) {
      if (!separator.isEmpty()) add(element, separator);
      element.appendChild(document.createTextNode(line));
      separator = "br";
    }
  }

  /** Styles are ours, not text from outside. */
  void style(Element head, String css) {
    Element style = add(head, "style");
    style.setAttribute("type", "text/css");
    style.appendChild(document.createTextNode(css));
  }
}
