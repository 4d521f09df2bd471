package org.postroom.text;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at a text before the language does. Refused are the doors out of it: other files, raw
 * output, changed delimiters, decorators, and blocks that are not ours, whose loops nobody counts.
 */
final class Tags {
  private static final int LONGEST = 200_000;
  private static final int MOST_TAGS = 5_000;
  private static final int DEEPEST = 20;
  private static final Pattern OPEN = Pattern.compile("\\{\\{~?\\s*");
  private static final Pattern WORD = Pattern.compile("\\G\\s*([A-Za-z_][A-Za-z0-9_]*)");
  private static final Pattern ELSE_WORD = Pattern.compile("\\Gelse\\s+([A-Za-z_][A-Za-z0-9_]*)");
  private static final Set<String> BLOCKS = Set.of("if", "unless", "each", "with");

  private Tags() {}

  /**
   * @throws BadText with a sentence that says what is not possible
   */
  static void check(String text) {
    if (text.length() > LONGEST) throw new BadText("A text has at most 200,000 letters.");
    Matcher open = OPEN.matcher(text);
    int depth = 0;
    for (int count = 0; open.find(); count++) {
      if (count >= MOST_TAGS) throw new BadText("A text has at most 5,000 placeholders.");
      depth += tag(text, open.end());
      if (depth > DEEPEST) throw new BadText("Blocks nest at most 20 deep.");
    }
  }

  /** Checks one tag and says by how much it changes the depth. */
  private static int tag(String text, int at) {
    char first = at < text.length() ? text.charAt(at) : ' ';
    checkParentheses(text, at);
    switch (first) {
      case '#', '^' -> block(text, at + 1);
      case '>', '*' -> throw new BadText("A text cannot include others.");
      case '&', '{' -> throw new BadText("Values are always escaped: use two braces.");
      case '=' -> throw new BadText("The braces cannot be changed.");
      default -> elseBlock(text, at);
    }
    return first == '#' ? 1 : first == '/' ? -1 : 0;
  }

  private static void block(String text, int at) {
    if (text.startsWith("}}", at) || text.startsWith("~}}", at)) return; // {{^}} is "else"
    Matcher word = WORD.matcher(text);
    if (!word.find(at)) throw new BadText("A block starts with if, unless, each or with.");
    checkBlock(word.group(1));
  }

  private static void elseBlock(String text, int at) {
    Matcher word = ELSE_WORD.matcher(text);
    if (word.find(at)) checkBlock(word.group(1));
  }

  private static void checkBlock(String word) {
    if (!BLOCKS.contains(word)) {
      throw new BadText(
          "There is no block \"" + word + "\": blocks are if, unless, each and with.");
    }
  }

  private static void checkParentheses(String text, int at) {
    int end = text.indexOf("}}", at);
    if (end < 0) throw new BadText("A placeholder is not closed: }} is missing.");
    int depth = 0;
    for (int i = at; i < end; i++) {
      if (text.charAt(i) == '(' && ++depth > DEEPEST) {
        throw new BadText("Parentheses nest at most 20 deep.");
      }
      if (text.charAt(i) == ')') depth--;
    }
  }
}
