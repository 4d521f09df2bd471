package org.postroom.documents.einvoice;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Printing;
import org.postroom.documents.intake.DocumentJson;
import tools.jackson.databind.json.JsonMapper;

/** Invoices of every sort, as an ERP puts them. */
final class Cases {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String BUYER =
      """
      "buyer": {"name": "Contoso Bakery Ltd.", "address": ["14 Mill Lane", "Dublin"], "country": "IE",
        "tax_id": "IE 6388047V", "email": "ap@contoso.example"}\
      """;
  private static final String HEAD =
      "\"issue_date\": \"2026-11-02\", \"due_date\": \"2026-12-02\", \"currency\": \"EUR\", ";

  private Cases() {}

  static Company acme() {
    return new Company(
        "com_1",
        "Acme Coffee GmbH",
        List.of("Speicherstadt 12", "20457 Hamburg", "Germany"),
        "DE",
        "EUR",
        Locale.ENGLISH,
        ZoneId.of("Europe/Berlin"),
        "hello@acme.example",
        "+49 40 123456-0",
        null,
        "DE 123 456 789",
        "HRB 112233",
        "Hanse Bank",
        "DE89 3704 0044 0532 0130 00",
        "COBADEFFXXX",
        "#0f766e",
        null,
        Company.Paper.A4);
  }

  static Printing printing(DocumentKind kind, String json) {
    return printing(DocumentJson.read(kind, "INV-1", JSON.readTree(json)));
  }

  static Printing printing(Document document) {
    return new Printing(document, List.of(), acme(), null, Locale.ENGLISH, null);
  }

  static Printing invoice(String json) {
    return printing(DocumentKind.INVOICE, json);
  }

  /** All that can be made. */
  static Map<String, Printing> good() {
    Map<String, Printing> good = new LinkedHashMap<>();
    good.put("one rate", invoice(oneRate()));
    good.put("no tax summary, no categories", invoice(plain()));
    good.put("several rates, allowance and charge", invoice(severalRates()));
    good.put("exempt with a reason", invoice(exempt()));
    good.put("reverse charge", invoice(zero("AE", "", "")));
    good.put(
        "within the EU",
        invoice(
            zero(
                "K",
                "",
                "\"delivery_date\": \"2026-11-01\", \"ship_to\": {\"name\": \"Dock\", \"country\": \"IE\"},")));
    good.put("export", invoice(zero("G", "", "")));
    good.put("zero rate", invoice(zero("Z", "", "")));
    good.put("outside the scope", invoice(zero("O", "Not subject to VAT", "")));
    good.put("prepaid and rounded", invoice(prepaid()));
    good.put("discounted line and price per hundred", invoice(discounts()));
    good.put("foreign currency", invoice(oneRate().replace("EUR", "USD")));
    good.put("without decimals", invoice(yen()));
    good.put("credit memo", printing(DocumentKind.CREDIT_MEMO, creditMemo()));
    good.put("something taken back", invoice(takenBack()));
    good.put("remarks, odd units, every script", invoice(odd()));
    good.put("tax office number only", german(oneRate()));
    good.put("rounded line by line", invoice(roundedByLine()));
    return good;
  }

  static String oneRate() {
    return """
    {%s %s,
     "lines": [{"description": "Rye flour", "sku": "R-1", "quantity": "25", "unit": "kg", "unit_price": "1.20", "tax_rate": "9.00", "amount": "30.00"}],
     "taxes": [{"name": "VAT", "category": "S", "rate": "9", "base": "30.00", "amount": "2.70"}],
     "totals": {"net": "30.00", "tax": "2.70", "gross": "32.70", "paid": "0.00", "due": "32.70"},
     "references": {"customer_order": "PO-4711", "contract": "C-1", "buyer_reference": "04011000-1234", "shipment": "S-9", "project": "P 7"},
     "payment": {"reference": "RF18 5390 0754 7034", "terms": "30 days net"},
     "notes": ["Thank you <very> much & see you"]}\
    """
        .formatted(HEAD, BUYER);
  }

