package org.postroom.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Element;

/** A table of figures and words, as lines with their columns below each other. */
final class PlainTable {
  private static final int WIDEST = 100;
  private static final int MOST_COLUMNS = 12;
  private static final int MOST_ROWS = 2_000;
  private static final String GAP = "  ";

  private record Cell(String text, boolean right) {}

  private PlainTable() {}

  /**
   * Whether it is one to read, not one that only arranges: two columns or more, just words in them.
   */
  static boolean isOne(Element table) {
    if (table.selectFirst("td p, td div, td table, td ul, td ol, td h1, td h2, td h3, td br, td hr")
        != null) return false;
    List<List<Cell>> rows = cells(table);
    return rows.size() <= MOST_ROWS
        && rows.stream().anyMatch(row -> row.size() > 1)
        && rows.stream().allMatch(row -> row.size() <= MOST_COLUMNS);
  }

  static List<String> rows(Element table) {
    List<List<Cell>> rows = cells(table);
    int[] widths = new int[MOST_COLUMNS];
    for (List<Cell> row : rows)
      for (int i = 0; i < row.size(); i++)
        widths[i] = Math.max(widths[i], width(row.get(i).text()));
    boolean aligned = java.util.Arrays.stream(widths).sum() <= WIDEST;
    return rows.stream().map(row -> line(row, widths, aligned)).toList();
  }

  private static String line(List<Cell> row, int[] widths, boolean aligned) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String text = row.get(i).text();
      String space = aligned ? " ".repeat(widths[i] - width(text)) : "";
      if (i > 0) line.append(GAP);
      line.append(row.get(i).right() ? space + text : text + space);
    }
    return line.toString().stripTrailing();
  }

  private static List<List<Cell>> cells(Element table) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Element row : table.select("tr")) {
      List<Cell> cells = new ArrayList<>();
      for (Element cell : row.children()) {
        if (!PlainWriter.isHidden(cell)) cells.add(new Cell(text(cell), isRight(cell)));
      }
      if (cells.stream().anyMatch(cell -> !cell.text().isEmpty())) rows.add(cells);
    }
    return rows;
  }

  /** Links and pictures in cells are written as elsewhere. */
  private static String text(Element cell) {
    PlainWriter writer = new PlainWriter();
    cell.childNodes().forEach(writer::write);
    return writer.text().strip().replaceAll("\\s*\\n\\s*", " ");
  }

  private static boolean isRight(Element cell) {
    String style = cell.attr("style").toLowerCase(Locale.ROOT).replaceAll("\\s", "");
    return cell.attr("align").equalsIgnoreCase("right")
        || style.contains("text-align:right")
        || style.contains("text-align:end");
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
