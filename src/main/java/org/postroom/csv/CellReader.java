package org.postroom.csv;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads cell by cell (RFC 4180): a quoted cell may hold separators, line breaks and doubled quotes;
 * a quote inside an unquoted cell is a character like any other. Every character is looked at once.
 */
final class CellReader {
  private final String text;
  private final char separator;
  private final Csv.Limits limits;
  private int at;
  private int line;

  CellReader(String text, Separator separator, Csv.Limits limits) {
    this.text = text;
    this.separator = separator.character();
    this.limits = limits;
    this.at = separator.start();
    this.line = separator.line();
  }

  /** All that hold anything, the header first. */
  List<Csv.Row> rows() throws BadCsv {
    List<Csv.Row> rows = new ArrayList<>();
    while (at < text.length()) {
      Csv.Row row = row();
      if (row.cells().stream().allMatch(String::isEmpty)) continue;
      if (rows.size() > limits.rows())
        throw new BadCsv(
            row.line(), "The file has more than " + limits.rows() + " lines. Split it.");
      rows.add(row);
    }
    return rows;
  }

  private Csv.Row row() throws BadCsv {
    int start = line;
    List<String> cells = new ArrayList<>();
    do {
      if (cells.size() == limits.columns())
        throw new BadCsv(start, "Line " + start + " has more than " + limits.columns() + " cells.");
      cells.add(Formulas.plain(cell().strip()));
    } while (passed(separator));
    lineBreak();
    return new Csv.Row(start, cells);
  }

  private String cell() throws BadCsv {
    int start = at;
    while (at < text.length() && text.charAt(at) == ' ') at++;
    if (at < text.length() && text.charAt(at) == '"') return quoted();
    at = start;
    while (at < text.length() && !ends(text.charAt(at))) at++;
    return sized(text.substring(start, at));
  }

  private String quoted() throws BadCsv {
    int opened = line;
    var cell = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        cell.append(c);
        if (c == '\n' || (c == '\r' && !text.startsWith("\n", at))) line++;
        if (cell.length() > limits.cell()) sized(cell.toString());
      } else if (!passed('"')) {
        behind();
        return cell.toString();
      } else {
        cell.append('"');
      }
    }
    throw new BadCsv(opened, "A quotation mark is opened in line " + opened + " and never closed.");
  }

  /** Behind a closing quote only spaces may stand. */
  private void behind() throws BadCsv {
    while (at < text.length() && text.charAt(at) == ' ') at++;
    if (at < text.length() && !ends(text.charAt(at)))
      throw new BadCsv(
          line,
          "In line "
              + line
              + " there is text behind a closing quotation mark. Quotation marks inside a cell are doubled.");
  }

  private boolean ends(char c) {
    return c == separator || c == '\n' || c == '\r';
  }

  private boolean passed(char c) {
    if (at >= text.length() || text.charAt(at) != c) return false;
    at++;
    return true;
  }

  private void lineBreak() {
    if (at >= text.length()) return;
    boolean two = text.startsWith("\r\n", at);
    at += two ? 2 : 1;
    line++;
  }

  private String sized(String cell) throws BadCsv {
    if (cell.length() <= limits.cell()) return cell;
    throw new BadCsv(
        line, "A cell in line " + line + " has more than " + limits.cell() + " characters.");
  }
}
