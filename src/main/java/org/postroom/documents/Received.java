package org.postroom.documents;

import org.jspecify.annotations.Nullable;
import org.postroom.partners.Partner;

/**
 * A document as it was read, with the party it goes to where the document names one.
 *
 * @param newcomer becomes a partner unless its ref is known; null where nobody is named
 */
public record Received(Document document, @Nullable Partner newcomer) {

  /** The same document for the partner of that ref, whatever the document itself calls it. */
  public Received forPartner(String ref) {
    return new Received(document.withPartner(ref), newcomer == null ? null : called(ref, newcomer));
  }

  private static Partner called(String ref, Partner partner) {
    return new Partner(
        ref,
        partner.type(),
        partner.name(),
        partner.language(),
        partner.currency(),
        partner.taxId(),
        partner.phone(),
        partner.emails(),
        partner.billTo(),
        partner.shipTo(),
        partner.contacts(),
        partner.useContactEmail(),
        partner.notifications(),
        partner.sendFrom(),
        partner.layouts(),
        partner.templates(),
        partner.attributes(),
        partner.version(),
        partner.updatedAt());
  }
}
