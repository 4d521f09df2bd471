package org.postroom.documents.press;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a PDF says about itself.
 *
 * @param language BCP 47
 * @param date null: it does not say when it was made
 */
public record About(
    String title, String author, String producer, String language, @Nullable LocalDate date) {

  /** The information dictionary (ISO 32000-1, 14.3.3). */
  String entries() {
    String made = date == null ? "" : "/CreationDate(D:" + day(date) + "000000Z)";
    return "<</Title"
        + PdfFile.text(title)
        + "/Author"
        + PdfFile.text(author)
        + "/Creator"
        + PdfFile.text(producer)
        + "/Producer"
        + PdfFile.text(producer)
        + made
        + ">>";
  }

  private static String day(LocalDate date) {
    int day = date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
    return Integer.toString(Math.clamp(day, 10_000_101, 99_991_231));
  }
}
