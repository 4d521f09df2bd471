package org.postroom.documents.own;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.parser.Parser;

/**
 * Looks at a page before it is filled in. Placeholders are masked letter by letter, so that every
 * place is the place in what was typed.
 */
final class HtmlCheck {
  private static final int MOST_FAULTS = 20;
  private static final String NAMELESS = "A placeholder cannot be the name of an element.";
  private static final char MASK = '\ue000';

  private final String source;
  private final String masked;
  private final List<Fault> faults = new ArrayList<>();

  private HtmlCheck(String source) {
    this.source = source;
    this.masked = mask(source);
  }

  static List<Fault> check(String source) {
    if (source.length() > Design.LONGEST_HTML)
      return List.of(new Fault("html", 0, 0, "too_long", "A page has at most 200,000 letters."));
    HtmlCheck check = new HtmlCheck(source);
    check.run();
    return check.faults.stream().distinct().limit(MOST_FAULTS).toList();
  }

  private void run() {
    for (String tag : List.of("<" + MASK, "</" + MASK))
      if (masked.contains(tag))
        fault(masked.indexOf(tag), "not_allowed", NAMELESS);
    Document page = Parser.htmlParser().setTrackPosition(true).parseInput(masked, "");
    // Not by recursion: a page may nest deeper than the stack.
    Node node = page;
    int depth = 0;
    while (node != null && faults.size() < 10 * MOST_FAULTS) {
      if (node instanceof Element element) element(element, depth);
      if (node.childNodeSize() > 0) {
        node = node.childNode(0);
        depth++;
        continue;
      }
      while (node != null && node.nextSibling() == null) {
        node = node.parent();
        depth--;
      }
      if (node != null) node = node.nextSibling();
    }
  }

  private void element(Element element, int depth) {
    if (element instanceof Document) return;
    int place = element.sourceRange().isTracked() ? element.sourceRange().startPos() : 0;
    String name = element.normalName();
    if (name.indexOf(MASK) >= 0) {
      fault(place, "not_allowed", NAMELESS);
      return;
    }
    if (depth == HtmlRules.DEEPEST)
      fault(place, "too_much", "Elements nest at most " + HtmlRules.DEEPEST + " deep.");
    if (!HtmlRules.allows(name)) {
      fault(place, "not_allowed", HtmlRules.refusal(name));
      return;
    }
    for (Attribute attribute : element.attributes()) attribute(name, attribute, place);
  }

  private void attribute(String element, Attribute attribute, int elementPlace) {
    var range = attribute.sourceRange();
    int place = range.isTracked() ? range.nameRange().startPos() : elementPlace;
    if (attribute.getKey().indexOf(MASK) >= 0 || bareValue(attribute)) {
      fault(
          place,
          "not_allowed",
          "Within a tag a placeholder stands in a quoted value only: class=\"{{…}}\".");
      return;
    }
    String value = attribute.getValue();
    // What a placeholder brings is looked at again when it is filled in.
    boolean filled = value.indexOf(MASK) >= 0 && !attribute.getKey().equals("style");
    String trouble = HtmlRules.trouble(element, attribute.getKey(), filled ? "" : value);
    if (filled && attribute.getKey().equals("src")) trouble = null;
    if (trouble != null) fault(place, "not_allowed", trouble);
  }

  private boolean bareValue(Attribute attribute) {
    if (attribute.getValue().indexOf(MASK) < 0 || !attribute.sourceRange().isTracked())
      return false;
    int before = attribute.sourceRange().valueRange().startPos() - 1;
    int at = Math.clamp(before, 0, masked.length() - 1);
    int after = Math.clamp(before + 1, 0, masked.length() - 1);
    return "\"'".indexOf(masked.charAt(at)) < 0 && "\"'".indexOf(masked.charAt(after)) < 0;
  }

  private void fault(int place, String code, String message) {
    faults.add(Fault.at("html", source, place, code, message));
  }

  private static String mask(String source) {
    StringBuilder masked = new StringBuilder(source);
    int at = source.indexOf("{{");
    while (at >= 0) {
      String closing = source.startsWith("{{!--", at) ? "--}}" : "}}";
      int end = source.indexOf(closing, at + 2);
      int to = end < 0 ? source.length() : end + closing.length();
      for (int i = at; i < to; i++) if (source.charAt(i) != '\n') masked.setCharAt(i, MASK);
      at = source.indexOf("{{", to);
    }
    return masked.toString();
  }
}
