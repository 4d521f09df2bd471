package org.postroom.csv;

/**
 * What stands between cells.
 *
 * @param start where the table starts: behind Excel's line {@code sep=;} where there is one
 * @param line the number of the line there
 */
record Separator(char character, int start, int line) {
  private static final String KNOWN = ";,\t";

  /** The one that is most frequent in the header, outside quotes. */
  static Separator in(String text) {
    if (text.regionMatches(true, 0, "sep=", 0, 4) && text.length() > 4)
      return new Separator(text.charAt(4), endOfLine(text), 2);
    int[] counts = new int[KNOWN.length()];
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') quoted = !quoted;
      else if (!quoted && (c == '\n' || c == '\r') && i > 0) break;
      else if (!quoted && KNOWN.indexOf(c) >= 0) counts[KNOWN.indexOf(c)]++;
    }
    int best = 1;
    for (int i = 0; i < counts.length; i++) if (counts[i] > counts[best]) best = i;
    return new Separator(KNOWN.charAt(best), 0, 1);
  }

  private static int endOfLine(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') end++;
    boolean two = text.startsWith("\r\n", end);
    return Math.min(text.length(), end + (two ? 2 : 1));
  }
}
