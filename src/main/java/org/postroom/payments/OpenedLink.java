package org.postroom.payments;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.StoredDocument;

/**
 * A link as its public page shows it now, its documents read again.
 *
 * @param documents in the order of the link's items; those that are gone are missing
 * @param due what is to be paid now; null for approvals, zero when everything is paid
 * @param changed whether the amount is another than when the link was made
 */
public record OpenedLink(
    PaymentLink link, List<StoredDocument> documents, @Nullable BigDecimal due, boolean changed) {
  public OpenedLink {
    documents = List.copyOf(documents);
  }
}
