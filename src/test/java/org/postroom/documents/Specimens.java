package org.postroom.documents;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
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
import org.postroom.documents.Ledger.Bucket;
import org.postroom.documents.Ledger.Entry;
import org.postroom.documents.Ledger.Group;

/** One document of each kind as a roastery would write it, in English or German. */
final class Specimens {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 2);
  private static final String[][] GOODS = {
    {"CF-1001", "Espresso Hamburg, whole beans", "Espresso Hamburg, ganze Bohne", "24", "14.20"},
    {"CF-1002", "Filter roast Yirgacheffe", "Filterröstung Yirgacheffe", "36", "17.90"},
    {"CF-1003", "Decaf blend, Swiss Water", "Entkoffeinierte Mischung", "12", "15.40"},
    {"CF-2064", "Grinder burrs, 64 mm", "Mahlscheiben, 64 mm", "2", "89.00"},
  };

  private final boolean german;

  Specimens(Locale language) {
    german = language.getLanguage().equals("de");
  }

  Document of(DocumentKind kind) {
    return switch (kind) {
      case STATEMENT -> statement();
      case REMINDER -> reminder();
      case BILL_PAYMENT -> remittance();
      case RECEIPT -> receipt();
      case DEPOSIT -> deposit();
      default -> goods(kind);
    };
  }

  /** With two payments, for the variant that lists them. */
  Printing withPayments(Company company, Locale language) {
    Document invoice = goods(DocumentKind.INVOICE);
    Totals totals = invoice.totals();
    BigDecimal gross = totals == null ? BigDecimal.ZERO : totals.gross();
    BigDecimal paid = new BigDecimal("650.00");
    Document current =
        invoice.with(new Totals(null, net(), vat(), gross, paid, null, gross.subtract(paid)));
    List<Payment> payments =
        List.of(
            payment("SEPA-2026-5501", "500.00", TODAY.plusDays(9)),
            payment("SEPA-2026-5733", "150.00", TODAY.plusDays(17)));
    return new Printing(
        current, payments, company, null, language, Layouts.BUILT_IN + ":payment-history");
  }

  private static Payment payment(String reference, String amount, LocalDate date) {
    return new Payment(reference, new BigDecimal(amount), date, true, Instant.EPOCH);
  }

  private Document goods(DocumentKind kind) {
    Map<String, String> references = new LinkedHashMap<>();
    references.put("customer_order", "PO-88123");
    references.put("order", "SO-2026-0288");
    boolean travels = kind == DocumentKind.PACKING_SLIP || kind == DocumentKind.SHIPMENT;
    if (travels) {
      references.put("carrier", "DHL");
      references.put("tracking", "JD014600003512");
    }
    if (kind == DocumentKind.RMA || kind == DocumentKind.CREDIT_MEMO) {
      references.put("invoice", "INV-2026-0412");
    }
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < GOODS.length; i++) lines.add(line(kind, i));
    LocalDate delivery =
        switch (kind) {
          case QUOTE, SALES_ORDER, PURCHASE_ORDER, SHIPMENT, INVOICE -> TODAY.plusDays(5);
          default -> null;
        };
    return document(kind, delivery, lines, references, totals(kind), null);
  }

  private Line line(DocumentKind kind, int i) {
    String[] goods = GOODS[i];
    BigDecimal quantity = new BigDecimal(goods[3]);
    BigDecimal price = new BigDecimal(goods[4]);
    Map<String, Object> fields = new LinkedHashMap<>();
    if (kind == DocumentKind.RMA) {
      fields.put("reason", german ? "Falsche Mahlung" : "Wrong grind");
      fields.put("condition", german ? "Ungeöffnet" : "Unopened");
    }
    if (kind == DocumentKind.PACKING_SLIP || kind == DocumentKind.ITEM_RECEIPT) {
      fields.put("ordered", quantity.add(i == 1 ? BigDecimal.TEN : BigDecimal.ZERO));
    }
    fields.put("hs_code", i == 3 ? "8509 90 00" : "0901 21 00");
    fields.put("origin", List.of("BR", "ET", "CO", "IT").get(i));
    fields.put("net_weight", quantity.multiply(new BigDecimal("0.5")) + " kg");
    return new Line(
        Integer.toString(i + 1),
        goods[0],
        german ? goods[2] : goods[1],
        i == 1 ? List.of(german ? "Ernte 2026, gewaschen" : "Harvest 2026, washed") : List.of(),
        quantity,
        i == 3 ? (german ? "Stk" : "pcs") : "kg",
        price,
        null,
        null,
        new BigDecimal(german ? "7" : "9"),
        "S",
        quantity.multiply(price).setScale(2, RoundingMode.HALF_UP),
        null,
        fields);
  }

  private static BigDecimal net() {
    BigDecimal net = BigDecimal.ZERO;
    for (String[] goods : GOODS) {
      net = net.add(new BigDecimal(goods[3]).multiply(new BigDecimal(goods[4])));
    }
    return net.setScale(2, RoundingMode.HALF_UP);
  }

  private BigDecimal vat() {
    return net()
        .multiply(new BigDecimal(german ? "0.07" : "0.09"))
        .setScale(2, RoundingMode.HALF_UP);
  }

  private @Nullable Totals totals(DocumentKind kind) {
    if (!kind.priced()) return null;
    BigDecimal gross = net().add(vat());
    boolean due = kind.asksForPayment() || kind == DocumentKind.BILL;
    return new Totals(null, net(), vat(), gross, null, null, due ? gross : null);
  }

  private Document deposit() {
    Line line =
        plain(
            "1",
            german
                ? "Anzahlung 30 % auf Auftrag SO-2026-0288"
                : "Deposit of 30% on order SO-2026-0288",
            null,
            "483.60");
    BigDecimal due = new BigDecimal("483.60");
    Totals totals = new Totals(null, null, null, due, null, null, due);
    return document(
        DocumentKind.DEPOSIT, null, List.of(line), Map.of("order", "SO-2026-0288"), totals, null);
  }

  private Document receipt() {
    List<Line> lines =
        List.of(
            plain("INV-2026-0398", german ? "Rechnung" : "Invoice", TODAY.minusDays(40), "812.40"),
            plain("INV-2026-0405", german ? "Rechnung" : "Invoice", TODAY.minusDays(31), "96.00"));
    BigDecimal sum = new BigDecimal("908.40");
    Totals totals = new Totals(null, null, null, sum, null, null, null);
    Map<String, String> references = Map.of("payment", "SEPA-2026-5501");
    return document(DocumentKind.RECEIPT, null, lines, references, totals, null);
  }

  private Document remittance() {
    List<Line> lines =
        List.of(
            plain(
                "B-77120",
                german ? "Rohkaffee Santos" : "Green coffee Santos",
                TODAY.minusDays(32),
                "4180.00"),
            plain("B-77154", german ? "Jutesäcke" : "Jute bags", TODAY.minusDays(28), "212.50"),
            plain(
                "CM-1190",
                german ? "Gutschrift Bruch" : "Credit for breakage",
                TODAY.minusDays(20),
                "-64.00"));
    BigDecimal sum = new BigDecimal("4328.50");
    Totals totals = new Totals(null, null, null, sum, null, null, null);
    Map<String, String> references = Map.of("payment", "OUT-2026-0077");
    return document(DocumentKind.BILL_PAYMENT, null, lines, references, totals, null);
  }

  private Document reminder() {
    List<Line> lines = new ArrayList<>();
    String[][] open = {
      {"INV-2026-0340", "612.80", "62"},
      {"INV-2026-0351", "88.00", "47"},
      {"INV-2026-0377", "1204.15", "18"}
    };
    for (String[] item : open) {
      LocalDate due = TODAY.minusDays(Long.parseLong(item[2]));
      lines.add(
          new Line(
              item[0],
              null,
              german ? "Rechnung" : "Invoice",
              List.of(),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              new BigDecimal(item[1]),
              due.minusDays(30),
              Map.of("due_date", due.toString(), "days_late", item[2])));
    }
    BigDecimal due = new BigDecimal("1904.95");
    Totals totals = new Totals(null, null, null, null, null, null, due);
    return document(DocumentKind.REMINDER, null, lines, Map.of(), totals, null);
  }

  private Document statement() {
    return document(DocumentKind.STATEMENT, null, List.of(), Map.of(), null, threeCurrencies());
  }

  static Ledger threeCurrencies() {
    return new Ledger(
        Ledger.Kind.OPEN_ITEMS,
        null,
        TODAY,
        List.of(
            group("EUR", "1204.15", "612.80", "88.00", "0.00"),
            group("GBP", "410.00", "0.00", "75.50", "19.99"),
            group("USD", "0.00", "250.00", "0.00", "-120.00")));
  }

  private static Group group(String currency, String... amounts) {
    List<Entry> entries = new ArrayList<>();
    List<Bucket> ageing = new ArrayList<>();
    Integer[] from = {null, 1, 31, 61};
    Integer[] to = {0, 30, 60, null};
    BigDecimal balance = BigDecimal.ZERO;
    for (int i = 0; i < amounts.length; i++) {
      BigDecimal amount = new BigDecimal(amounts[i]);
      balance = balance.add(amount);
      ageing.add(new Bucket(from[i], to[i], amount));
      if (amount.signum() == 0) continue;
      LocalDate date = TODAY.minusDays(20 + 30L * i);
      boolean credit = amount.signum() < 0;
      entries.add(
          new Entry(
              date,
              credit ? null : date.plusDays(30),
              credit ? "payment" : "invoice",
              (credit ? "PAY-" : "INV-2026-") + currency + "-03" + (10 + i),
              "PO-8812" + i,
              amount,
              amount));
    }
    return new Group(currency, null, entries, ageing, balance);
  }

  private static Line plain(String id, String text, @Nullable LocalDate date, String amount) {
    BigDecimal sum = new BigDecimal(amount);
    return new Line(
        id, null, text, List.of(), null, null, null, null, null, null, null, sum, date, Map.of());
  }

  private Document document(
      DocumentKind kind,
      @Nullable LocalDate delivery,
      List<Line> lines,
      Map<String, String> references,
      @Nullable Totals totals,
      @Nullable Ledger ledger) {
    boolean taxed = totals != null && totals.tax() != null;
    Tax tax =
        new Tax(
            german ? "USt." : "VAT", "S", new BigDecimal(german ? "7" : "9"), net(), vat(), null);
    return new Document(
        kind,
        number(kind),
        "10042",
        TODAY,
        kind == DocumentKind.STATEMENT ? null : TODAY.plusDays(30),
        delivery,
        "EUR",
        null,
        kind.toVendor() ? santos() : null,
        customer(),
        null,
        kind.toVendor() ? null : warehouse(),
        new Contact("Anna Byrne", null, null),
        List.of(),
        lines,
        List.of(),
        taxed ? List.of(tax) : List.of(),
        totals,
        terms(kind),
        references,
        List.of(),
        Map.of("incoterms", "DAP Dublin", "gross_weight", "41 kg", "packages", "3"),
        ledger,
        List.of());
  }

  private PaymentTerms terms(DocumentKind kind) {
    boolean settled = kind == DocumentKind.RECEIPT || kind == DocumentKind.BILL_PAYMENT;
    String means = settled ? (german ? "SEPA-Überweisung" : "SEPA transfer") : null;
    return new PaymentTerms(null, null, null, null, null, null, means);
  }

  private static String number(DocumentKind kind) {
    return kind.word().substring(0, 2).toUpperCase(Locale.ROOT) + "-2026-0412";
  }

  private static Party santos() {
    List<String> address = List.of("Rua do Comércio 55", "11010-141 Santos", "Brazil");
    return new Party("Santos Export Ltda.", address, "BR", null, null, null, List.of());
  }

  private static Party customer() {
    List<String> address = List.of("14 Mill Lane", "Dublin D02 XY45", "Ireland");
    return new Party("Contoso Bakery Ltd.", address, "IE", null, null, "IE 6388047V", List.of());
  }

  private static Party warehouse() {
    List<String> address = List.of("Unit 7, Dock Road", "Cork T12 AB34", "Ireland");
    return new Party("Contoso Bakery, Warehouse 3", address, "IE", null, null, null, List.of());
  }
}
