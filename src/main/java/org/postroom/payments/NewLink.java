package org.postroom.payments;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.DocumentKind;

/**
 * A link somebody wants.
 *
 * @param items the documents; all of one customer and one currency
 * @param expiresAt null: by the company's choice
 */
public record NewLink(PaymentLink.Kind kind, List<Wanted> items, @Nullable Instant expiresAt) {
  public NewLink {
    items = List.copyOf(items);
  }

  /**
   * @param amount null: what is due of it (invoice), the asked deposit (deposit), none (approval)
   */
  public record Wanted(DocumentKind kind, String number, @Nullable BigDecimal amount) {}
}
