package org.postroom.documents;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Documents that belong together: one names the other, or both name the same order. */
@Service
public class RelatedDocuments {
  private static final int MOST_LOOKED_AT = 200;
  private static final Set<String> ORDERS = Set.of("order", "sales_order", "customer_order");

  private final Documents documents;

  RelatedDocuments(Documents documents) {
    this.documents = documents;
  }

  /**
   * The documents of the same partner that belong to this one, newest first, among its latest 200.
   *
   * @param kind null: of all kinds
   */
  public List<StoredDocument> of(
      String company, StoredDocument stored, @Nullable DocumentKind kind) {
    Document document = stored.document();
    if (document.partner() == null) return List.of();
    var filter = new DocumentFilter(kind, document.partner(), null, null, null, null);
    return documents.list(company, filter, MOST_LOOKED_AT, null).data().stream()
        .filter(other -> !other.id().equals(stored.id()))
        .filter(other -> belong(document, other.document()))
        .toList();
  }

  static boolean belong(Document one, Document other) {
    return names(one, other) || names(other, one) || sameOrder(one, other);
  }

  /** Whether one's references hold the other's number under its kind: {@code invoice: INV-1}. */
  private static boolean names(Document one, Document other) {
    String number = other.number();
    return one.references().entrySet().stream()
        .anyMatch(entry -> entry.getValue().equals(number) && means(entry.getKey(), other.kind()));
  }

  private static boolean means(String reference, DocumentKind kind) {
    if (reference.equals(kind.word())) return true;
    return reference.equals("order") && kind == DocumentKind.SALES_ORDER
        || reference.equals("shipment") && kind == DocumentKind.PACKING_SLIP;
  }

  private static boolean sameOrder(Document one, Document other) {
    Map<String, String> theirs = other.references();
    return one.references().entrySet().stream()
        .filter(entry -> ORDERS.contains(entry.getKey()) && !entry.getValue().isBlank())
        .anyMatch(
            entry -> ORDERS.stream().anyMatch(key -> entry.getValue().equals(theirs.get(key))));
  }
}
