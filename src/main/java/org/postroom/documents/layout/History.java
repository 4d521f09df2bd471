package org.postroom.documents.layout;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.postroom.documents.Payment;
import org.postroom.documents.press.Strip;

/** The payments told so far, oldest first. */
final class History {
  private History() {}

  static List<Iterator<Strip>> of(Sheet sheet) {
    Strip heading =
        sheet.paragraph(sheet.word("history"), sheet.look().heading(), 6 * Look.MM).keepWithNext();
    heading.grow(heading.height() + 1.5 * Look.MM);
    if (sheet.payments().isEmpty()) {
      Strip none = sheet.paragraph(sheet.word("history.none"), Look.MUTED, 0);
      return List.of(List.of(heading, none).iterator());
    }
    List<Payment> payments =
        sheet.payments().stream()
            .sorted(Comparator.comparing(Payment::date).thenComparing(Payment::recordedAt))
            .toList();
    return List.of(List.of(heading).iterator(), table(sheet, payments).strips(false));
  }

  private static Table<Payment> table(Sheet sheet, List<Payment> payments) {
    Figures figures = sheet.figures();
    List<Column<Payment>> columns =
        List.of(
            Column.key(
                sheet.word("line.date"), 22, 34, payment -> figures.shortDate(payment.date())),
            Column.rest(sheet.word("payment.reference"), Payment::reference),
            Column.figure(
                sheet.word("line.amount"), 22, 44, payment -> figures.money(payment.amount())));
    return new Table<>(sheet, columns, payments, payment -> List.of());
  }
}
