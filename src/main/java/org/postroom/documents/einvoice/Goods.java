package org.postroom.documents.einvoice;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Adjustment;
import org.postroom.documents.Document.Line;
import org.postroom.documents.einvoice.Einvoice.Category;
import org.postroom.documents.einvoice.Einvoice.Extra;
import org.postroom.documents.einvoice.Einvoice.Item;

/** What is billed: lines, and allowances and charges on the whole document. */
final class Goods {
  private static final int PRICE_DIGITS = 10;

  private final Document document;
  private final Categories categories;
  private final Gaps gaps;
  private final List<String> remarks = new ArrayList<>();

  Goods(Document document, Categories categories, Gaps gaps) {
    this.document = document;
    this.categories = categories;
    this.gaps = gaps;
  }

  List<Item> items() {
    List<Item> items = new ArrayList<>();
    int position = 0;
    for (Line line : document.lines()) {
      position++;
      if (isRemark(line)) remarks.add(line.description());
      else items.add(item(line, position));
    }
    if (items.isEmpty()) gaps.tell("There are no lines; an e-invoice needs at least one.");
    return items;
  }

  /** What stood between the lines as mere text; known once the items are read. */
  List<String> remarks() {
    return remarks;
  }

  List<Extra> extras() {
    List<Extra> extras = new ArrayList<>();
    for (Adjustment each : document.adjustments()) {
      if (each.amount().signum() == 0) continue;
      boolean charge = each.amount().signum() > 0;
      String what = (charge ? "The charge “" : "The allowance “") + each.reason() + "”";
      extras.add(
          new Extra(
              charge,
              each.reason(),
              Cents.exact(each.amount().abs(), what, gaps),
              categories.of(null, each.taxRate(), what)));
    }
    return extras;
  }

  private static boolean isRemark(Line line) {
    return line.amount() == null && line.quantity() == null && line.unitPrice() == null;
  }

  private Item item(Line line, int position) {
    String id = line.id() == null ? String.valueOf(position) : line.id();
    String what = "Line " + id;
    Category category = categories.of(line.taxCategory(), line.taxRate(), what);
    BigDecimal amount =
        Cents.exact(
            gaps.need(line.amount(), BigDecimal.ZERO, what + " has no amount."),
            "The amount of line " + id,
            gaps);
    BigDecimal allowance =
        Cents.exact(Cents.orZero(line.discount()), "The discount of line " + id, gaps);
    BigDecimal charge = Cents.exact(charges(line), "The charges of line " + id, gaps);
    BigDecimal quantity = line.quantity() == null ? BigDecimal.ONE : line.quantity();
    BigDecimal price = price(line, quantity, amount.add(allowance).subtract(charge));
    if (price.signum() < 0) {
      // A price is never negative (BR-27): what is taken back is a negative quantity.
      price = price.negate();
      quantity = quantity.negate();
    }
    return new Item(
        id,
        line.description(),
        description(line),
        line.sku(),
        line.fields().get("buyer_sku") instanceof String sku ? sku : null,
        quantity,
        UnitCodes.of(line.unit()),
        price,
        line.priceQuantity(),
        allowance,
        charge,
        category,
        amount);
  }

  /** Without a price the one that makes the amount. */
  private static BigDecimal price(Line line, BigDecimal quantity, BigDecimal before) {
    if (line.unitPrice() != null) return line.unitPrice();
    if (quantity.signum() == 0) return BigDecimal.ZERO;
    BigDecimal per = line.priceQuantity() == null ? BigDecimal.ONE : line.priceQuantity();
    return before.multiply(per).divide(quantity, PRICE_DIGITS, RoundingMode.HALF_UP);
  }

  private static BigDecimal charges(Line line) {
    return line.fields().get("charges") instanceof BigDecimal charges ? charges : Cents.ZERO;
  }

  /** A unit without a code is told in words. */
  private static @Nullable String description(Line line) {
    List<String> parts = new ArrayList<>(line.details());
    if (UnitCodes.of(line.unit()).equals(UnitCodes.OTHER))
      parts.add("(" + Objects.requireNonNull(line.unit()) + ")");
    return parts.isEmpty() ? null : String.join("\n", parts);
  }
}
