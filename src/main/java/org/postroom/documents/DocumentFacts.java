package org.postroom.documents;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.documents.Document.Totals;

/** The part {@code document} of the model. */
final class DocumentFacts {
  private static final Totals NO_TOTALS = new Totals(null, null, null, null, null, null, null);
  private final StoredDocument stored;
  private final Document document;
  private final Company company;
  private final Locale language;

  DocumentFacts(StoredDocument stored, Company company, Locale language) {
    this.stored = stored;
    this.document = stored.document();
    this.company = company;
    this.language = language;
  }

  Map<String, Object> of(LocalDate today) {
    Facts facts = new Facts();
    head(facts, today);
    sums(facts);
    parties(facts);
    facts.list("lines", document.lines(), DocumentFacts::line);
    facts.list("taxes", document.taxes(), DocumentFacts::tax);
    facts.list("adjustments", document.adjustments(), DocumentFacts::adjustment);
    facts.put("payment", payment());
    facts.list("payments", stored.payments(), DocumentFacts::payment);
    facts.put("notes", document.notes());
    facts.put("references", document.references());
    facts.put("fields", document.fields());
    return facts.map();
  }

  private void head(Facts facts, LocalDate today) {
    LocalDate due = document.dueDate();
    facts
        .put("kind", document.kind().word())
        .put("kind_label", Layouts.kindLabel(document.kind(), language))
        .put("number", document.number())
        .put("currency", document.currency())
        .put("language", language.toLanguageTag())
        .put("issue_date", document.issueDate())
        .put("due_date", due)
        .put("delivery_date", document.deliveryDate())
        .put("days_overdue", due == null ? null : Math.max(0, ChronoUnit.DAYS.between(due, today)));
  }

  private void sums(Facts facts) {
    Totals totals = Objects.requireNonNullElse(stored.totals(), NO_TOTALS);
    facts
        .put("lines_total", totals.lines())
        .put("net", totals.net())
        .put("tax", totals.tax())
        .put("gross", totals.gross())
        .put("paid", totals.paid())
        .put("rounding", totals.rounding())
        .put("due", stored.amountDue());
  }

  private void parties(Facts facts) {
    facts
        .group("seller", document.seller(), DocumentFacts::party)
        .group("buyer", document.buyer(), DocumentFacts::party)
        .group("bill_to", document.billTo(), DocumentFacts::party)
        .group("ship_to", document.shipTo(), DocumentFacts::party);
  }

  private static Map<String, Object> party(Document.Party party) {
    return new Facts()
        .put("name", party.name())
        .put("address", party.address())
        .put("country", party.country())
        .put("email", party.email())
        .put("phone", party.phone())
        .put("tax_id", party.taxId())
        .put("ids", party.ids())
        .map();
  }

  private static Map<String, Object> line(Document.Line line) {
    return new Facts()
        .put("id", line.id())
        .put("sku", line.sku())
        .put("description", line.description())
        .put("details", line.details())
        .put("quantity", line.quantity())
        .put("unit", line.unit())
        .put("unit_price", line.unitPrice())
        .put("price_quantity", line.priceQuantity())
        .put("discount", line.discount())
        .put("tax_rate", line.taxRate())
        .put("tax_category", line.taxCategory())
        .put("amount", line.amount())
        .put("date", line.date())
        .put("fields", line.fields())
        .map();
  }

  private static Map<String, Object> tax(Document.Tax tax) {
    return new Facts()
        .put("name", tax.name())
        .put("category", tax.category())
        .put("rate", tax.rate())
        .put("base", tax.base())
        .put("amount", tax.amount())
        .put("exemption", tax.exemption())
        .map();
  }

  private static Map<String, Object> adjustment(Document.Adjustment adjustment) {
    return new Facts()
        .put("reason", adjustment.reason())
        .put("amount", adjustment.amount())
        .put("tax_rate", adjustment.taxRate())
        .map();
  }

  /**
   * The document's own account, whole; else the company's, where it is the company that is paid.
   */
  private Map<String, Object> payment() {
    PaymentTerms terms = document.payment();
    boolean ours = terms.iban() == null && !document.kind().toVendor();
    return new Facts()
        .put("terms", terms.terms())
        .put("iban", ours ? company.iban() : terms.iban())
        .put("bic", ours ? company.bic() : terms.bic())
        .put("bank", ours ? company.bankName() : terms.bank())
        .put("account_name", accountName(ours))
        .put("reference", Objects.requireNonNullElse(terms.reference(), document.number()))
        .put("means", terms.means())
        .map();
  }

  private @Nullable String accountName(boolean ours) {
    String own = document.payment().accountName();
    if (own != null || !ours) return own;
    Document.Party seller = document.seller();
    return seller != null && seller.name() != null ? seller.name() : company.name();
  }

  private static Map<String, Object> payment(Payment payment) {
    return new Facts()
        .put("reference", payment.reference())
        .put("amount", payment.amount())
        .put("date", payment.date())
        .map();
  }
}
