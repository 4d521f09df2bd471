package org.postroom.documents.layout;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document.Line;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.press.Style;

/** The lines of a document: which columns its kind shows. */
final class LineTable {
  private static final Style COUNT = new Style(true, 12, 1.15, Look.TEXT);

  private final Sheet sheet;
  private final Figures figures;
  private final DocumentKind kind;
  private final List<Line> lines;

  /** With many columns the item number stands below the description. */
  private final boolean crowded;

  private LineTable(Sheet sheet) {
    this.sheet = sheet;
    this.figures = sheet.figures();
    this.kind = sheet.kind();
    this.lines = sheet.document().lines();
    this.crowded =
        kind.priced()
            && (sheet.variant() == Variant.COMMERCIAL
                || lines.stream().anyMatch(line -> discount(line) != null));
  }

  static Table<Line> of(Sheet sheet) {
    LineTable table = new LineTable(sheet);
    return new Table<>(sheet, table.columns(), sheet.document().lines(), table::details);
  }

  private List<Column<Line>> columns() {
    return switch (kind) {
      case PACKING_SLIP, SHIPMENT, ITEM_RECEIPT, RMA -> goods();
      case STATEMENT, REMINDER, RECEIPT, BILL_PAYMENT -> papers();
      default -> priced();
    };
  }

  /** What travels: how many of it comes first, large enough to read at arm's length. */
  private List<Column<Line>> goods() {
    List<Column<Line>> all = new ArrayList<>();
    boolean ticked = kind == DocumentKind.PACKING_SLIP || kind == DocumentKind.ITEM_RECEIPT;
    if (ticked) all.add(Column.box(sheet.word("line.checked")));
    all.add(Column.key(sheet.word("line.position"), 6, 20, Line::id));
    all.add(Column.figure(sheet.word("line.quantity"), 14, 30, this::quantity).in(COUNT));
    all.add(Column.key("", 7, 18, Line::unit));
    all.add(Column.key(sheet.word("line.sku"), 16, 34, Line::sku));
    all.add(Column.rest(sheet.word("line.description"), Line::description));
    if (kind == DocumentKind.RMA) {
      own(all, "reason", 18, 40, "reason", "return_reason");
      own(all, "condition", 18, 30, "condition");
    }
    own(all, "lot", 14, 30, "lot", "batch", "serial");
    own(all, "ordered", 14, 24, "ordered", "ordered_quantity", "quantity_ordered");
    own(all, "backordered", 14, 24, "backordered", "open_quantity", "quantity_open");
    return all;
  }

  /** Other papers, by their date and number, and what of them is due or settled. */
  private List<Column<Line>> papers() {
    List<Column<Line>> all = new ArrayList<>();
    all.add(Column.key(sheet.word("line.date"), 20, 30, this::date));
    all.add(Column.key(sheet.word("line.reference"), 20, 42, Line::id));
    all.add(Column.key(sheet.word("line.sku"), 16, 28, Line::sku));
    all.add(Column.rest(sheet.word("line.description"), Line::description));
    own(all, "due", 20, 30, "due_date", "due");
    own(all, "days_late", 12, 22, "days_late", "days_overdue");
    all.add(Column.figure(sheet.word("line.quantity"), 14, 26, this::quantity));
    all.add(Column.key("", 7, 18, Line::unit));
    money(all);
    return all;
  }

  private List<Column<Line>> priced() {
    List<Column<Line>> all = new ArrayList<>();
    all.add(Column.key(sheet.word("line.position"), 6, 20, Line::id));
    all.add(Column.key(sheet.word("line.date"), 20, 30, this::date));
    if (!crowded) all.add(Column.key(sheet.word("line.sku"), 14, 28, Line::sku));
    all.add(Column.rest(sheet.word("line.description"), Line::description));
    if (sheet.variant() == Variant.COMMERCIAL) {
      own(all, "hs_code", 16, 28, "hs_code", "hs", "tariff_number", "commodity_code");
      own(all, "origin", 12, 26, "origin", "country_of_origin", "origin_country");
      own(all, "weight", 14, 24, "net_weight", "weight");
    }
    all.add(Column.figure(sheet.word("line.quantity"), 12, 26, this::quantity));
    all.add(Column.key("", 6, 18, Line::unit));
    money(all);
    return all;
  }

  private void money(List<Column<Line>> all) {
    all.add(Column.figure(sheet.word("line.price"), 15, 30, this::price));
    all.add(Column.figure(sheet.word("line.discount"), 14, 26, this::discount));
    all.add(Column.figure(sheet.word("line.tax"), 9, 18, this::tax));
    all.add(Column.figure(sheet.kindWord("line.amount"), 18, 38, this::amount));
  }

  /** A column for one of the ERP's own fields, by the names ERPs give it. */
  private void own(
      List<Column<Line>> all, String word, double least, double most, String... names) {
    all.add(Column.key(sheet.word("line." + word), least, most, line -> field(line, names)));
  }

  private List<String> details(Line line) {
    if (!crowded || line.sku() == null) return line.details();
    List<String> details = new ArrayList<>(List.of(line.sku()));
    details.addAll(line.details());
    return details;
  }

  private @Nullable String field(Line line, String... names) {
    return field(figures, line.fields(), names);
  }

  /** The first of these fields that says something. */
  static @Nullable String field(Figures figures, Map<String, Object> fields, String... names) {
    for (String name : names) {
      Object value = fields.get(name);
      if (value instanceof BigDecimal number) return figures.quantity(number);
      if (value instanceof Number number) return number.toString();
      if (value instanceof String text && !text.isBlank()) return figures.tidyDate(text);
    }
    return null;
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
