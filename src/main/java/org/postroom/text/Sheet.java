package org.postroom.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A style sheet, split up. Only rules and {@code @media} with rules in it are kept; all else that
 * starts with an at sign is left out, and so is what is not closed.
 */
final class Sheet {
  private static final int MOST_RULES = 2_000;
  private final String css;
  private final List<Rule> rules = new ArrayList<>();

  /**
   * @param media the condition in front; empty for none
   */
  record Rule(String media, String selectors, List<Declaration> declarations) {}

  private Sheet(String css) {
    this.css = css;
  }

  /**
   * @throws BadText if there are too many rules
   */
  static List<Rule> rules(String css) {
    Sheet sheet = new Sheet(withoutComments(css));
    sheet.read(0, sheet.css.length(), "");
    return sheet.rules;
  }

  /** Comments, and the marks that hid styles from browsers of long ago. */
  static String withoutComments(String css) {
    StringBuilder bare = new StringBuilder(css.length());
    int at = 0;
    while (true) {
      int start = css.indexOf("/*", at);
      if (start < 0) break;
      bare.append(css, at, start).append(' ');
      int end = css.indexOf("*/", start + 2);
      at = end < 0 ? css.length() : end + 2;
    }
    return bare.append(css, at, css.length()).toString().replace("<!--", " ").replace("-->", " ");
  }

  private void read(int from, int to, String media) {
    int at = from;
    while (at < to) {
      int open = at;
      while (open < to && css.charAt(open) != '{' && css.charAt(open) != ';') open++;
      if (open < to && css.charAt(open) == ';') { // @import "x"; or dirt
        at = open + 1;
        continue;
      }
      int close = open >= to ? -1 : close(open, to);
      if (close < 0) return;
      block(css.substring(at, open).strip(), open + 1, close, media);
      at = close + 1;
    }
  }

  private void block(String head, int from, int to, String media) {
    if (head.startsWith("@")) {
      String query = head.toLowerCase(java.util.Locale.ROOT);
      if (media.isEmpty() && query.matches("@media[a-z0-9 ():,.-]{1,200}")) read(from, to, query);
      return;
    }
    if (head.isEmpty() || head.indexOf('}') >= 0) return;
    if (rules.size() >= MOST_RULES) throw new BadText("A style sheet has at most 2,000 rules.");
    List<Declaration> declarations = Declaration.list(css.substring(from, to));
    if (!declarations.isEmpty()) rules.add(new Rule(media, head, declarations));
  }

  private int close(int open, int to) {
    int depth = 0;
    for (int i = open; i < to; i++) {
      char letter = css.charAt(i);
      if (letter == '{') depth++;
      if (letter == '}' && --depth == 0) return i;
    }
    return -1;
  }
}