  private static String plain() {
    return """
    {%s %s,
     "lines": [{"description": "Rye flour", "quantity": "25", "unit_price": "1.20", "tax_rate": "9", "amount": "30.00"},
       {"description": "Salt", "quantity": "1", "unit": "pcs", "amount": "2.00", "tax_rate": "19"}],
     "totals": {"net": "32.00", "tax": "3.08", "gross": "35.08", "due": "35.08"}}\
    """
        .formatted(HEAD, BUYER);
  }

  static String severalRates() {
    return """
    {%s %s,
     "lines": [
       {"description": "Coffee", "quantity": "100", "unit": "kg", "unit_price": "12.345", "tax_rate": "7", "amount": "1234.50"},
       {"description": "Grinder", "quantity": "2", "unit": "pcs", "unit_price": "300.00", "tax_rate": "19", "amount": "600.00"}],
     "adjustments": [{"reason": "Loyalty", "amount": "-34.50", "tax_rate": "7"}, {"reason": "Freight", "amount": "20.00", "tax_rate": "19"}],
     "taxes": [{"category": "S", "rate": "7", "base": "1200.00", "amount": "84.00"}, {"category": "S", "rate": "19", "base": "620.00", "amount": "117.80"}],
     "totals": {"lines": "1834.50", "net": "1820.00", "tax": "201.80", "gross": "2021.80", "due": "2021.80"}}\
    """
        .formatted(HEAD, BUYER);
  }

  static String exempt() {
    return """
    {%s %s,
     "lines": [{"description": "Training", "quantity": "8", "unit": "hours", "unit_price": "100.00", "tax_rate": "0", "tax_category": "E", "amount": "800.00"},
       {"description": "Book", "quantity": "1", "unit": "pcs", "unit_price": "10.00", "tax_rate": "7", "amount": "10.00"}],
     "taxes": [{"category": "E", "rate": "0", "base": "800.00", "amount": "0.00", "exemption": "Education, section 4 no. 21 UStG"},
       {"category": "S", "rate": "7", "base": "10.00", "amount": "0.70"}],
     "totals": {"net": "810.00", "tax": "0.70", "gross": "810.70", "due": "810.70"}}\
    """
        .formatted(HEAD, BUYER);
  }

  static String zero(String category, String reason, String more) {
    return """
    {%s %s %s,
     "lines": [{"description": "Roaster", "quantity": "1", "unit": "pcs", "unit_price": "9999.99", "tax_rate": "0", "amount": "9999.99"}],
     "taxes": [{"category": "%s", "rate": "0", "base": "9999.99", "amount": "0.00", "exemption": "%s"}],
     "totals": {"net": "9999.99", "tax": "0.00", "gross": "9999.99", "due": "9999.99"}}\
    """
        .formatted(HEAD, more, BUYER, category, reason)
        .replace("\"exemption\": \"\"", "\"exemption\": null");
  }

  static String prepaid() {
    return """
    {%s %s,
     "lines": [{"description": "Beans", "quantity": "3", "unit": "bags", "unit_price": "33.33", "tax_rate": "19", "amount": "99.99"}],
     "taxes": [{"category": "S", "rate": "19", "base": "99.99", "amount": "19.00"}],
     "totals": {"net": "99.99", "tax": "19.00", "gross": "118.99", "paid": "50.00", "rounding": "0.01", "due": "69.00"}}\
    """
        .formatted(HEAD, BUYER);
  }

  private static String discounts() {
    return """
    {%s %s,
     "lines": [
       {"description": "Cups", "quantity": "250", "unit": "Stk", "unit_price": "12.00", "price_quantity": "100", "discount": "3.00", "tax_rate": "19", "amount": "27.00"},
       {"description": "Lids", "quantity": "3", "unit": "boxes", "unit_price": "5.00", "tax_rate": "19", "amount": "16.50", "fields": {"charges": 1.50}}],
     "taxes": [{"rate": "19", "base": "43.50", "amount": "8.27"}],
     "totals": {"net": "43.50", "tax": "8.27", "gross": "51.77", "due": "51.77"}}\
    """
        .formatted(HEAD, BUYER);
  }

