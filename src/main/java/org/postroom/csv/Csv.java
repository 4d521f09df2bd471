package org.postroom.csv;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table that came as a file: its first line names the columns.
 *
 * @param header as it stands, stripped
 * @param rows those that are not empty
 */
public record Csv(List<String> header, List<Row> rows) {
  public Csv {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /**
   * What is taken.
   *
   * @param bytes of the file
   * @param rows besides the header
   * @param cell characters of one cell
   */
  public record Limits(int bytes, int rows, int columns, int cell) {
    public static final Limits USUAL = new Limits(10 * 1024 * 1024, 50_000, 300, 10_000);
  }

  /**
   * One row.
   *
   * @param line where it starts, as a text editor counts
   */
  public record Row(int line, List<String> cells) {
    public Row {
      cells = List.copyOf(cells);
    }

    /** Stripped; empty where the row is shorter. */
    public String cell(int column) {
      return column < cells.size() ? cells.get(column) : "";
    }
  }

  /**
   * Reads a file: separated by semicolon, comma or tab, in UTF-8, UTF-16 (with its mark) or
   * Windows-1252, each found out from the file itself.
   *
   * @throws BadCsv where it is no such table, or larger than the limits
   */
  public static Csv read(byte[] file, Limits limits) throws BadCsv {
    String text = FileText.read(file, limits.bytes());
    List<Row> rows = new CellReader(text, Separator.in(text), limits).rows();
    if (rows.isEmpty()) throw new BadCsv(0, "The file is empty.");
    return new Csv(rows.getFirst().cells(), rows.subList(1, rows.size()));
  }

  /** One line of a file that we write, with its end. */
  public static String line(Stream<String> cells) {
    return cells.map(Csv::cell).collect(java.util.stream.Collectors.joining(",")) + "\r\n";
  }

  /**
   * What a spreadsheet would take for a formula gets a quote in front, for customers choose such
   * text; {@link #read} takes it off again.
   */
  public static String cell(String text) {
    String harmless = Formulas.defused(text);
    boolean plain = harmless.chars().noneMatch(c -> ",;\"\t\r\n".indexOf(c) >= 0);
    return plain && harmless.equals(harmless.strip())
        ? harmless
        : "\"" + harmless.replace("\"", "\"\"") + "\"";
  }
}
