package org.postroom.documents.layout;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.postroom.documents.Ledger;
import org.postroom.documents.Ledger.Bucket;
import org.postroom.documents.Ledger.Entry;
import org.postroom.documents.Ledger.Group;
import org.postroom.documents.press.Strip;
import org.postroom.documents.press.Style;
import org.postroom.documents.press.TextLine;

/** One currency of a statement: its entries, its balance, and how late what is owed is. */
final class LedgerTable {
  private static final double MM = Look.MM;
  private static final Style WORD = Look.LABEL;

  private final Sheet sheet;
  private final Ledger ledger;
  private final Group group;
  private final Figures figures;

  private LedgerTable(Sheet sheet, Ledger ledger, Group group) {
    this.sheet = sheet;
    this.ledger = ledger;
    this.group = group;
    this.figures = sheet.figures(group.currency());
  }

  /** All groups, one after the other; amounts of different currencies never meet. */
  static List<Iterator<Strip>> of(Sheet sheet, Ledger ledger) {
    List<Iterator<Strip>> parts = new ArrayList<>();
    parts.add(List.of(period(sheet, ledger)).iterator());
    for (Group group : ledger.groups()) new LedgerTable(sheet, ledger, group).addTo(parts);
    return parts;
  }

  private static Strip period(Sheet sheet, Ledger ledger) {
    String until = sheet.figures().date(ledger.asOf());
    String text =
        ledger.from() == null
            ? sheet.word("ledger.open_items").replace("{0}", until)
            : sheet
                .word("ledger.activity")
                .replace("{0}", sheet.figures().date(ledger.from()))
                .replace("{1}", until);
    Strip strip = sheet.paragraph(text, Look.BODY, 0).keepWithNext();
    return strip.grow(strip.height() + 2 * MM);
  }

  private void addTo(List<Iterator<Strip>> parts) {
    parts.add(List.of(heading()).iterator());
    if (!group.entries().isEmpty()) parts.add(table().strips(true));
    List<Strip> end = new ArrayList<>(List.of(balance()));
    if (!group.ageing().isEmpty()) {
      end.getFirst().keepWithNext();
      end.add(ageing());
    }
    parts.add(end.iterator());
  }

  private Strip heading() {
    Style style = sheet.look().heading().sized(10.5);
    Strip strip = sheet.paragraph(sheet.currencyName(group.currency()), style, 7 * MM);
    if (group.opening() != null) {
      String text = sheet.word("ledger.opening") + "  " + figures.money(group.opening());
      strip.textTo(sheet.line(text, Look.MUTED), Look.MUTED, sheet.width(), 0.5 * MM);
    }
    return strip.grow(strip.height() + 2 * MM).keepWithNext();
  }

  private Table<Entry> table() {
    List<Column<Entry>> columns = new ArrayList<>();
    columns.add(
        Column.key(sheet.word("line.date"), 20, 30, entry -> figures.shortDate(entry.date())));
    columns.add(Column.rest(sheet.word("line.reference"), this::paper));
    columns.add(Column.key(sheet.word("payment.reference"), 18, 44, Entry::reference));
    columns.add(
        Column.key(
            sheet.word("due"),
            20,
            30,
            entry -> entry.dueDate() == null ? null : figures.shortDate(entry.dueDate())));
    columns.add(
        Column.figure(sheet.word("line.amount"), 20, 38, entry -> figures.amount(entry.amount())));
    String last = ledger.kind() == Ledger.Kind.ACTIVITY ? "ledger.balance" : "ledger.open";
    columns.add(
        Column.<Entry>figure(sheet.word(last), 20, 38, entry -> figures.amount(entry.open()))
            .in(Look.STRONG));
    return new Table<>(sheet, columns, group.entries(), entry -> List.of());
  }

  private String paper(Entry entry) {
    String kind =
        sheet.words().find("kind." + entry.kind()).orElseGet(() -> sheet.word("ledger.payment"));
    return kind + " " + entry.number();
  }

  private Strip balance() {
    Style word = Look.STRONG.in(sheet.look().ink());
    Style large = word.sized(12);
    Strip strip = new Strip().before(2 * MM);
    double width = 88 * MM;
    double left = sheet.width() - width;
    double tall = 9 * MM;
    strip.fill(sheet.look().tint(), left, 0, width, tall);
    TextLine amount = sheet.line(figures.money(group.balance()), large);
    String text = sheet.word("total.due.statement") + " " + group.currency();
    strip.text(sheet.line(text, word), word, left + 3 * MM, (tall - word.lineHeight()) / 2);
    double right = sheet.width() - 3 * MM;
    return strip.textTo(amount, large, right, (tall - large.lineHeight()) / 2);
  }

  /** A box for each bucket: what is not yet due, and what is late by how much. */
  private Strip ageing() {
    List<Bucket> buckets = group.ageing();
    Strip strip = new Strip().before(3 * MM);
    double width = sheet.width() / buckets.size();
    double tall = 11.5 * MM;
    for (int i = 0; i < buckets.size(); i++) {
      Bucket bucket = buckets.get(i);
      boolean late = bucket.fromDays() != null && bucket.amount().signum() > 0;
      double x = i * width;
      strip.fill(late ? sheet.look().ink() : Look.FAINT, x, 0, width - 1.5 * MM, late ? 1.2 : 0.8);
      strip.text(sheet.line(words(bucket), WORD), WORD, x, 2 * MM);
      Style style = late ? Look.STRONG : Look.BODY;
      TextLine amount = sheet.line(figures.amount(bucket.amount()), style);
      strip.text(amount, style, x, 2 * MM + WORD.lineHeight());
    }
    return strip.grow(tall);
  }

  private String words(Bucket bucket) {
    Integer from = bucket.fromDays();
    Integer to = bucket.toDays();
    if (from == null) return sheet.word("ledger.not_due");
    Map<String, String> days =
        Map.of("{0}", from.toString(), "{1}", to == null ? "" : to.toString());
    String text = sheet.word(to == null ? "ledger.over" : "ledger.days");
    if (to == null) days = Map.of("{0}", Integer.toString(from - 1));
    for (Map.Entry<String, String> day : days.entrySet()) {
      text = text.replace(day.getKey(), day.getValue());
    }
    return text;
  }
}
