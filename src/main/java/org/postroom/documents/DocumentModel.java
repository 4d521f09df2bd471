package org.postroom.documents;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.partners.Partner;

/**
 * What texts, layouts and rules can name: the placeholders' values as plain maps, lists and text,
 * nothing that could be called.
 */
public final class DocumentModel {
  private DocumentModel() {}

  /**
   * {@code company}, {@code partner}, {@code document}, {@code contact}; any but the first may be
   * missing.
   */
  public static Map<String, Object> of(
      Company company,
      @Nullable StoredDocument stored,
      @Nullable Partner partner,
      Locale language) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("company", company(company));
    if (partner != null) model.put("partner", partner(partner));
    if (stored != null) {
      model.put("document", document(stored, language));
      Document.Contact contact = stored.document().contact();
      if (contact != null && contact.name() != null)
        model.put("contact", Map.of("name", contact.name()));
    }
    return model;
  }

  private static Map<String, Object> company(Company company) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", company.name());
    map.put("address", company.address());
    put(map, "email", company.email());
    put(map, "phone", company.phone());
    put(map, "website", company.website());
    put(map, "tax_id", company.taxId());
    map.put("colour", company.colour());
    return map;
  }

  private static Map<String, Object> partner(Partner partner) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("ref", partner.ref());
    map.put("name", partner.name());
    put(map, "language", partner.language());
    map.put("attributes", partner.attributes());
    return map;
  }

  private static Map<String, Object> document(StoredDocument stored, Locale language) {
    Document document = stored.document();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", document.kind().word());
    map.put("kind_label", Layouts.kindLabel(document.kind(), language));
    map.put("number", document.number());
    map.put("currency", document.currency());
    put(map, "issue_date", document.issueDate());
    put(map, "due_date", document.dueDate());
    put(map, "delivery_date", document.deliveryDate());
    Document.Totals totals = stored.totals();
    if (totals != null) {
      put(map, "net", plain(totals.net()));
      put(map, "tax", plain(totals.tax()));
      put(map, "gross", plain(totals.gross()));
      put(map, "paid", plain(totals.paid()));
    }
    put(map, "due", plain(stored.amountDue()));
    map.put("references", document.references());
    map.put("fields", document.fields());
    List<Object> lines = new ArrayList<>();
    document.lines().forEach(line -> lines.add(line(line)));
    map.put("lines", lines);
    return map;
  }

  private static Map<String, Object> line(Document.Line line) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("description", line.description());
    put(map, "sku", line.sku());
    put(map, "quantity", plain(line.quantity()));
    put(map, "unit", line.unit());
    put(map, "unit_price", plain(line.unitPrice()));
    put(map, "amount", plain(line.amount()));
    return map;
  }

  private static void put(Map<String, Object> map, String name, @Nullable Object value) {
    if (value != null) map.put(name, value instanceof String ? value : value.toString());
  }

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }
}
