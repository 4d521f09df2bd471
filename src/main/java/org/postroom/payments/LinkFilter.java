package org.postroom.payments;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.DocumentKind;

/**
 * Which links a list shows; null and empty count for all.
 *
 * @param states any of them
 * @param number together with {@code kind}
 * @param toLookAt only those where somebody must look
 */
public record LinkFilter(
    Set<PaymentLink.State> states,
    @Nullable String partner,
    @Nullable DocumentKind kind,
    @Nullable String number,
    boolean toLookAt) {
  public static final LinkFilter ALL = new LinkFilter(Set.of(), null, null, null, false);

  public LinkFilter {
    states = Set.copyOf(states);
  }

  public LinkFilter states(PaymentLink.State... wanted) {
    return new LinkFilter(Set.copyOf(List.of(wanted)), partner, kind, number, toLookAt);
  }

  public LinkFilter partner(@Nullable String ref) {
    return new LinkFilter(states, ref, kind, number, toLookAt);
  }

  public LinkFilter document(@Nullable DocumentKind of, @Nullable String named) {
    return new LinkFilter(states, partner, of, named, toLookAt);
  }

  public LinkFilter onlyToLookAt() {
    return new LinkFilter(states, partner, kind, number, true);
  }
}
