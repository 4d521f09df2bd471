package org.postroom.documents.einvoice;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Layouts;
import org.postroom.documents.Printing;
import org.postroom.documents.einvoice.Einvoice.Extra;
import org.postroom.documents.einvoice.Einvoice.Figures;
import org.postroom.documents.einvoice.Einvoice.Item;
import org.postroom.documents.einvoice.Einvoice.Payment;
import org.postroom.documents.einvoice.Einvoice.Period;
import org.postroom.documents.einvoice.Einvoice.TaxRow;
import org.postroom.documents.einvoice.Einvoice.Trader;

/** From a document to EN 16931, and everything that is missing on the way. */
final class Reading {
  /** Kinds of invoices that may name themselves: partial, corrected, self-billed, prepayment … */
  private static final Set<String> INVOICE_CODES =
      Set.of("326", "384", "386", "389", "875", "876", "877");

  private static final Map<String, String> MEANS =
      Map.of(
          "cash", "10",
          "cheque", "20",
          "card", "48",
          "credit card", "54",
          "debit card", "55",
          "direct debit", "49",
          "sepa direct debit", "59",
          "standing agreement", "57",
          "clearing between partners", "97");

  private final Printing printing;
  private final Document document;
  private final Company company;
  private final Gaps gaps = new Gaps();

  Reading(Printing printing) {
    this.printing = printing;
    this.document = printing.document();
    this.company = printing.company();
  }

  /** What is missing or contradicts itself; empty where the invoice can be made. */
  List<String> gaps() {
    return gaps.sentences();
  }

  Einvoice read() {
    Categories categories = new Categories(document.taxes(), gaps);
    Goods goods = new Goods(document, categories, gaps);
    Traders traders = new Traders(document, company, printing.partner(), gaps);
    List<Item> items = goods.items();
    List<Extra> extras = goods.extras();
    List<TaxRow> taxes = new Taxation(document, categories, gaps).rows(items, extras);
    Figures figures = new Adding(document, gaps).figures(items, extras, taxes);
    Trader seller = traders.seller();
    Trader buyer = traders.buyer();
    Trader shipTo = traders.shipTo();
    Period period = period();
    boolean outside = names(taxes, "O");
    checkTax(taxes, seller, buyer);
    if (names(taxes, "K")) checkWithinUnion(shipTo, period);
    checkNames();
    List<String> notes = new ArrayList<>(document.notes());
    notes.addAll(goods.remarks());
    return new Einvoice(
        document.number(),
        typeCode(),
        gaps.need(document.issueDate(), LocalDate.EPOCH, "The issue_date is missing."),
        document.currency(),
        notes,
        outside ? seller.withoutVatId() : seller,
        outside ? buyer.withoutVatId() : buyer,
        shipTo,
        document.deliveryDate(),
        period,
        document.references(),
        items,
        extras,
        taxes,
        figures,
        payment(figures.due()));
  }

  private static boolean names(List<TaxRow> taxes, String code) {
    return taxes.stream().anyMatch(row -> row.category().code().equals(code));
  }

  private void checkTax(List<TaxRow> taxes, Trader seller, Trader buyer) {
    boolean anonymous = seller.vatId() == null && seller.taxNumber() == null;
    boolean taxed = !names(taxes, "O");
    if (anonymous && taxed)
      gaps.tell(
          "The seller’s VAT number is missing: enter it under Company and branding, or give"
              + " seller.tax_id.");
    for (String code : List.of("AE", "K"))
      if (names(taxes, code) && buyer.vatId() == null)
        gaps.tell(
            (code.equals("AE") ? "Reverse charge (AE)" : "Supply within the EU (K)")
                + " needs the buyer’s VAT number (buyer.tax_id, with the country’s letters).");
    for (String code : List.of("AE", "K", "G"))
      if (names(taxes, code) && seller.vatId() == null && !anonymous)
        gaps.tell(
            "Tax category " + code + " needs the seller’s VAT number with the country’s letters.");
    boolean named = taxed && seller.vatId() != null;
    if (!(anonymous && taxed) && !named && seller.registration() == null && seller.id() == null)
      gaps.tell(
          "Nothing identifies the seller (BR-CO-26): a VAT number with the country’s letters, an"
              + " entry under Registration of the company, or one of seller.ids.");
  }

  private void checkWithinUnion(@Nullable Trader shipTo, @Nullable Period period) {
    if (document.deliveryDate() == null && period == null)
      gaps.tell("Supply within the EU (K) needs the delivery_date.");
    if (shipTo == null)
      gaps.tell("Supply within the EU (K) needs the country it went to (ship_to.country).");
  }

  private void checkNames() {
    if (document.currency().equals("XXX")) gaps.tell("The currency is missing.");
  }

  private String typeCode() {
    if (document.kind() == DocumentKind.CREDIT_MEMO) return "381";
    Object own = document.fields().get("type_code");
    return own instanceof String code && INVOICE_CODES.contains(code) ? code : "380";
  }

  private @Nullable Period period() {
    LocalDate start = date("period_start");
    LocalDate end = date("period_end");
    if (start == null && end == null) return null;
    boolean backwards = start != null && end != null && end.isBefore(start);
    return backwards ? null : new Period(start, end);
  }

  private @Nullable LocalDate date(String field) {
    try {
      return document.fields().get(field) instanceof String text ? LocalDate.parse(text) : null;
    } catch (DateTimeException notOne) {
      return null;
    }
  }

  private Payment payment(BigDecimal due) {
    PaymentTerms said = document.payment();
    boolean invoice = document.kind() == DocumentKind.INVOICE;
    String iban = said.iban() == null && invoice ? company.iban() : said.iban();
    if (iban != null) iban = iban.replaceAll("[\\s\u00a0]", "");
    Object account = iban == null ? document.fields().get("bank_account") : null;
    String terms = said.terms();
    // A credit note asks for nothing, but the standard wants words where an amount is open.
    if (terms == null && document.dueDate() == null && !invoice)
      terms = Layouts.kindLabel(document.kind(), printing.language());
    if (due.signum() > 0 && terms == null && document.dueDate() == null)
      gaps.tell("Until when to pay is missing: a due_date or payment terms (payment.terms).");
    return new Payment(
        means(said, iban),
        iban,
        account instanceof String text ? text : null,
        said.accountName(),
        said.bic() == null && said.iban() == null && invoice ? company.bic() : said.bic(),
        said.reference(),
        document.fields().get("payee") instanceof String payee ? payee : null,
        terms,
        document.dueDate());
  }

  private @Nullable String means(PaymentTerms said, @Nullable String iban) {
    String word = said.means() == null ? "" : said.means().toLowerCase(java.util.Locale.ROOT);
    String code = MEANS.get(word);
    if (code != null) return code;
    boolean account = iban != null || document.fields().containsKey("bank_account");
    if (!account) return null;
    return iban != null && document.currency().equals("EUR") ? "58" : "30";
  }
}
