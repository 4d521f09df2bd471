package org.postroom.documents.layout;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document.Totals;
import org.postroom.documents.Payment;
import org.postroom.documents.press.Strip;

/** The payments told so far, oldest first; above them what the document itself says was paid. */
final class History {
  private History() {}

  /** A payment, or the part of what was paid that nobody told one by one. */
  private record Row(@Nullable String date, String words, BigDecimal amount) {}

  static List<Iterator<Strip>> of(Sheet sheet) {
    Strip heading =
        sheet.paragraph(sheet.word("history"), sheet.look().heading(), 6 * Look.MM).keepWithNext();
    heading.grow(heading.height() + 1.5 * Look.MM);
    List<Row> rows = rows(sheet);
    if (rows.isEmpty()) {
      Strip none = sheet.paragraph(sheet.word("history.none"), Look.MUTED, 0);
      return List.of(List.of(heading, none).iterator());
    }
    return List.of(List.of(heading).iterator(), table(sheet, rows).strips(false));
  }

  private static List<Row> rows(Sheet sheet) {
    List<Row> rows = new ArrayList<>();
    BigDecimal before = paid(sheet).subtract(told(sheet));
    if (before.signum() > 0) rows.add(new Row(null, sheet.word("total.paid"), before));
    sheet.payments().stream()
        .sorted(Comparator.comparing(Payment::date).thenComparing(Payment::recordedAt))
        .map(one -> new Row(sheet.figures().shortDate(one.date()), one.reference(), one.amount()))
        .forEach(rows::add);
    return rows;
  }

  private static BigDecimal paid(Sheet sheet) {
    Totals totals = sheet.document().totals();
    return totals == null || totals.paid() == null ? BigDecimal.ZERO : totals.paid();
  }

  private static BigDecimal told(Sheet sheet) {
    return sheet.payments().stream().map(Payment::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Table<Row> table(Sheet sheet, List<Row> rows) {
    Figures figures = sheet.figures();
    List<Column<Row>> columns =
        List.of(
            Column.key(sheet.word("line.date"), 22, 34, Row::date),
            Column.rest(sheet.word("payment.reference"), Row::words),
            Column.figure(sheet.word("line.amount"), 22, 44, row -> figures.money(row.amount())));
    return new Table<>(sheet, columns, rows, row -> List.of());
  }
}
