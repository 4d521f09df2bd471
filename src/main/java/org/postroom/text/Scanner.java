package org.postroom.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what stands between two braces: placeholders, words of the language, literals. */
final class Scanner {
  private static final Set<String> RESERVED = Set.of("else", "as");
  private static final int DEEPEST = 20;
  private static final int LONGEST_PATH = 20;
  private final String source;
  private int at;
  private int depth;

  Scanner(String source, int at) {
    this.source = source;
    this.at = at;
  }

  /** What cannot be read, and where. */
  static final class Unreadable extends RuntimeException {
    final int at;
    final String code;

    Unreadable(int at, String code, String message) {
      super(message, null, false, false);
      this.at = at;
      this.code = code;
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }

  String source() {
    return source;
  }

  int at() {
    return at;
  }

  void skip(int letters) {
    at += letters;
  }

  boolean next(String wanted) {
    return source.startsWith(wanted, at);
  }

  /** Steps over the tag's end. */
  boolean end() {
    blanks();
    if (next("~}}")) skip(3);
    else if (next("}}")) skip(2);
    else return false;
    return true;
  }

  /** The bare word that starts here; empty where there is none. */
  String word() {
    int start = at;
    while (at < source.length() && isLetter(source.charAt(at))) at++;
    return source.substring(start, at);
  }

  /** All up to the tag's end; one thing alone is itself, several are a call. */
  Expression whole() {
    blanks();
    int start = at;
    Expression first = single();
    if (end()) return first;
    return call(start, first, false);
  }

  private Expression call(int start, Expression first, boolean inside) {
    List<Expression> arguments = new ArrayList<>();
    while (inside ? !close() : !end()) {
      if (at >= source.length()) throw open();
      apart();
      arguments.add(single());
    }
    if (!(first instanceof Expression.Name name) || name.path().size() != 1 || name.here()) {
      throw new Unreadable(
          start,
          "unreadable",
          "Between two braces stands one placeholder, or a word and what it is given.");
    }
    return new Expression.Call(start, name.path().getFirst(), arguments);
  }

  /** There must be a blank here, and if it is the one just stepped over. */
  void apart() {
    if (blanks() > 0 || " \t\r\n".indexOf(source.charAt(at - 1)) >= 0) return;
    if (at >= source.length() || next("}") || next("{")) throw open();
    throw new Unreadable(at, "unreadable", "A blank is missing here.");
  }

  private boolean close() {
    blanks();
    if (!next(")")) return false;
    skip(1);
    return true;
  }

  /** One thing. */
  Expression single() {
    blanks();
    if (at >= source.length()) throw open();
    char first = source.charAt(at);
    if (first == '(') return parenthesis();
    if (first == '"' || first == '\'') return quoted(first);
    if (first == '@') return round();
    if (first == '-' || first >= '0' && first <= '9') return number();
    return name();
  }

  private Expression parenthesis() {
    int start = at;
    if (++depth > DEEPEST) {
      throw new Unreadable(start, "too_much", "Parentheses nest at most 20 deep.");
    }
    skip(1);
    blanks();
    Expression call = call(start, single(), true);
    depth--;
    return call;
  }

  private Expression quoted(char quote) {
    int start = at;
    int end = source.indexOf(quote, start + 1);
    int line = source.indexOf('\n', start);
    if (end < 0 || line >= 0 && line < end) {
      throw new Unreadable(start, "unreadable", "This quotation is not closed on its line.");
    }
    String inside = source.substring(start + 1, end);
    if (inside.indexOf('\\') >= 0 || inside.indexOf('\r') >= 0) {
      throw new Unreadable(start, "unreadable", "A quotation has no backslashes and one line.");
    }
    at = end + 1;
    return new Expression.Literal(start, source.substring(start, at));
  }

  private Expression round() {
    int start = at;
    skip(1);
    String word = "@" + word();
    if (!Words.ROUND.contains(word) || next(".") || next("/")) {
      throw new Unreadable(
          start,
          "unknown_placeholder",
          "A loop tells @index, @first, @last and @key, nothing else.");
    }
    return new Expression.Round(start, word);
  }

  private Expression number() {
    int start = at;
    if (next("-")) skip(1);
    int digits = at;
    while (at < source.length() && source.charAt(at) >= '0' && source.charAt(at) <= '9') at++;
    boolean long_ = at - digits > 9;
    if (at == digits || long_ || at < source.length() && isLetter(source.charAt(at)) || next(".")) {
      throw new Unreadable(
          start, "unreadable", "Only whole figures can stand here; put others in quotes: \"1.5\".");
    }
    return new Expression.Literal(start, source.substring(start, at));
  }

  private Expression name() {
    int start = at;
    int up = 0;
    boolean here = false;
    while (next("../")) {
      skip(3);
      up++;
    }
    List<String> path = new ArrayList<>();
    if (next("..")) {
      skip(2);
      up++;
      here = true;
    } else if (next("./")) {
      skip(2);
      here = true;
      path.add(segment(start));
    } else if (next(".")) {
      skip(1);
      here = true;
    } else {
      String first = segment(start);
      here = first.equals("this");
      if (!here) path.add(first);
    }
    boolean alone = here && path.isEmpty() && source.charAt(at - 1) == '.';
    while (!alone && next(".")) {
      skip(1);
      path.add(segment(start));
      if (path.size() > LONGEST_PATH)
        throw new Unreadable(start, "too_much", "This name is too long.");
    }
    if (!path.isEmpty() && RESERVED.contains(path.getFirst())) {
      throw new Unreadable(
          start, "unreadable", "The word " + path.getFirst() + " cannot stand here.");
    }
    if (next("=") || next("|")) {
      throw new Unreadable(
          at, "not_allowed", "Names cannot be given here: there is no " + source.charAt(at) + ".");
    }
    return literal(
        new Expression.Name(start, up, here || up > 0, path, source.substring(start, at)));
  }

  private static Expression literal(Expression.Name name) {
    boolean truth = name.written().equals("true") || name.written().equals("false");
    return truth ? new Expression.Literal(name.at(), name.written()) : name;
  }

  /** A word, or anything but a bracket in brackets. */
  private String segment(int start) {
    if (next("[")) {
      int end = source.indexOf(']', at);
      String inside = end < 0 ? "" : source.substring(at + 1, end);
      if (!inside.matches("[^\\[\\]{}\"'\\\\\\r\\n]{1,100}")) {
        throw new Unreadable(at, "unreadable", "These brackets hold no name.");
      }
      at = end + 1;
      return inside;
    }
    String word = word();
    if (word.matches("[A-Za-z_].*")) return word;
    if (at >= source.length() || next("}") || next("{") || next("~") || source.charAt(at) == '\n') {
      boolean empty = next("}}") || next("~}}");
      if (!empty) throw open();
      throw new Unreadable(start, "unreadable", "A placeholder is missing here.");
    }
    String letter = Character.toString(source.codePointAt(at));
    throw new Unreadable(at, "unreadable", "“" + letter + "” has no meaning here.");
  }

  /** Steps over blanks and says how many there were. */
  int blanks() {
    int start = at;
    while (at < source.length() && " \t\r\n".indexOf(source.charAt(at)) >= 0) at++;
    return at - start;
  }

  private static boolean isLetter(char letter) {
    return letter >= 'a' && letter <= 'z'
        || letter >= 'A' && letter <= 'Z'
        || letter >= '0' && letter <= '9'
        || letter == '_'
        || letter == '-';
  }

  Unreadable open() {
    return new Unreadable(at, "open_braces", "A placeholder is not closed: }} is missing.");
  }
}
