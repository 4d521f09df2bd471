package org.postroom.documents.intake;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Line;
import org.postroom.documents.Document.Party;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.documents.Document.Totals;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The same shape outwards. Amounts are decimal strings, digit for digit as they came in. */
final class JsonDocumentWriter {
  private final boolean compact;

  /** {@code compact} leaves out what is absent: for the database. */
  JsonDocumentWriter(boolean compact) {
    this.compact = compact;
  }

  ObjectNode write(Document document) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    put(out, "kind", document.kind().word());
    put(out, "number", document.number());
    put(out, "partner", document.partner());
    put(out, "issue_date", document.issueDate());
    put(out, "due_date", document.dueDate());
    put(out, "delivery_date", document.deliveryDate());
    put(out, "currency", document.currency());
    put(out, "language", document.language());
    set(out, "seller", party(document.seller()));
    set(out, "buyer", party(document.buyer()));
    set(out, "bill_to", party(document.billTo()));
    set(out, "ship_to", party(document.shipTo()));
    set(out, "contact", contact(document.contact()));
    list(out, "shipment_emails", document.shipmentEmails());
    array(out, "lines", document.lines().stream().map(this::line).toList());
    array(out, "adjustments", document.adjustments().stream().map(this::adjustment).toList());
    array(out, "taxes", document.taxes().stream().map(this::tax).toList());
    set(out, "totals", totals(document.totals()));
    set(out, "payment", payment(document.payment()));
    map(out, "references", document.references());
    list(out, "notes", document.notes());
    map(out, "fields", document.fields());
    set(out, "ledger", LedgerWriter.write(document.ledger()));
    list(out, "warnings", document.warnings());
    return out;
  }

  @Nullable ObjectNode totals(@Nullable Totals totals) {
    if (totals == null) return null;
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    put(out, "lines", totals.lines());
    put(out, "net", totals.net());
    put(out, "tax", totals.tax());
    put(out, "gross", totals.gross());
    put(out, "paid", totals.paid());
    put(out, "rounding", totals.rounding());
    put(out, "due", totals.due());
    return out;
  }

  private @Nullable ObjectNode party(@Nullable Party party) {
    if (party == null) return null;
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    put(out, "name", party.name());
    list(out, "address", party.address());
    put(out, "country", party.country());
    put(out, "email", party.email());
    put(out, "phone", party.phone());
    put(out, "tax_id", party.taxId());
    list(out, "ids", party.ids());
    return out;
  }

  private @Nullable ObjectNode contact(Document.@Nullable Contact contact) {
    if (contact == null) return null;
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    put(out, "name", contact.name());
    put(out, "email", contact.email());
    put(out, "phone", contact.phone());
    return out;
  }

  private ObjectNode line(Line line) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    put(out, "id", line.id());
    put(out, "sku", line.sku());
    put(out, "description", line.description());
    list(out, "details", line.details());
    put(out, "quantity", line.quantity());
    put(out, "unit", line.unit());
    put(out, "unit_price", line.unitPrice());
    put(out, "price_quantity", line.priceQuantity());
    put(out, "discount", line.discount());
    put(out, "tax_rate", line.taxRate());
    put(out, "tax_category", line.taxCategory());
    put(out, "amount", line.amount());
    put(out, "date", line.date());
    map(out, "fields", line.fields());
    return out;
  }

  private ObjectNode adjustment(Document.Adjustment adjustment) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    put(out, "reason", adjustment.reason());
    put(out, "amount", adjustment.amount());
    put(out, "tax_rate", adjustment.taxRate());
    return out;
  }

  private ObjectNode tax(Document.Tax tax) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    put(out, "name", tax.name());
    put(out, "category", tax.category());
    put(out, "rate", tax.rate());
    put(out, "base", tax.base());
    put(out, "amount", tax.amount());
    put(out, "exemption", tax.exemption());
    return out;
  }

  private @Nullable ObjectNode payment(PaymentTerms payment) {
    if (payment.equals(PaymentTerms.NONE)) return null;
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    put(out, "terms", payment.terms());
    put(out, "iban", payment.iban());
    put(out, "bic", payment.bic());
    put(out, "bank", payment.bank());
    put(out, "account_name", payment.accountName());
    put(out, "reference", payment.reference());
    put(out, "means", payment.means());
    return out;
  }

  private void put(ObjectNode out, String name, @Nullable Object value) {
    if (value == null) set(out, name, null);
    else if (value instanceof java.math.BigDecimal number) out.put(name, number.toPlainString());
    else out.put(name, value.toString());
  }

  private void set(ObjectNode out, String name, @Nullable ObjectNode value) {
    if (value != null) out.set(name, value);
    else if (!compact) out.putNull(name);
  }

  private void list(ObjectNode out, String name, List<String> texts) {
    if (texts.isEmpty() && compact) return;
    ArrayNode array = out.putArray(name);
    texts.forEach(array::add);
  }

  private void array(ObjectNode out, String name, List<ObjectNode> items) {
    if (items.isEmpty() && compact) return;
    ArrayNode array = out.putArray(name);
    items.forEach(array::add);
  }

  private void map(ObjectNode out, String name, Map<String, ?> map) {
    if (map.isEmpty() && compact) return;
    out.set(name, FreeValues.write(map));
  }
}
