package org.postroom.documents.ubl;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document.Line;

/** Lines of goods and services. Lines that stand for documents are read by {@link UblOpenItems}. */
final class UblLines {
  static final int MOST = 20_000;
  private static final int MOST_DETAILS = 50;
  private final Element root;
  private final Form form;
  private final Values values;

  UblLines(Element root, Form form, Values values) {
    this.root = root;
    this.form = form;
    this.values = values;
  }

  List<Line> read() {
    List<Element> elements = root.all(form.line()).limit(MOST + 1).toList();
    if (elements.size() > MOST) {
      values
          .errors()
          .add(
              root.place("cac:" + form.line()), "too_many", "At most " + MOST + " lines are read.");
      return List.of();
    }
    var openItems = new UblOpenItems(values);
    return elements.stream()
        .map(element -> form.listsDocuments() ? openItems.line(element) : line(element))
        .toList();
  }

  /** Orders and quotations keep the line's content one level deeper. */
  private Line line(Element outer) {
    Element deeper = outer.first("LineItem");
    Element line = deeper == null ? outer : deeper;
    Element item = Objects.requireNonNullElse(line.first("Item"), line);
    Element quantity = line.first(form.quantity());
    String id = values.text(100, line, "ID");
    return new Line(
        id == null ? values.text(100, outer, "ID") : id,
        values.text(100, item, "SellersItemIdentification", "ID"),
        description(outer, item),
        details(outer, line, item),
        quantity == null ? null : values.number(quantity),
        quantity == null ? null : Units.word(quantity.attribute("unitCode")),
        values.number(line, "Price", "PriceAmount"),
        priceQuantity(line),
        discount(line),
        taxRate(line, item),
        taxCategory(line, item),
        values.amount(line, "LineExtensionAmount"),
        null,
        fields(line, item));
  }

  /** The item's name; where there is none its description, a note, its number. */
  private String description(Element outer, Element item) {
    return Stream.of(
            values.text(2_000, item, "Name"),
            values.text(2_000, item, "Description"),
            values.text(2_000, outer, "Note"),
            values.text(100, item, "SellersItemIdentification", "ID"),
            values.text(100, item, "BuyersItemIdentification", "ID"))
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .findFirst()
        .orElse("–");
  }

  private List<String> details(Element outer, Element line, Element item) {
    List<String> details = new ArrayList<>();
    values.notes(item, "Description").forEach(details::add);
    values.notes(outer, "Note").forEach(details::add);
    if (line != outer) values.notes(line, "Note").forEach(details::add);
    item.all("AdditionalItemProperty")
        .limit(MOST_DETAILS)
        .map(this::property)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .forEach(details::add);
    String shown = description(outer, item);
    details.removeIf(detail -> detail.replaceAll("\\s+", " ").equals(shown));
    return details.stream().distinct().limit(MOST_DETAILS).toList();
  }

  private @Nullable String property(Element property) {
    String name = values.text(property, "Name");
    String value = values.text(2_000, property, "Value");
    if (value == null) return name;
    return name == null ? value : name + ": " + value;
  }

  private @Nullable BigDecimal priceQuantity(Element line) {
    BigDecimal base = values.number(line, "Price", "BaseQuantity");
    return base == null || base.signum() <= 0 ? null : base;
  }

  private @Nullable BigDecimal discount(Element line) {
    return sum(line, false);
  }

  /** Allowances or charges of the line itself; those of the price are in the price already. */
  private @Nullable BigDecimal sum(Element line, boolean charges) {
    return line.all("AllowanceCharge")
        .filter(each -> UblMoney.isCharge(each) == charges)
        .map(each -> values.amount(each, "Amount"))
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .reduce(BigDecimal::add)
        .orElse(null);
  }

  private @Nullable BigDecimal taxRate(Element line, Element item) {
    BigDecimal rate = values.number(item, "ClassifiedTaxCategory", "Percent");
    if (rate == null)
      rate = values.number(line, "TaxTotal", "TaxSubtotal", "TaxCategory", "Percent");
    return rate == null ? values.number(line, "TaxTotal", "TaxSubtotal", "Percent") : rate;
  }

  private @Nullable String taxCategory(Element line, Element item) {
    String category = values.text(20, item, "ClassifiedTaxCategory", "ID");
    return category == null
        ? values.text(20, line, "TaxTotal", "TaxSubtotal", "TaxCategory", "ID")
        : category;
  }

  private Map<String, Object> fields(Element line, Element item) {
    Map<String, Object> fields = new LinkedHashMap<>();
    UblMapping.field(fields, "buyer_sku", item.text("BuyersItemIdentification", "ID"));
    UblMapping.field(fields, "gtin", item.text("StandardItemIdentification", "ID"));
    UblMapping.field(fields, "lot", item.text("ItemInstance", "LotIdentification", "LotNumberID"));
    UblMapping.field(fields, "serial", item.text("ItemInstance", "SerialID"));
    UblMapping.field(fields, "order_line", line.text("OrderLineReference", "LineID"));
    UblMapping.field(fields, "accounting_cost", line.text("AccountingCost"));
    put(fields, "charges", sum(line, true));
    put(fields, "backordered", values.number(line, "BackorderQuantity"));
    put(fields, "short", values.number(line, "ShortQuantity"));
    put(fields, "rejected", values.number(line, "RejectedQuantity"));
    LocalDate delivered = values.date(line, "Delivery", "RequestedDeliveryPeriod", "EndDate");
    if (delivered != null) fields.put("delivery_date", delivered.toString());
    return fields;
  }

  static void put(Map<String, Object> fields, String name, @Nullable BigDecimal number) {
    if (number != null) fields.put(name, number);
  }
}
