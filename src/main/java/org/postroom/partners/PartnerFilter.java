package org.postroom.partners;

import org.jspecify.annotations.Nullable;

/**
 * Which partners to list.
 *
 * @param q part of ref, name, address or contact, in any case; null for all
 * @param type null for both
 */
public record PartnerFilter(@Nullable String q, Partner.@Nullable Type type) {
  public static final PartnerFilter ALL = new PartnerFilter(null, null);

  public PartnerFilter {
    if (q != null) q = q.isBlank() ? null : q.strip();
  }
}
