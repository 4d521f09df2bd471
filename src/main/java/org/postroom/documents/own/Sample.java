package org.postroom.documents.own;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Contact;
import org.postroom.documents.Document.Line;
import org.postroom.documents.Document.Party;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.documents.Document.Tax;
import org.postroom.documents.Document.Totals;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Ledger;
import org.postroom.documents.Payment;
import org.postroom.documents.Printing;

/** A made-up document of each kind, to try a layout on before there is a real one. */
public final class Sample {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 2);
  private static final BigDecimal RATE = new BigDecimal("19");
  private static final String[] GOODS = {
    "Espresso blend, whole beans",
    "Filter roast Yirgacheffe, with notes of lemon and bergamot, washed, harvest of this spring",
    "Decaf, Swiss water process",
    "Barista course for two",
    "Grinder burrs, 64 mm"
  };

  private Sample() {}

  /** Of twelve lines, half paid, on paper of the company. */
  public static Printing of(DocumentKind kind, Company company, Locale language) {
    return of(kind, company, language, 12);
  }

  static Printing of(DocumentKind kind, Company company, Locale language, int lines) {
    Document document = document(kind, company.currency(), lines);
    Totals totals = document.totals();
    BigDecimal paid = totals == null || totals.paid() == null ? BigDecimal.ZERO : totals.paid();
    Instant told = DAY.plusDays(10).atStartOfDay().toInstant(ZoneOffset.UTC);
    List<Payment> payments =
        paid.signum() == 0
            ? List.of()
            : List.of(new Payment("BANK-4711", paid, DAY.plusDays(10), true, told));
    return new Printing(document, payments, company, null, language, null);
  }

  private static Document document(DocumentKind kind, String currency, int count) {
    List<Line> lines = lines(count);
    BigDecimal net =
        lines.stream()
            .map(Line::amount)
            .map(Sample::figure)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    Map<String, String> references = new LinkedHashMap<>();
    references.put("customer_order", "PO-88123");
    references.put("order", "SO-2026-0288");
    return new Document(
        kind,
        "SAMPLE-1",
        "contoso",
        DAY,
        DAY.plusDays(30),
        DAY.minusDays(3),
        currency,
        null,
        kind.toVendor() ? party("Northwind Traders", "9 Harbour Road", "GB") : null,
        party("Contoso Bakery", "14 Mill Lane", "IE"),
        party("Contoso Bakery", "14 Mill Lane", "IE"),
        party("Contoso Bakery, Dock 3", "Quay Street 7", "IE"),
        new Contact("Anna Byrne", "anna@contoso.example", "+353 1 555 0101"),
        List.of(),
        lines,
        List.of(),
        kind.priced() ? List.of(new Tax("VAT", "S", RATE, net, tax(net), null)) : List.of(),
        kind.priced() ? totals(net, kind) : null,
        new PaymentTerms("30 days net", null, null, null, null, null, null),
        references,
        List.of("Thank you for your order."),
        Map.of("po_number", "4711"),
        kind == DocumentKind.STATEMENT ? ledger(currency) : null,
        List.of());
  }

  private static List<Line> lines(int count) {
    List<Line> lines = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      BigDecimal price = new BigDecimal(7 + i % 9 + "." + (10 + i % 83));
      BigDecimal quantity = BigDecimal.valueOf(i % 12 + 1);
      lines.add(
          new Line(
              String.valueOf(i),
              "CF-" + (1000 + i),
              GOODS[i % GOODS.length],
              List.of(),
              quantity,
              "kg",
              price,
              null,
              null,
              RATE,
              "S",
              price.multiply(quantity),
              null,
              Map.of()));
    }
    return lines;
  }

  private static Totals totals(BigDecimal net, DocumentKind kind) {
    BigDecimal gross = net.add(tax(net));
    boolean half = kind.asksForPayment();
    BigDecimal paid =
        half ? gross.divide(BigDecimal.TWO, 2, RoundingMode.HALF_UP) : BigDecimal.ZERO;
    return new Totals(net, net, tax(net), gross, paid, null, gross.subtract(paid));
  }

  private static BigDecimal tax(BigDecimal net) {
    return net.multiply(RATE).movePointLeft(2).setScale(2, RoundingMode.HALF_UP);
  }

  private static Ledger ledger(String currency) {
    BigDecimal open = new BigDecimal("1284.50");
    List<Ledger.Entry> entries =
        List.of(
            new Ledger.Entry(
                DAY.minusDays(40), DAY.minusDays(10), "invoice", "INV-311", "PO-1", open, open));
    List<Ledger.Bucket> ageing =
        List.of(
            new Ledger.Bucket(null, 0, BigDecimal.ZERO.setScale(2)),
            new Ledger.Bucket(1, 30, open));
    return new Ledger(
        Ledger.Kind.OPEN_ITEMS,
        null,
        DAY,
        List.of(new Ledger.Group(currency, null, entries, ageing, open)));
  }

  private static Party party(String name, String street, String country) {
    return new Party(
        name,
        List.of(street, "Dublin D02 XY45"),
        country,
        "ap@contoso.example",
        null,
        null,
        List.of());
  }

  private static BigDecimal figure(@Nullable BigDecimal amount) {
    return amount == null ? BigDecimal.ZERO : amount;
  }
}
