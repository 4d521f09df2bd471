package org.postroom.documents.einvoice;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An invoice or credit note as EN 16931 sees it: complete, and adding up to the cent. BT and BG are
 * the numbers of the standard's terms.
 *
 * @param typeCode UNTDID 1001 (BT-3): 380 invoice, 381 credit note, …
 * @param period first and last day it bills (BG-14), null where it names none
 * @param references as in the document: {@code order}, {@code contract}, …
 */
record Einvoice(
    String number,
    String typeCode,
    LocalDate issueDate,
    String currency,
    List<String> notes,
    Trader seller,
    Trader buyer,
    @Nullable Trader shipTo,
    @Nullable LocalDate delivered,
    @Nullable Period period,
    Map<String, String> references,
    List<Item> items,
    List<Extra> extras,
    List<TaxRow> taxes,
    Figures figures,
    Payment payment) {

  /**
   * A party (BG-4, BG-7, BG-13).
   *
   * @param vatId with the country's prefix (BT-31, BT-48)
   * @param taxNumber of a tax office, without prefix (BT-32)
   */
  record Trader(
      String name,
      List<String> street,
      @Nullable String postcode,
      @Nullable String city,
      String country,
      @Nullable String vatId,
      @Nullable String taxNumber,
      @Nullable String registration,
      @Nullable String id,
      @Nullable String contact,
      @Nullable String phone,
      @Nullable String email) {

    /** Where VAT does not apply at all no VAT numbers may stand (BR-O-02). */
    Trader withoutVatId() {
      return new Trader(
          name,
          street,
          postcode,
          city,
          country,
          null,
          taxNumber,
          registration,
          id,
          contact,
          phone,
          email);
    }
  }

  record Period(@Nullable LocalDate start, @Nullable LocalDate end) {}

  /**
   * How something is taxed.
   *
   * @param code S, Z, E, AE, K, G, O, L or M (UNTDID 5305)
   * @param rate percent; null only for O
   */
  record Category(String code, @Nullable BigDecimal rate) {}

  /**
   * A line (BG-25).
   *
   * @param price of {@code priceQuantity} units, never negative
   * @param allowance and {@code charge}: positive, within {@code amount}; zero where there is none
   */
  record Item(
      String id,
      String name,
      @Nullable String description,
      @Nullable String sku,
      @Nullable String buyerSku,
      BigDecimal quantity,
      String unit,
      BigDecimal price,
      @Nullable BigDecimal priceQuantity,
      BigDecimal allowance,
      BigDecimal charge,
      Category category,
      BigDecimal amount) {}

  /** An allowance or charge on the whole document (BG-20, BG-21); the amount is positive. */
  record Extra(boolean charge, String reason, BigDecimal amount, Category category) {}

  /** A row of the tax summary (BG-23). */
  record TaxRow(
      Category category,
      BigDecimal base,
      BigDecimal amount,
      @Nullable String reason,
      @Nullable String reasonCode) {}

  /** The sums (BG-22). */
  record Figures(
      BigDecimal lines,
      BigDecimal allowances,
      BigDecimal charges,
      BigDecimal net,
      BigDecimal tax,
      BigDecimal gross,
      BigDecimal paid,
      BigDecimal rounding,
      BigDecimal due) {}

  /**
   * How and until when to pay (BG-16, BT-9, BT-20).
   *
   * @param means UNTDID 4461, null: not said
   * @param account an account that is no IBAN
   */
  record Payment(
      @Nullable String means,
      @Nullable String iban,
      @Nullable String account,
      @Nullable String accountName,
      @Nullable String bic,
      @Nullable String reference,
      @Nullable String payee,
      @Nullable String terms,
      @Nullable LocalDate dueDate) {}
}
