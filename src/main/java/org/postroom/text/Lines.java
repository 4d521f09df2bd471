package org.postroom.text;

/** Collects lines of plain text. What stands before a line is repeated when it is broken. */
final class Lines {
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder indent = new StringBuilder();
  private String mark = "";
  private String gap = "";
  private boolean blankWanted;

  /** Words, with blanks run together as browsers do. */
  void words(String words) {
    for (int i = 0; i < words.length(); i++) {
      char letter = words.charAt(i);
      boolean blank =
          letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r' || letter == '\f';
      if (!blank) line.append(letter);
      else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') line.append(' ');
    }
  }

  /** Words as they are. */
  void exactly(String words) {
    line.append(words);
  }

  /** Ends the line if there is something on it. */
  void end() {
    String words = line.toString().stripTrailing();
    line.setLength(0);
    if (words.isEmpty()) return;
    if (blankWanted && !text.isEmpty()) text.append(gap.stripTrailing()).append('\n');
    blankWanted = false;
    text.append(indent).append(mark).append(words).append('\n');
    if (!mark.isEmpty()) indent.append(" ".repeat(mark.length()));
    mark = "";
  }

  /** Ends the line, even an empty one. */
  void broken() {
    if (line.toString().isBlank()) {
      gap = indent.toString();
      blankWanted = !text.isEmpty();
      line.setLength(0);
    } else end();
  }

  /** Ends the line and leaves an empty one before whatever comes next. */
  void paragraph() {
    end();
    // The empty line between a quotation and what is outside it belongs to neither.
    gap = blankWanted && gap.length() < indent.length() ? gap : indent.toString();
    blankWanted = true;
  }

  /** How far in lines start now. */
  int depth() {
    return indent.length();
  }

  void deeper(String by) {
    indent.append(by);
  }

  void back(int depth) {
    mark = "";
    indent.setLength(Math.min(depth, indent.length()));
  }

  /** What the next line starts with; lines after it are indented as far. */
  void mark(String sign) {
    mark = sign;
  }

  boolean atStart() {
    return line.isEmpty();
  }

  String text() {
    end();
    return text.isEmpty() ? "" : text.toString();
  }
}
