package org.postroom.automations;

import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.StoredDocument;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.springframework.stereotype.Component;

/** Reads what events are about. */
@Component
class Matters {
  private final Access access;
  private final Documents documents;
  private final Partners partners;

  Matters(Access access, Documents documents, Partners partners) {
    this.access = access;
    this.documents = documents;
    this.partners = partners;
  }

  Matter of(BusinessEvent event) {
    String company = event.company();
    StoredDocument stored =
        DocumentKind.of(event.documentKind())
            .flatMap(kind -> documents.find(company, kind, event.documentNumber()))
            .orElse(null);
    return new Matter(event, access.company(company), stored, partner(event, stored), false);
  }

  private @Nullable Partner partner(BusinessEvent event, @Nullable StoredDocument stored) {
    String ref = stored == null ? null : stored.document().partner();
    if (event.documentKind().equals(Told.PARTNER)) ref = event.documentNumber();
    return ref == null ? null : partners.find(event.company(), ref).orElse(null);
  }
}
