package org.postroom.documents.own;

import java.util.ArrayList;
import java.util.List;

/**
 * Styles in pieces, each at its place. Comments are blanked out first, so that nothing can hide in
 * one; in {@code bare} the contents of strings are, too.
 */
final class CssText {
  /** A rule's beginning such as {@code @page} or {@code .total td}, before its brace. */
  record Opening(String text, int place, int depth) {}

  /** {@code color: red}. */
  record Declaration(String name, String value, int place) {}

  private final String source;
  private final char[] clean;
  private final char[] bare;
  private final List<Opening> openings = new ArrayList<>();
  private final List<Declaration> declarations = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();

  private CssText(String source) {
    this.source = source;
    clean = source.toCharArray();
    bare = source.toCharArray();
  }

  static CssText of(String source) {
    CssText css = new CssText(source);
    css.blank();
    css.split(0);
    return css;
  }

  /** The value of a style attribute: declarations without a rule around them. */
  static CssText inline(String source) {
    CssText css = new CssText(source);
    css.blank();
    css.split(1);
    return css;
  }

  String bare() {
    return new String(bare);
  }

  String clean() {
    return new String(clean);
  }

  List<Opening> openings() {
    return openings;
  }

  List<Declaration> declarations() {
    return declarations;
  }

  List<Fault> faults() {
    return faults;
  }

  private void blank() {
    int i = 0;
    while (i < source.length()) {
      char letter = source.charAt(i);
      if (source.startsWith("/*", i)) i = comment(i);
      else if (letter == '"' || letter == '\'') i = string(i, letter);
      else i++;
    }
  }

  private int comment(int from) {
    int end = source.indexOf("*/", from + 2);
    if (end < 0) fault(from, "not_closed", "This comment is not closed: */ is missing.");
    int to = end < 0 ? source.length() : end + 2;
    for (int i = from; i < to; i++) if (source.charAt(i) != '\n') clean[i] = bare[i] = ' ';
    return to;
  }

  private int string(int from, char quote) {
    int i = from + 1;
    while (i < source.length() && source.charAt(i) != quote && source.charAt(i) != '\n') {
      int step = source.charAt(i) == '\\' ? 2 : 1;
      for (int end = Math.min(source.length(), i + step); i < end; i++) bare[i] = 'x';
    }
    if (i >= source.length() || source.charAt(i) != quote)
      fault(from, "not_closed", "This text is not closed: " + quote + " is missing.");
    return i + 1;
  }

  private void split(int outside) {
    int depth = outside;
    int parentheses = 0;
    int start = 0;
    for (int i = 0; i < bare.length; i++) {
      switch (bare[i]) {
        case '(' -> parentheses++;
        case ')' -> parentheses = Math.max(0, parentheses - 1);
        case ';' -> {
          if (parentheses > 0) continue;
          statement(start, i, depth);
          start = i + 1;
        }
        case '{' -> {
          openings.add(new Opening(piece(start, i), first(start, i), depth++));
          start = i + 1;
        }
        case '}' -> {
          statement(start, i, depth);
          if (--depth < outside) {
            fault(i, "not_open", "This brace closes nothing.");
            depth = outside;
          }
          start = i + 1;
        }
        default -> {}
      }
    }
    statement(start, bare.length, depth);
    if (depth > outside) fault(bare.length, "not_closed", "A brace is not closed: } is missing.");
  }

  private void statement(int from, int to, int depth) {
    String text = piece(from, to);
    if (text.isEmpty()) return;
    int place = first(from, to);
    int colon = text.indexOf(':');
    if (depth == 0 || text.startsWith("@") || colon < 0) {
      openings.add(new Opening(text, place, -1));
      return;
    }
    String name = text.substring(0, colon).strip().toLowerCase(java.util.Locale.ROOT);
    declarations.add(new Declaration(name, text.substring(colon + 1).strip(), place));
  }

  private String piece(int from, int to) {
    return new String(clean, from, to - from).strip();
  }

  private int first(int from, int to) {
    int at = from;
    while (at < to && Character.isWhitespace(clean[at])) at++;
    return at;
  }

  private void fault(int place, String code, String message) {
    faults.add(Fault.at("css", source, place, code, message));
  }
}
