package org.postroom.documents;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A business document as its sender's ERP tells it. Amounts are exact, in {@code currency}, and
 * stand as the ERP gave them: Postroom checks sums and keeps {@link #warnings}, it never corrects.
 *
 * @param number the ERP's own number, unique per company and kind
 * @param partner ref of the customer or vendor, null while nobody is named
 * @param currency ISO 4217
 * @param language BCP 47 for the PDF, null: the partner's, then the company's
 * @param seller as printed; null: the company
 * @param buyer the other party of an order or invoice
 * @param billTo where the bill goes; null: the buyer
 * @param shipTo where the goods go
 * @param contact person the document is addressed to
 * @param shipmentEmails who wants to hear about shipments (copied from the partner, then the
 *     document's)
 * @param adjustments allowances and charges on the whole document
 * @param references other numbers: {@code order}, {@code customer_order}, {@code contract}, {@code
 *     shipment}, {@code invoice}, {@code tracking}, {@code carrier}, {@code buyer_reference}, …
 * @param fields the ERP's own fields, kept and usable in templates
 * @param ledger what a statement lists by currency; null for all other kinds, and for statements
 *     that list their items as lines
 * @param warnings what does not add up, for people
 */
public record Document(
    DocumentKind kind,
    String number,
    @Nullable String partner,
    @Nullable LocalDate issueDate,
    @Nullable LocalDate dueDate,
    @Nullable LocalDate deliveryDate,
    String currency,
    @Nullable String language,
    @Nullable Party seller,
    @Nullable Party buyer,
    @Nullable Party billTo,
    @Nullable Party shipTo,
    @Nullable Contact contact,
    List<String> shipmentEmails,
    List<Line> lines,
    List<Adjustment> adjustments,
    List<Tax> taxes,
    @Nullable Totals totals,
    PaymentTerms payment,
    Map<String, String> references,
    List<String> notes,
    Map<String, Object> fields,
    @Nullable Ledger ledger,
    List<String> warnings) {

  public Document {
    shipmentEmails = List.copyOf(shipmentEmails);
    lines = List.copyOf(lines);
    adjustments = List.copyOf(adjustments);
    taxes = List.copyOf(taxes);
    references = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(references));
    notes = List.copyOf(notes);
    fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    warnings = List.copyOf(warnings);
  }

  /**
   * A firm or person on a document.
   *
   * @param address lines as printed, without name
   * @param country ISO 3166-1 alpha-2
   * @param ids other ids, such as a GLN, as printed
   */
  public record Party(
      @Nullable String name,
      List<String> address,
      @Nullable String country,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String taxId,
      List<String> ids) {
    public Party {
      address = List.copyOf(address);
      ids = List.copyOf(ids);
    }
  }

  public record Contact(@Nullable String name, @Nullable String email, @Nullable String phone) {}

  /**
   * One line.
   *
   * @param id position as printed
   * @param sku the seller's item number
   * @param details further text below the description
   * @param unit as printed: "kg", "pcs"
   * @param unitPrice price of {@code priceQuantity} units (1 when null)
   * @param discount amount taken off this line, positive, already within {@code amount}
   * @param taxRate percent
   * @param amount of the line, net
   * @param date of the line, on statements: the date of the open document
   */
  public record Line(
      @Nullable String id,
      @Nullable String sku,
      String description,
      List<String> details,
      @Nullable BigDecimal quantity,
      @Nullable String unit,
      @Nullable BigDecimal unitPrice,
      @Nullable BigDecimal priceQuantity,
      @Nullable BigDecimal discount,
      @Nullable BigDecimal taxRate,
      @Nullable String taxCategory,
      @Nullable BigDecimal amount,
      @Nullable LocalDate date,
      Map<String, Object> fields) {
    public Line {
      details = List.copyOf(details);
      fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /** An allowance (negative amount) or charge (positive amount) on the whole document. */
  public record Adjustment(String reason, BigDecimal amount, @Nullable BigDecimal taxRate) {}

  /**
   * One row of the tax summary.
   *
   * @param category UNCL 5305 code such as {@code S}, {@code Z}, {@code E}, {@code AE}
   */
  public record Tax(
      @Nullable String name,
      @Nullable String category,
      @Nullable BigDecimal rate,
      @Nullable BigDecimal base,
      BigDecimal amount,
      @Nullable String exemption) {}

  /**
   * Sums as the ERP gave them.
   *
   * @param net without tax
   * @param gross with tax
   * @param paid already paid
   * @param due what is to be paid
   */
  public record Totals(
      @Nullable BigDecimal lines,
      @Nullable BigDecimal net,
      @Nullable BigDecimal tax,
      @Nullable BigDecimal gross,
      @Nullable BigDecimal paid,
      @Nullable BigDecimal rounding,
      @Nullable BigDecimal due) {}

  /**
   * How and when to pay; any part may be missing, then the company's bank details serve.
   *
   * @param reference what the payer should quote
   */
  public record PaymentTerms(
      @Nullable String terms,
      @Nullable String iban,
      @Nullable String bic,
      @Nullable String bank,
      @Nullable String accountName,
      @Nullable String reference,
      @Nullable String means) {
    public static final PaymentTerms NONE =
        new PaymentTerms(null, null, null, null, null, null, null);
  }

  /** What is still to be paid: due, else gross, else null. */
  public @Nullable BigDecimal amountDue() {
    if (totals == null) return null;
    return totals.due() != null ? totals.due() : totals.gross();
  }

  /**
   * Who the document goes to: for what we send to a vendor the seller; else bill-to where there is
   * one, else the buyer.
   */
  public @Nullable Party addressee() {
    if (kind.toVendor() && seller != null) return seller;
    return billTo != null && billTo.name() != null ? billTo : buyer;
  }

  /** The same document with other sums. */
  public Document with(@Nullable Totals sums) {
    return changed(partner, sums, warnings);
  }

  /** The same document for another partner. */
  public Document withPartner(@Nullable String ref) {
    return changed(ref, totals, warnings);
  }

  /** The same document with further warnings. */
  public Document plusWarnings(List<String> further) {
    List<String> all = new java.util.ArrayList<>(warnings);
    all.addAll(further);
    return changed(partner, totals, all);
  }

  private Document changed(@Nullable String ref, @Nullable Totals sums, List<String> told) {
    return new Document(
        kind,
        number,
        ref,
        issueDate,
        dueDate,
        deliveryDate,
        currency,
        language,
        seller,
        buyer,
        billTo,
        shipTo,
        contact,
        shipmentEmails,
        lines,
        adjustments,
        taxes,
        sums,
        payment,
        references,
        notes,
        fields,
        ledger,
        told);
  }
}
