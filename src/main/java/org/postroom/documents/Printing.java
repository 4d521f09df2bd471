package org.postroom.documents;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.partners.Partner;

/**
 * What is to be printed, and how.
 *
 * @param document with its sums as of now
 * @param payments told so far, for layouts that list them
 * @param partner null where nobody is named or known
 * @param language of the printed words, dates and figures; words of a language that is not there
 *     are English
 * @param layout id, null: the built-in one
 */
public record Printing(
    Document document,
    List<Payment> payments,
    Company company,
    @Nullable Partner partner,
    Locale language,
    @Nullable String layout) {

  public Printing {
    payments = List.copyOf(payments);
  }

  public static Printing of(
      StoredDocument stored,
      Company company,
      @Nullable Partner partner,
      Locale language,
      @Nullable String layout) {
    return new Printing(stored.current(), stored.payments(), company, partner, language, layout);
  }
}
