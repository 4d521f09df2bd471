package org.postroom.documents.layout;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document.Line;
import org.postroom.documents.DocumentKind;
import org.w3c.dom.Element;

/**
 * The lines. A column stands there only when some line uses it, as wide as its longest figure
 * needs; the description takes the rest. The header repeats on every page and a row never breaks.
 */
final class LineTable {
  /** Millimetres one figure of the table's type takes, and what a column adds around it. */
  private static final double FIGURE = 1.7;

  private static final double GAP = 4;

  /** One column: its word, how it is set, and what it shows of a line. */
  private record Column(
      String word, String style, double least, double most, Function<Line, @Nullable String> of) {

    double width(List<Line> lines) {
      int longest = longestWord();
      for (Line line : lines) longest = Math.max(longest, length(of.apply(line)));
      return Math.clamp(longest * FIGURE + GAP, least, most);
    }

    boolean used(List<Line> lines) {
      return lines.stream().anyMatch(line -> length(of.apply(line)) > 0);
    }

    private int longestWord() {
      int longest = 0;
      for (String part : word.split(" ", -1)) longest = Math.max(longest, part.length());
      return longest;
    }

    private static int length(@Nullable String text) {
      return text == null ? 0 : text.length();
    }
  }

  private final Sheet sheet;
  private final Markup markup;
  private final Figures figures;
  private final List<Line> lines;

  /** With a discount there are many columns; the item number then stands below the description. */
  private final boolean crowded;

  private LineTable(Sheet sheet) {
    this.sheet = sheet;
    this.markup = sheet.markup();
    this.figures = sheet.figures();
    this.lines = sheet.document().lines();
    this.crowded =
        sheet.document().kind().priced() && lines.stream().anyMatch(line -> discount(line) != null);
  }

  static void write(Sheet sheet, Element body) {
    if (!sheet.document().lines().isEmpty()) new LineTable(sheet).write(body);
  }

  private void write(Element body) {
    List<Column> columns = columns();
    Element table = markup.add(body, "table", "lines");
    widths(table, columns);
    Element head = markup.add(markup.add(table, "thead"), "tr");
    for (Column column : columns) markup.text(head, "th", column.style(), column.word());
    Element rows = markup.add(table, "tbody");
    for (Line line : lines) row(rows, columns, line);
  }

  private List<Column> columns() {
    List<Column> all = new ArrayList<>(List.of(description()));
    boolean statement = sheet.document().kind() == DocumentKind.STATEMENT;
    before(all, statement);
    after(all);
    return all.stream()
        .filter(column -> column.style().equals("text") || column.used(lines))
        .toList();
  }

  private Column description() {
    return new Column(sheet.word("line.description"), "text", 0, 0, Line::description);
  }

  private void before(List<Column> all, boolean statement) {
    List<Column> columns = new ArrayList<>();
    if (statement) {
      columns.add(new Column(sheet.word("line.date"), "key", 22, 30, this::date));
      columns.add(new Column(sheet.word("line.reference"), "key", 22, 40, Line::id));
    } else {
      columns.add(new Column(sheet.word("line.position"), "key", 9, 20, Line::id));
      if (lines.stream().anyMatch(line -> line.date() != null)) {
        columns.add(new Column(sheet.word("line.date"), "key", 22, 30, this::date));
      }
    }
    if (!crowded) columns.add(new Column(sheet.word("line.sku"), "key", 16, 28, Line::sku));
    all.addAll(0, columns);
  }

  private void after(List<Column> all) {
    all.add(new Column(sheet.word("line.quantity"), "figure", 14, 26, this::quantity));
    all.add(new Column("", "unit", 9, 18, Line::unit));
    if (!sheet.document().kind().priced()) return;
    all.add(new Column(sheet.word("line.price"), "figure", 17, 30, this::price));
    all.add(new Column(sheet.word("line.discount"), "figure", 16, 26, this::discount));
    all.add(new Column(sheet.word("line.tax"), "figure", 11, 18, this::tax));
    all.add(new Column(sheet.word("line.amount"), "figure", 20, 38, this::amount));
  }

  private void widths(Element table, List<Column> columns) {
    for (Column column : columns) {
      Element col = markup.add(table, "col");
      if (column.most() > 0) {
        col.setAttribute("style", "width:" + Math.round(column.width(lines) * 10) / 10.0 + "mm");
      }
    }
  }

  private void row(Element rows, List<Column> columns, Line line) {
    Element row = markup.add(rows, "tr");
    for (Column column : columns) {
      Element cell = markup.text(row, "td", column.style(), column.of().apply(line));
      if (column.style().equals("text")) {
        if (crowded && line.sku() != null) markup.text(cell, "div", "detail", line.sku());
        line.details().forEach(detail -> markup.text(cell, "div", "detail", detail));
      }
    }
  }

  private @Nullable String date(Line line) {
    return line.date() == null ? null : figures.shortDate(line.date());
  }

  private @Nullable String quantity(Line line) {
    return line.quantity() == null ? null : figures.quantity(line.quantity());
  }

  private @Nullable String price(Line line) {
    if (line.unitPrice() == null) return null;
    String price = figures.amount(line.unitPrice());
    BigDecimal per = Objects.requireNonNullElse(line.priceQuantity(), BigDecimal.ONE);
    return per.compareTo(BigDecimal.ONE) == 0 ? price : price + " / " + figures.quantity(per);
  }

  private @Nullable String discount(Line line) {
    if (line.discount() == null || line.discount().signum() == 0) return null;
    return figures.amount(line.discount().negate());
  }

  private @Nullable String tax(Line line) {
    return line.taxRate() == null ? null : figures.percent(line.taxRate());
  }

  private @Nullable String amount(Line line) {
    return line.amount() == null ? null : figures.amount(line.amount());
  }
}
