package org.postroom.documents;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.csv.BadCsv;
import org.postroom.csv.Columns;
import org.postroom.csv.Csv;
import org.postroom.documents.ImportReport.Line;
import org.postroom.documents.ImportReport.Result;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Open invoices from a CSV file. Each line stands for itself: good ones are kept, others told. */
@Service
public class InvoiceImport {
  private static final Map<String, List<String>> FIELDS = fields();
  private static final List<String> NEEDED = List.of("number", "partner", "currency", "gross");
  private final Documents documents;

  InvoiceImport(Documents documents) {
    this.documents = documents;
  }

  /**
   * Reads and keeps. The same file again changes nothing.
   *
   * @param kind invoice, credit_memo or deposit
   * @throws Problem 422 where it is no such table, or a needed column is missing
   */
  public ImportReport read(Caller caller, DocumentKind kind, byte[] file) {
    caller.require(Right.WRITE_DOCUMENTS);
    checkKind(kind);
    Csv csv = csv(file);
    Columns columns = columns(csv);
    Set<String> seen = new HashSet<>();
    List<Line> lines = new ArrayList<>();
    for (Csv.Row row : csv.rows()) lines.add(line(caller, kind, columns, row, seen));
    return new ImportReport(lines);
  }

  private Line line(
      Caller caller, DocumentKind kind, Columns columns, Csv.Row row, Set<String> seen) {
    String number = columns.get(row, "number");
    List<String> errors = new ArrayList<>();
    if (number.isEmpty()) errors.add("The number is missing.");
    else if (!seen.add(number)) errors.add("This number stands further up already.");
    ObjectNode body = body(columns, row, errors);
    if (!errors.isEmpty()) return new Line(row.line(), number, Result.REFUSED, errors);
    try {
      Document document = documents.readJson(kind, number, body);
      byte[] source = body.toString().getBytes(StandardCharsets.UTF_8);
      Stored stored = documents.put(caller, document, Source.json(source));
      return new Line(row.line(), number, Result.valueOf(stored.change().name()), List.of());
    } catch (Problem problem) {
      if (problem.status() >= 500) throw problem;
      List<String> told = problem.errors().stream().map(FieldError::message).toList();
      return new Line(
          row.line(), number, Result.REFUSED, told.isEmpty() ? List.of(problem.detail()) : told);
    }
  }

  private static ObjectNode body(Columns columns, Csv.Row row, List<String> errors) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    String partner = columns.get(row, "partner");
    if (partner.isEmpty()) errors.add("The partner is missing.");
    body.put("partner", partner);
    String currency = columns.get(row, "currency");
    if (currency.isEmpty()) errors.add("The currency is missing.");
    body.put("currency", currency.toUpperCase(java.util.Locale.ROOT));
    for (String name : List.of("issue_date", "due_date")) date(columns, row, name, body, errors);
    totals(columns, row, body.putObject("totals"), errors);
    String reference = columns.get(row, "reference");
    if (!reference.isEmpty()) body.putObject("references").put("customer_order", reference);
    return body;
  }

  /** With one of paid and due the other follows. */
  private static void totals(Columns columns, Csv.Row row, ObjectNode totals, List<String> errors) {
    BigDecimal gross = amount(columns, row, "gross", errors);
    BigDecimal paid = amount(columns, row, "paid", errors);
    BigDecimal due = amount(columns, row, "due", errors);
    if (columns.get(row, "gross").isEmpty()) errors.add("The gross amount is missing.");
    if (gross == null) return;
    BigDecimal settled = paid != null ? paid : due == null ? BigDecimal.ZERO : gross.subtract(due);
    totals.put("gross", gross.toPlainString());
    totals.put("paid", settled.toPlainString());
    totals.put("due", (due != null ? due : gross.subtract(settled)).toPlainString());
  }

  private static @Nullable BigDecimal amount(
      Columns columns, Csv.Row row, String name, List<String> errors) {
    String text = columns.get(row, name);
    if (text.isEmpty()) return null;
    Optional<BigDecimal> amount = Typed.amount(text);
    if (amount.isEmpty())
      errors.add("“" + shown(text) + "” (" + name + ") is no amount such as 1284.50 or 1.284,50.");
    return amount.orElse(null);
  }

  private static void date(
      Columns columns, Csv.Row row, String name, ObjectNode body, List<String> errors) {
    String text = columns.get(row, name);
    if (text.isEmpty()) return;
    Optional<LocalDate> date = Typed.date(text);
    if (date.isEmpty())
      errors.add(
          "“" + shown(text) + "” (" + name + ") is no date such as 2026-11-02 or 2.11.2026.");
    else body.put(name, date.get().toString());
  }

  private static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static void checkKind(DocumentKind kind) {
    switch (kind) {
      case INVOICE, CREDIT_MEMO, DEPOSIT -> {}
      default ->
          throw Problem.invalid(
              "kind", "unknown_value", "CSV is taken for invoice, credit_memo and deposit.");
    }
  }

  private static Csv csv(byte[] file) {
    try {
      return Csv.read(file, Csv.Limits.USUAL);
    } catch (BadCsv bad) {
      String where = bad.line() == 0 ? "" : "Line " + bad.line() + ": ";
      throw Problem.invalid("/file", "bad_csv", where + bad.detail());
    }
  }

  private static Columns columns(Csv csv) {
    Columns columns = Columns.of(csv.header(), FIELDS);
    List<FieldError> errors = new ArrayList<>();
    columns
        .wrong()
        .forEach(wrong ->
            errors.add(
                new FieldError(
                    "/file",
                    "unknown_field",
                    "Column " + wrong.column() + ": " + wrong.message())));
    for (String needed : NEEDED)
      if (!columns.has(needed))
        errors.add(new FieldError("/file", "required", "The column “" + needed + "” is missing."));
    if (!errors.isEmpty()) throw Problem.invalid(errors);
    return columns;
  }

  private static Map<String, List<String>> fields() {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    fields.put(
        "number", List.of("invoice", "invoice number", "document", "rechnungsnummer", "nummer"));
    fields.put("partner", List.of("customer", "customer number", "ref", "kunde", "kundennummer"));
    fields.put("issue_date", List.of("date", "invoice date", "datum", "rechnungsdatum"));
    fields.put("due_date", List.of("due on", "fällig", "fällig am", "fälligkeit"));
    fields.put("currency", List.of("währung"));
    fields.put("gross", List.of("amount", "total", "betrag", "brutto"));
    fields.put("paid", List.of("bezahlt"));
    fields.put("due", List.of("open", "balance", "amount due", "offen", "offener betrag"));
    fields.put("reference", List.of("customer order", "your reference", "bestellnummer"));
    return java.util.Collections.unmodifiableMap(fields);
  }
}
