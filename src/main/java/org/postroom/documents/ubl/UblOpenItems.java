package org.postroom.documents.ubl;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document.Line;
import org.postroom.documents.DocumentKind;

/**
 * Lines of statements, reminders and remittance advices: each stands for another document. The
 * amount is debit less credit.
 */
final class UblOpenItems {
  private static final Map<String, DocumentKind> REFERENCES =
      Map.of(
          "InvoiceDocumentReference", DocumentKind.INVOICE,
          "SelfBilledInvoiceDocumentReference", DocumentKind.INVOICE,
          "DebitNoteDocumentReference", DocumentKind.INVOICE,
          "CreditNoteDocumentReference", DocumentKind.CREDIT_MEMO,
          "SelfBilledCreditNoteDocumentReference", DocumentKind.CREDIT_MEMO,
          "ReminderDocumentReference", DocumentKind.REMINDER);
  private final Values values;

  UblOpenItems(Values values) {
    this.values = values;
  }

  Line line(Element line) {
    return line(line, true);
  }

  /** What the line stands for, without its amounts. */
  Line named(Element line) {
    return line(line, false);
  }

  private Line line(Element line, boolean amounts) {
    Element reference = reference(line);
    String number = reference == null ? null : values.text(100, reference, "ID");
    List<String> notes = values.notes(line, "Note");
    return new Line(
        values.text(100, line, "ID"),
        null,
        number == null ? otherwise(line) : number,
        notes,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        amounts ? amount(line) : null,
        reference == null ? null : values.date(reference, "IssueDate"),
        fields(line, reference, number, amounts));
  }

  private static @Nullable Element reference(Element line) {
    Element billing = line.first("BillingReference");
    if (billing == null) return line.first("DocumentReference");
    for (String name : REFERENCES.keySet()) {
      Element found = billing.first(name);
      if (found != null) return found;
    }
    return billing.first("AdditionalDocumentReference");
  }

  private String otherwise(Element line) {
    String note = values.text(2_000, line, "Note");
    return note == null ? "–" : note;
  }

  private @Nullable BigDecimal amount(Element line) {
    BigDecimal debit = values.amount(line, "DebitLineAmount");
    BigDecimal credit = values.amount(line, "CreditLineAmount");
    if (debit == null) return credit == null ? values.amount(line, "Amount") : credit.negate();
    return credit == null || credit.signum() == 0 ? debit : debit.subtract(credit);
  }

  private Map<String, Object> fields(
      Element line, @Nullable Element reference, @Nullable String number, boolean amounts) {
    Map<String, Object> fields = new LinkedHashMap<>();
    DocumentKind kind = reference == null ? null : REFERENCES.get(reference.name());
    if (kind != null) fields.put("kind", kind.word());
    if (number != null) fields.put("number", number);
    if (!amounts) return fields;
    UblLines.put(fields, "debit", values.amount(line, "DebitLineAmount"));
    UblLines.put(fields, "credit", values.amount(line, "CreditLineAmount"));
    UblLines.put(fields, "balance", values.amount(line, "BalanceAmount"));
    return fields;
  }
}
