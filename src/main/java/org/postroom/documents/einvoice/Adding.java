package org.postroom.documents.einvoice;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Totals;
import org.postroom.documents.einvoice.Einvoice.Extra;
import org.postroom.documents.einvoice.Einvoice.Figures;
import org.postroom.documents.einvoice.Einvoice.Item;
import org.postroom.documents.einvoice.Einvoice.TaxRow;

/** The sums: worked out from their parts, and equal to what the document says (BR-CO-10 to 16). */
final class Adding {
  private static final Totals UNSAID = new Totals(null, null, null, null, null, null, null);
  private final Document document;
  private final Gaps gaps;

  Adding(Document document, Gaps gaps) {
    this.document = document;
    this.gaps = gaps;
  }

  Figures figures(List<Item> items, List<Extra> extras, List<TaxRow> taxes) {
    Totals said = document.totals() == null ? UNSAID : document.totals();
    BigDecimal lines = items.stream().map(Item::amount).reduce(Cents.ZERO, BigDecimal::add);
    BigDecimal allowances = sum(extras, false);
    BigDecimal charges = sum(extras, true);
    BigDecimal net = lines.subtract(allowances).add(charges);
    BigDecimal tax = taxes.stream().map(TaxRow::amount).reduce(Cents.ZERO, BigDecimal::add);
    BigDecimal gross = net.add(tax);
    BigDecimal paid = Cents.exact(Cents.orZero(said.paid()), "What is paid", gaps);
    BigDecimal rounding = Cents.exact(Cents.orZero(said.rounding()), "The rounding", gaps);
    BigDecimal due = gross.subtract(paid).add(rounding);
    agree("The lines add up to", lines, said.lines(), "lines");
    agree("Lines, allowances and charges add up to", net, said.net(), "net");
    agree("The tax summary adds up to", tax, said.tax(), "tax");
    // Some count the rounding into gross already (UBL 2.0); what is due is the same.
    boolean counted = said.gross() != null && Cents.same(gross.add(rounding), said.gross());
    if (!counted) agree("Net and tax make", gross, said.gross(), "gross");
    agree("Gross less paid makes", due, said.due(), "due");
    if (gross.signum() < 0 && document.kind() == org.postroom.documents.DocumentKind.CREDIT_MEMO)
      gaps.tell(
          "The credit memo’s total is negative: what is credited stands as positive amounts.");
    return new Figures(lines, allowances, charges, net, tax, gross, paid, rounding, due);
  }

  private void agree(String sentence, BigDecimal makes, @Nullable BigDecimal said, String where) {
    if (said == null || Cents.same(makes, said)) return;
    gaps.tell(
        sentence
            + " "
            + makes.toPlainString()
            + ", the document says "
            + said.toPlainString()
            + " (totals."
            + where
            + ").");
  }

  private static BigDecimal sum(List<Extra> extras, boolean charges) {
    return extras.stream()
        .filter(extra -> extra.charge() == charges)
        .map(Extra::amount)
        .reduce(Cents.ZERO, BigDecimal::add);
  }
}
