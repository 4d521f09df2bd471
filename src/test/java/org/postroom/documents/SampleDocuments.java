package org.postroom.documents;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document.Contact;
import org.postroom.documents.Document.Line;
import org.postroom.documents.Document.Party;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.documents.Document.Tax;
import org.postroom.documents.Document.Totals;

/** Documents and companies as real ones look; {@link Draft} varies them. */
public final class SampleDocuments {
  private SampleDocuments() {}

  /** An invoice of one page. */
  public static Document tenLines() {
    return new Draft(DocumentKind.INVOICE, "INV-2026-0412").make();
  }

  public static Company acme() {
    return company("Acme Coffee GmbH", Company.Paper.A4, "#0f766e", null);
  }

  static Company company(String name, Company.Paper paper, String colour, byte @Nullable [] logo) {
    return new Company(
        "com_1",
        name,
        List.of("Speicherstadt 12", "20457 Hamburg", "Germany"),
        "DE",
        "EUR",
        Locale.ENGLISH,
        ZoneId.of("Europe/Berlin"),
        "hello@acme.example",
        "+49 40 123456-0",
        "www.acme.example",
        "DE 123 456 789",
        "HRB 112233, Hamburg",
        "Hanse Bank",
        "DE89 3704 0044 0532 0130 00",
        "COBADEFFXXX",
        colour,
        logo,
        paper);
  }

  static Party contoso() {
    return new Party(
        "Contoso Bakery Ltd.",
        List.of("14 Mill Lane", "Dublin D02 XY45", "Ireland"),
        "IE",
        "ap@contoso.example",
        null,
        "IE 6388047V",
        List.of());
  }

  static Line line(int position, String sku, String text, String quantity, String price) {
    BigDecimal amount = new BigDecimal(quantity).multiply(new BigDecimal(price));
    return new Line(
        String.valueOf(position),
        sku,
        text,
        List.of(),
        new BigDecimal(quantity),
        "kg",
        new BigDecimal(price),
        null,
        null,
        new BigDecimal("19"),
        "S",
        amount.setScale(2, java.math.RoundingMode.HALF_UP),
        null,
        Map.of());
  }

  static List<Line> lines(int count) {
    String[] goods = {
      "Espresso Hamburg, whole beans",
      "Filter roast Yirgacheffe",
      "Decaf blend, Swiss Water",
      "Barista course for two, one afternoon in the roastery",
      "Grinder burrs, 64 mm"
    };
    List<Line> lines = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String price = (7 + i % 9) + "." + (10 + i % 83);
      lines.add(line(i, "CF-" + (1000 + i), goods[i % goods.length], (i % 12 + 1) + ".50", price));
    }
    return lines;
  }

  /** A document to change before it is made. */
  static final class Draft {
    DocumentKind kind;
    String number;
    String currency = "EUR";
    @Nullable LocalDate due = LocalDate.of(2026, 12, 2);
    @Nullable LocalDate delivery = null;
    @Nullable Party seller = null;
    @Nullable Party buyer = contoso();
    @Nullable Party shipTo = null;
    @Nullable Contact contact = new Contact("Anna Byrne", null, null);
    List<Line> lines = lines(10);
    List<Document.Adjustment> adjustments = List.of();
    List<Tax> taxes = new ArrayList<>();
    @Nullable Totals totals;
    PaymentTerms payment = PaymentTerms.NONE;
    Map<String, String> references = new LinkedHashMap<>();
    List<String> notes = List.of();

    Draft(DocumentKind kind, String number) {
      this.kind = kind;
      this.number = number;
      references.put("customer_order", "PO-88123");
      references.put("order", "SO-2026-0288");
      if (kind.priced()) sum("0");
    }

    Draft sum(String paid) {
      BigDecimal net =
          lines.stream()
              .map(line -> line.amount() == null ? BigDecimal.ZERO : line.amount())
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      BigDecimal tax =
          net.multiply(new BigDecimal("0.19")).setScale(2, java.math.RoundingMode.HALF_UP);
      BigDecimal gross = net.add(tax);
      taxes = List.of(new Tax("VAT", "S", new BigDecimal("19"), net, tax, null));
      BigDecimal had = new BigDecimal(paid);
      totals = new Totals(net, net, tax, gross, had, null, gross.subtract(had));
      return this;
    }

    Document make() {
      return new Document(
          kind,
          number,
          "10042",
          LocalDate.of(2026, 11, 2),
          due,
          delivery,
          currency,
          null,
          seller,
          buyer,
          null,
          shipTo,
          contact,
          List.of(),
          lines,
          adjustments,
          taxes,
          totals,
          payment,
          references,
          notes,
          Map.of(),
          null,
          List.of());
    }
  }
}
