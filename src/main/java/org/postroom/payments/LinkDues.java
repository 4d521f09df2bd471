package org.postroom.payments;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import org.postroom.documents.Documents;
import org.postroom.documents.StoredDocument;
import org.postroom.payments.PaymentLink.Item;
import org.postroom.payments.PaymentLink.Kind;
import org.springframework.stereotype.Component;

/** What is due of a link now, its documents read again. */
@Component
class LinkDues {
  private final Documents documents;

  LinkDues(Documents documents) {
    this.documents = documents;
  }

  /**
   * One document's share.
   *
   * @param document null where it is gone or changed its currency
   * @param paid by this link
   * @param due of the share now
   */
  record Share(Item item, @Nullable StoredDocument document, BigDecimal paid, BigDecimal due) {}

  /** In the order of the link's items. Reads in the caller's transaction. */
  List<Share> shares(Sql sql, PaymentLink link) {
    Set<String> references = new LinkHistoryRows(sql).references(link, "paid");
    return link.items().stream().map(item -> share(link, item, references)).toList();
  }

  static BigDecimal due(List<Share> shares) {
    return shares.stream().map(Share::due).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  OpenedLink opened(Sql sql, PaymentLinkRows.Row row) {
    PaymentLink link = row.link();
    List<Share> shares = shares(sql, link);
    List<StoredDocument> found =
        shares.stream().map(Share::document).filter(Objects::nonNull).toList();
    BigDecimal asked = link.amount();
    if (asked == null) return new OpenedLink(link, found, null, false);
    BigDecimal due = due(shares);
    return new OpenedLink(link, found, due, due.add(row.paid()).compareTo(asked) != 0);
  }

  private Share share(PaymentLink link, Item item, Set<String> references) {
    StoredDocument stored =
        documents
            .find(link.company(), item.kind(), item.number())
            .filter(found -> found.document().currency().equals(link.currency()))
            .orElse(null);
    if (stored == null) return new Share(item, null, BigDecimal.ZERO, BigDecimal.ZERO);
    BigDecimal paid =
        stored.payments().stream()
            .filter(payment -> references.contains(payment.reference()))
            .map(org.postroom.documents.Payment::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Share(item, stored, paid, due(link.kind(), item, stored, paid));
  }

  /** A deposit is fixed, but nobody pays more than is open of the document. */
  private static BigDecimal due(Kind kind, Item item, StoredDocument stored, BigDecimal paid) {
    BigDecimal fixed = item.amount();
    if (kind == Kind.APPROVAL) return BigDecimal.ZERO;
    if (kind == Kind.INVOICE || fixed == null) return Asked.due(stored);
    BigDecimal rest = fixed.subtract(paid).max(BigDecimal.ZERO);
    return stored.amountDue() == null ? rest : rest.min(Asked.due(stored));
  }
}
