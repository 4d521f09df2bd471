package org.postroom.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One style: {@code color: red}. */
record Declaration(String property, String value, boolean important) {
  private static final int MOST = 200;

  /** What stands between two braces or in a style attribute; what makes no sense is left out. */
  static List<Declaration> list(String css) {
    List<Declaration> all = new ArrayList<>();
    int from = 0;
    char quote = 0;
    int parentheses = 0;
    String text = css + ";";
    for (int i = 0; i < text.length() && all.size() < MOST; i++) {
      char letter = text.charAt(i);
      if (quote != 0) {
        if (letter == quote) quote = 0;
      } else if (letter == '"' || letter == '\'') quote = letter;
      else if (letter == '(') parentheses++;
      else if (letter == ')') parentheses = Math.max(0, parentheses - 1);
      else if (letter == ';' && parentheses == 0) {
        add(all, text.substring(from, i));
        from = i + 1;
      }
    }
    return all;
  }

  private static void add(List<Declaration> all, String text) {
    int colon = text.indexOf(':');
    if (colon < 1) return;
    String property = text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    String value = text.substring(colon + 1).strip();
    boolean important = value.toLowerCase(Locale.ROOT).matches("(?s).*!\\s{0,9}important");
    if (important) value = value.substring(0, value.lastIndexOf('!')).strip();
    if (!value.isEmpty() && property.matches("[a-z-]{1,60}"))
      all.add(new Declaration(property, value, important));
  }

  String written() {
    return property + ":" + value + (important ? " !important" : "");
  }
}
