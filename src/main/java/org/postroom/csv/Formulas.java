package org.postroom.csv;

/**
 * Cells a spreadsheet would compute: it takes text for a formula by its first character, also by
 * that of East Asian keyboards and, in old programs, by a bar.
 */
final class Formulas {
  private static final String STARTS = "=+-@\t\r\n|＝＋－＠";

  private Formulas() {}

  static String defused(String text) {
    return isFormula(text) ? "'" + text : text;
  }

  /** Undoes what {@link #defused} did, and what spreadsheets' users do by hand. */
  static String plain(String cell) {
    return cell.startsWith("'") && isFormula(cell.substring(1)) ? cell.substring(1) : cell;
  }

  /** Also with quotes in front already: one more comes, and one goes when it is read. */
  private static boolean isFormula(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) == '\'') at++;
    return at < text.length() && STARTS.indexOf(text.charAt(at)) >= 0;
  }
}
