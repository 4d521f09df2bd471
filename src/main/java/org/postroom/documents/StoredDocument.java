package org.postroom.documents;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document.Totals;
import org.postroom.documents.intake.DocumentJson;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document with what Postroom knows about it. In lists without lines and payments.
 *
 * @param id {@code doc_…}, in the order of arrival
 * @param version 1, and one more with each change of the document
 * @param amountDue still to be paid after the payments told; negative when overpaid; null where the
 *     document says nothing about money
 * @param partnerKnown false where the document names a partner that does not exist (yet)
 * @param pdfPages pages of the PDF the ERP made itself, null where there is none
 */
public record StoredDocument(
    String id,
    Document document,
    long version,
    @Nullable BigDecimal amountDue,
    List<Payment> payments,
    @Nullable Integer pdfPages,
    boolean partnerKnown,
    Instant createdAt,
    Instant updatedAt) {

  public StoredDocument {
    payments = List.copyOf(payments);
  }

  /** What is still to be paid, for people; null where the document says nothing about money. */
  public @Nullable Money due() {
    return amountDue == null ? null : new Money(amountDue, document.currency());
  }

  /** What the document is about in money, for people: its gross sum, else what is due. */
  public @Nullable Money gross() {
    Totals totals = document.totals();
    BigDecimal sum = totals == null ? null : totals.gross();
    BigDecimal shown = sum == null ? amountDue : sum;
    return shown == null ? null : new Money(shown, document.currency());
  }

  /** An amount in the document's currency, for people. */
  public @Nullable Money amount(@Nullable BigDecimal amount) {
    return amount == null ? null : new Money(amount, document.currency());
  }

  /** The document's own warnings, then what its partner and payments give rise to. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(document.warnings());
    if (!partnerKnown)
      warnings.add("Partner “" + document.partner() + "” is not known; put it under /partners.");
    BigDecimal told = document.amountDue();
    boolean overpaid = amountDue != null && amountDue.signum() < 0 && since().signum() > 0;
    if (overpaid && told != null && amountDue != null)
      warnings.add(
          "Overpaid: "
              + money(told)
              + " was due, the payments told exceed it by "
              + money(amountDue.negate())
              + ".");
    return warnings;
  }

  /** The document's sums with the payments told since: {@code paid} and {@code due} as of now. */
  public @Nullable Totals totals() {
    Totals totals = document.totals();
    if (totals == null || since().signum() == 0) return totals;
    return new Totals(
        totals.lines(),
        totals.net(),
        totals.tax(),
        totals.gross(),
        Sums.paid(totals).add(since()),
        totals.rounding(),
        amountDue);
  }

  /** What was paid on top of what the document itself says. */
  private BigDecimal since() {
    BigDecimal told = document.amountDue();
    return told == null || amountDue == null ? BigDecimal.ZERO : told.subtract(amountDue);
  }

  private String money(BigDecimal amount) {
    return amount.toPlainString() + " " + document.currency();
  }

  /**
   * The document's own shape, with the sums as of now, plus {@code id, version, amount_due,
   * payments, pdf_pages, created_at, updated_at}.
   */
  public ObjectNode json() {
    ObjectNode out = DocumentJson.write(document);
    ObjectNode totals = DocumentJson.write(totals());
    if (totals != null) out.set("totals", totals);
    ArrayNode warnings = out.putArray("warnings");
    warnings().forEach(warnings::add);
    out.put("id", id);
    out.put("version", version);
    out.put("amount_due", amountDue == null ? null : amountDue.toPlainString());
    ArrayNode told = out.putArray("payments");
    payments.forEach(payment -> told.add(payment.json()));
    out.put("pdf_pages", pdfPages);
    out.put("created_at", createdAt.toString());
    out.put("updated_at", updatedAt.toString());
    return out;
  }

  /** For lists: without lines, ledger and payments. */
  public ObjectNode summary() {
    ObjectNode out = json();
    out.remove(List.of("lines", "ledger", "payments", "pdf_pages"));
    return out;
  }

  /** The document as it stands today: with the payments told since. */
  public Document current() {
    return document.with(totals());
  }
}
