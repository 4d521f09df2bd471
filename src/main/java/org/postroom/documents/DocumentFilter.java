package org.postroom.documents;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which documents of a company; null means any.
 *
 * @param text part of number, partner, names or references, in any case
 * @param from first issue date
 * @param to last issue date
 * @param open whether something is still to be paid
 */
public record DocumentFilter(
    @Nullable DocumentKind kind,
    @Nullable String partner,
    @Nullable String text,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable Boolean open) {
  public static final DocumentFilter ALL = new DocumentFilter(null, null, null, null, null, null);
}
