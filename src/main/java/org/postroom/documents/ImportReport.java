package org.postroom.documents;

import java.util.List;

/**
 * What became of each line of a file.
 *
 * @param lines in the order of the file
 */
public record ImportReport(List<Line> lines) {
  public ImportReport {
    lines = List.copyOf(lines);
  }

  public enum Result {
    CREATED,
    UPDATED,
    UNCHANGED,
    REFUSED
  }

  /**
   * One line.
   *
   * @param line as a text editor counts
   * @param number of the document, empty where none stands there
   * @param errors what is wrong, in plain sentences; empty unless refused
   */
  public record Line(int line, String number, Result result, List<String> errors) {
    public Line {
      errors = List.copyOf(errors);
    }
  }

  public long count(Result result) {
    return lines.stream().filter(line -> line.result() == result).count();
  }

  /** The lines that were not kept. */
  public List<Line> refused() {
    return lines.stream().filter(line -> line.result() == Result.REFUSED).toList();
  }
}
