package org.postroom.payments.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.StoredDocument;
import org.postroom.mail.Address;
import org.postroom.partners.Partner;
import org.postroom.payments.OpenedLink;
import org.postroom.payments.PaymentLink;

/**
 * Somebody looks at a link.
 *
 * @param partner whom the link is for, null where unknown
 * @param chosen the language the visitor chose on the page, null: the document's own
 */
record Visit(
    String token,
    OpenedLink opened,
    Company company,
    @Nullable Partner partner,
    @Nullable Locale chosen,
    Instant now) {

  PaymentLink link() {
    return opened.link();
  }

  List<StoredDocument> documents() {
    return opened.documents();
  }

  /** Whether a document the link is for is not there any more. */
  boolean lacksDocuments() {
    return opened.documents().size() < link().items().size() || opened.documents().isEmpty();
  }

  /** The document's language, else its partner's, else the company's. */
  Locale language() {
    return Optional.ofNullable(chosen)
        .or(() ->
            documents().stream()
                .map(stored -> stored.document().language())
                .filter(tag -> tag != null)
                .findFirst()
                .or(() -> Optional.ofNullable(partner).map(Partner::language))
                .map(Locale::forLanguageTag))
        .orElse(company.language());
  }

  PageWords words() {
    return PageWords.in(language());
  }

  /** Where mail to the customer goes, for a provider's form. */
  @Nullable String email() {
    if (partner == null) return null;
    return Stream.of(partner.emails().billing(), partner.emails().main())
        .flatMap(List::stream)
        .findFirst()
        .map(Address::spec)
        .orElse(null);
  }

  /** What a link on the page adds to keep the chosen language. */
  String query() {
    return chosen == null ? "" : "?lang=" + chosen.toLanguageTag();
  }
}
