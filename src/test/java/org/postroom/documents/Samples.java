package org.postroom.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.documents.Document.Adjustment;
import org.postroom.documents.Document.Contact;
import org.postroom.documents.Document.Line;
import org.postroom.documents.Document.Party;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.documents.Document.Tax;
import org.postroom.documents.Document.Totals;

/** Documents for tests: a small invoice, one with every field, random ones, the UBL corpus. */
public final class Samples {
  public static final Path UBL = Path.of("../shared/corpora/ubl");
  public static final Caller ERP = caller("co_1", Set.of(Right.WRITE_DOCUMENTS));

  private Samples() {}

  public static Caller caller(String company, Set<Right> rights) {
    return new Caller(company, Caller.Kind.KEY, "key_1", "ERP", null, rights, false);
  }

  /** The invoice of the API's description. */
  public static String invoice() {
    return """
    {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
     "lines": [{"description": "Rye flour", "quantity": "25", "unit": "kg", "unit_price": "1.20", "tax_rate": "9.00", "amount": "30.00"}],
     "totals": {"net": "30.00", "tax": "2.70", "gross": "32.70", "paid": "0.00", "due": "32.70"},
     "bill_to": {"name": "Contoso Bakery", "email": null}, "ship_to": {"name": "Contoso Dock", "email": null}, "fields": {"po_number": "4711"}}
    """;
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A document that fills every field there is. */
  public static Document full(DocumentKind kind, String number) {
    return random(new Random(1), kind, number, true);
  }

  public static Document random(Random random, DocumentKind kind, String number) {
    return random(random, kind, number, false);
  }

  private static Document random(Random random, DocumentKind kind, String number, boolean full) {
    var pick = new Pick(random, full);
    return new Document(
        kind,
        number,
        pick.text(),
        pick.date(),
        pick.date(),
        pick.date(),
        "EUR",
        pick.maybe("de-CH"),
        pick.maybe(pick.party()),
        pick.maybe(pick.party()),
        pick.maybe(pick.party()),
        pick.maybe(pick.party()),
        pick.maybe(new Contact(pick.text(), pick.maybe("a@b.example"), pick.text())),
        pick.list(() -> "ship@b.example"),
        pick.list(pick::line),
        pick.list(() -> new Adjustment(pick.some(), pick.number(), pick.maybeNumber())),
        pick.list(() ->
            new Tax(
                pick.text(),
                pick.maybe("S"),
                pick.maybeNumber(),
                pick.maybeNumber(),
                pick.number(),
                pick.text())),
        pick.maybe(
            new Totals(
                pick.maybeNumber(),
                pick.maybeNumber(),
                pick.maybeNumber(),
                pick.maybeNumber(),
                pick.maybeNumber(),
                pick.maybeNumber(),
                pick.number())),
        full
            ? pick.payment()
            : pick.maybe(PaymentTerms.NONE) == null ? pick.payment() : PaymentTerms.NONE,
        full ? Map.of("order", "4711") : Map.of(),
        pick.list(() -> "two\nlines " + pick.some()),
        pick.fields(),
        kind == DocumentKind.STATEMENT ? pick.maybe(pick.ledger()) : null,
        List.of());
  }

  /** The corpus, or a skipped test that says why. */
  public static List<Path> corpus() {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isDirectory(UBL), "The UBL corpus is not beside the project: " + UBL);
    try (Stream<Path> files = Files.list(UBL)) {
      return files.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private record Pick(Random random, boolean full) {
    <T> @Nullable T maybe(T value) {
      return full || random.nextBoolean() ? value : null;
    }

    @Nullable String text() {
      return maybe(some());
    }

    String some() {
      String letters = "abc ÄÖß漢字🙂 \"\\/{}<>&'\u00a0€,.;:";
      var text = new StringBuilder();
      int[] points = letters.codePoints().toArray();
      int length = 1 + random.nextInt(30);
      for (int i = 0; i < length; i++) text.appendCodePoint(points[random.nextInt(points.length)]);
      return text.toString();
    }

    BigDecimal number() {
      return BigDecimal.valueOf(
          random.nextLong(2_000_000_000_000L) - 1_000_000_000_000L, random.nextInt(11));
    }

    @Nullable BigDecimal maybeNumber() {
      return maybe(number());
    }

    @Nullable LocalDate date() {
      return maybe(
          LocalDate.of(2000 + random.nextInt(50), 1 + random.nextInt(12), 1 + random.nextInt(28)));
    }

    <T> List<T> list(java.util.function.Supplier<T> item) {
      List<T> list = new ArrayList<>();
      int count = full ? 2 : random.nextInt(4);
      for (int i = 0; i < count; i++) list.add(item.get());
      return list;
    }

    Party party() {
      return new Party(
          text(),
          list(this::some),
          maybe("DE"),
          maybe("x@y.example"),
          text(),
          text(),
          list(this::some));
    }

    Ledger ledger() {
      LocalDate asOf = LocalDate.of(2026, 11, 21);
      return new Ledger(
          Ledger.Kind.ACTIVITY, maybe(LocalDate.of(2026, 11, 1)), asOf, list(this::group));
    }

    private Ledger.Group group() {
      LocalDate day = LocalDate.of(2026, 11, 2);
      return new Ledger.Group(
          "EUR",
          maybeNumber(),
          list(() ->
              new Ledger.Entry(
                  day, date(), "invoice", some().strip() + "1", text(), number(), number())),
          list(() -> new Ledger.Bucket(maybe(1), maybe(30), number())),
          number());
    }

    Line line() {
      return new Line(
          text(),
          text(),
          some(),
          list(this::some),
          maybeNumber(),
          maybe("kg"),
          maybeNumber(),
          maybe(new BigDecimal("100")),
          maybeNumber(),
          maybeNumber(),
          maybe("S"),
          maybeNumber(),
          date(),
          fields());
    }

    PaymentTerms payment() {
      return new PaymentTerms(
          "14 days\nnet", "DE89370400440532013000", "COBADEFFXXX", some(), some(), some(), some());
    }

    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      int count = full ? 2 : random.nextInt(3);
      for (int i = 0; i < count; i++) {
        Object value =
            switch (random.nextInt(5)) {
              case 0 -> some();
              case 1 -> number();
              case 2 -> random.nextBoolean();
              case 3 -> List.of(some(), number());
              default -> Map.of("deep", some());
            };
        fields.put("f" + i, value);
      }
      return fields;
    }
  }
}
