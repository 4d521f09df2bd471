package org.postroom.documents.einvoice;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Tax;
import org.postroom.documents.einvoice.Einvoice.Category;
import org.postroom.documents.einvoice.Einvoice.Extra;
import org.postroom.documents.einvoice.Einvoice.Item;
import org.postroom.documents.einvoice.Einvoice.TaxRow;

/** The tax summary: as the document gives it, else worked out from lines and adjustments. */
final class Taxation {
  private static final BigDecimal PERCENT = new BigDecimal("0.01");

  /** What needs a reason and has one that is always the same (VATEX, the EU's list of reasons). */
  private static final Map<String, String> REASONS =
      Map.of("AE", "VATEX-EU-AE", "K", "VATEX-EU-IC", "G", "VATEX-EU-G", "O", "VATEX-EU-O");

  private final Document document;
  private final Categories categories;
  private final Gaps gaps;

  Taxation(Document document, Categories categories, Gaps gaps) {
    this.document = document;
    this.categories = categories;
    this.gaps = gaps;
  }

  List<TaxRow> rows(List<Item> items, List<Extra> extras) {
    Map<Category, BigDecimal> bases = bases(items, extras);
    List<TaxRow> rows = document.taxes().isEmpty() ? reckoned(bases) : told(bases);
    if (rows.stream().anyMatch(row -> row.category().code().equals("O")) && rows.size() > 1)
      gaps.tell("What is outside the scope of VAT (O) cannot stand on one invoice with other tax.");
    return rows;
  }

  private static Map<Category, BigDecimal> bases(List<Item> items, List<Extra> extras) {
    Map<Category, BigDecimal> bases = new LinkedHashMap<>();
    items.forEach(item -> bases.merge(item.category(), item.amount(), BigDecimal::add));
    extras.forEach(extra ->
        bases.merge(
            extra.category(),
            extra.charge() ? extra.amount() : extra.amount().negate(),
            BigDecimal::add));
    return bases;
  }

  private List<TaxRow> told(Map<Category, BigDecimal> bases) {
    Map<Category, TaxRow> rows = new LinkedHashMap<>();
    int position = 0;
    for (Tax tax : document.taxes()) {
      TaxRow row = row(tax, "Row " + ++position + " of the tax summary", bases);
      rows.merge(row.category(), row, Taxation::together);
    }
    rows.values().forEach(row -> check(row, bases.getOrDefault(row.category(), Cents.ZERO)));
    for (Category category : bases.keySet())
      if (!rows.containsKey(category))
        gaps.tell("The tax summary has no row for " + words(category) + ", which lines name.");
    return List.copyOf(rows.values());
  }

  private TaxRow row(Tax tax, String what, Map<Category, BigDecimal> bases) {
    Category category = categories.of(tax.category(), tax.rate(), what);
    BigDecimal base = tax.base();
    if (base == null) base = bases.getOrDefault(category, Cents.ZERO);
    return row(
        category,
        Cents.exact(base, "The base of " + what, gaps),
        Cents.exact(tax.amount(), "The amount of " + what, gaps),
        tax.exemption());
  }

  private TaxRow row(
      Category category, BigDecimal base, BigDecimal amount, @Nullable String reason) {
    boolean coded = reason != null && reason.matches("(?i)VATEX-[A-Z0-9-]+");
    String code =
        coded
            ? String.valueOf(reason).toUpperCase(java.util.Locale.ROOT)
            : REASONS.get(category.code());
    if (category.code().equals("E") && reason == null)
      gaps.tell(
          "Exempt from VAT (E) needs the reason: taxes[].exemption, in words or as a VATEX code.");
    boolean explained = code != null || category.code().equals("E");
    return new TaxRow(category, base, amount, coded || !explained ? null : reason, code);
  }

  private static TaxRow together(TaxRow one, TaxRow other) {
    return new TaxRow(
        one.category(),
        one.base().add(other.base()),
        one.amount().add(other.amount()),
        one.reason() == null ? other.reason() : one.reason(),
        one.reasonCode());
  }

  /** Rounding line by line is fine for taxed rows; the others must fit to the cent (BR-E-08 …). */
  private void check(TaxRow row, BigDecimal base) {
    Category category = row.category();
    BigDecimal rounding = Cents.ONE.multiply(BigDecimal.valueOf(document.lines().size() + 1L));
    BigDecimal loose = rounding.min(new BigDecimal("0.99"));
    if (!Cents.within(row.base(), base, Categories.isRated(category.code()) ? loose : Cents.ZERO))
      gaps.tell(
          "Lines taxed at "
              + words(category)
              + " make "
              + base.toPlainString()
              + ", the tax summary says "
              + row.base().toPlainString()
              + ".");
    BigDecimal tax = tax(category, row.base());
    if (!Cents.within(row.amount(), tax, loose))
      gaps.tell(
          words(category)
              + " of "
              + row.base().toPlainString()
              + " is "
              + tax.toPlainString()
              + ", the tax summary says "
              + row.amount().toPlainString()
              + ".");
  }

  /** One rate: the document's own tax, where rounding explains it; several: reckoned. */
  private List<TaxRow> reckoned(Map<Category, BigDecimal> bases) {
    BigDecimal said = document.totals() == null ? null : document.totals().tax();
    List<TaxRow> rows = new ArrayList<>();
    bases.forEach((category, base) -> {
      BigDecimal tax = tax(category, base);
      rows.add(row(category, base, tax, null));
    });
    if (said == null || rows.size() != 1) return rows;
    TaxRow only = rows.getFirst();
    TaxRow as = row(only.category(), only.base(), Cents.exact(said, "The tax", gaps), null);
    check(as, as.base());
    return List.of(as);
  }

  private static BigDecimal tax(Category category, BigDecimal base) {
    BigDecimal rate = Cents.orZero(category.rate());
    return base.multiply(rate).multiply(PERCENT).setScale(2, RoundingMode.HALF_UP);
  }

  private static String words(Category category) {
    BigDecimal rate = category.rate();
    return category.code() + (rate == null ? "" : " " + rate.toPlainString() + " %");
  }
}