  private static String yen() {
    return """
    {%s %s,
     "lines": [{"description": "Tea", "quantity": "10", "unit": "kg", "unit_price": "1234", "tax_rate": "10", "amount": "12340"}],
     "taxes": [{"category": "S", "rate": "10", "base": "12340", "amount": "1234"}],
     "totals": {"net": "12340", "tax": "1234", "gross": "13574", "due": "13574"}}\
    """
        .formatted(HEAD.replace("EUR", "JPY"), BUYER);
  }

  private static String creditMemo() {
    return """
    {"issue_date": "2026-11-02", "currency": "EUR", %s,
     "lines": [{"description": "Rye flour, wet", "quantity": "5", "unit": "kg", "unit_price": "1.20", "tax_rate": "9.00", "amount": "6.00"}],
     "taxes": [{"category": "S", "rate": "9", "base": "6.00", "amount": "0.54"}],
     "totals": {"net": "6.00", "tax": "0.54", "gross": "6.54", "due": "6.54"},
     "references": {"invoice": "INV-0"}}\
    """
        .formatted(BUYER);
  }

  private static String takenBack() {
    return """
    {%s %s,
     "lines": [{"description": "Crate", "quantity": "10", "unit": "pcs", "unit_price": "5.00", "tax_rate": "19", "amount": "50.00"},
       {"description": "Crate returned", "quantity": "4", "unit": "pcs", "unit_price": "-5.00", "tax_rate": "19", "amount": "-20.00"}],
     "taxes": [{"category": "S", "rate": "19", "base": "30.00", "amount": "5.70"}],
     "totals": {"net": "30.00", "tax": "5.70", "gross": "35.70", "due": "35.70"}}\
    """
        .formatted(HEAD, BUYER);
  }

  private static String odd() {
    return """
    {%s %s,
     "lines": [{"description": "First delivery of the week"},
       {"description": "Καφές 漢字 \u0627\u0644\u0642\u0647\u0648\u0629 {title}", "details": ["line one", "line two"], "quantity": "1.5", "unit": "half barrel", "unit_price": "20.00", "tax_rate": "19", "amount": "30.00"}],
     "taxes": [{"category": "S", "rate": "19.0", "base": "30.00", "amount": "5.70"}],
     "totals": {"net": "30.00", "tax": "5.70", "gross": "35.70", "due": "35.70"},
     "fields": {"period_start": "2026-10-01", "period_end": "2026-10-31"}}\
    """
        .formatted(HEAD, BUYER);
  }

  /** 3 × 0.19 × 1.05 rounded each: 0.60, together 0.5985. */
  private static String roundedByLine() {
    return """
    {%s %s,
     "lines": [{"description": "A", "quantity": "1", "unit_price": "1.03", "tax_rate": "19", "amount": "1.03"},
       {"description": "B", "quantity": "1", "unit_price": "1.03", "tax_rate": "19", "amount": "1.03"},
       {"description": "C", "quantity": "1", "unit_price": "1.03", "tax_rate": "19", "amount": "1.03"}],
     "totals": {"net": "3.09", "tax": "0.60", "gross": "3.69", "due": "3.69"}}\
    """
        .formatted(HEAD, BUYER);
  }

  private static Printing german(String json) {
    String seller =
        "{\"seller\": {\"name\": \"Kleiner Laden\", \"country\": \"DE\", \"tax_id\": \"22/123/45678\", \"ids\": [\"HRB 5\"]}, ";
    return invoice(json.replaceFirst("\\{", seller));
  }

  /** The same JSON with one thing put in place of another; fails where that is not there. */
  static String changed(String json, String from, @Nullable String to) {
    if (!json.contains(from)) throw new AssertionError(from + " is not in " + json);
    return json.replace(from, to == null ? "" : to);
  }
}
