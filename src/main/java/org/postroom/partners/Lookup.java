package org.postroom.partners;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/** What the sources hold for one mail. */
record Lookup(
    Purpose purpose, @Nullable Partner partner, OnDocument document, List<Address> templateCc) {

  /**
   * What a source gave.
   *
   * @param owner "the document", "Contoso Bakery"
   */
  record Found(RecipientSource source, List<Address> addresses, String owner) {
    /** "bill-to address", in the plural where there are several. */
    String label() {
      String label = source.label();
      if (addresses.size() < 2) return label;
      return label + (label.endsWith("s") ? "es" : "s");
    }
  }

  Found find(RecipientSource source) {
    return switch (source) {
      case CONTACT_IF_ON -> contactIsOn() ? contact(source) : ofPartner(source, p -> List.of());
      case CONTACT -> contact(source);
      case DOCUMENT_CONTACT -> ofDocument(source, document.contact());
      case BILL_TO -> either(source, document.billTo(), p -> emails(p.billTo()));
      case SHIP_TO -> either(source, document.shipTo(), p -> emails(p.shipTo()));
      case SHIPMENT_NOTIFICATION -> ofDocument(source, document.shipment());
      case SHIPMENT_UPDATE -> ofPartner(source, p -> p.emails().shipment());
      case BILLING -> ofPartner(source, p -> p.emails().billing());
      case MAIN -> ofPartner(source, p -> p.emails().main());
      case PARTNER_CC -> ofPartner(source, p -> p.emails().cc());
      case TEMPLATE_CC -> new Found(source, templateCc, "the template");
    };
  }

  /** Without a partner nobody has switched it off: a contact on the document counts. */
  private boolean contactIsOn() {
    return partner == null || partner.useContactEmail();
  }

  private Found contact(RecipientSource source) {
    return either(source, document.contact(), this::contacts);
  }

  private List<Address> contacts(Partner of) {
    List<Address> named =
        of.contacts().stream()
            .filter(contact -> contact.roles().stream().anyMatch(this::isPurpose))
            .flatMap(contact -> Stream.ofNullable(contact.email()))
            .toList();
    if (!named.isEmpty()) return named;
    return of.contacts().stream()
        .flatMap(contact -> Stream.ofNullable(contact.email()))
        .limit(1)
        .toList();
  }

  private boolean isPurpose(String role) {
    return role.toLowerCase(Locale.ROOT).replace(' ', '_').equals(purpose.word());
  }

  private Found either(
      RecipientSource source, List<Address> onDocument, Function<Partner, List<Address>> own) {
    return onDocument.isEmpty() ? ofPartner(source, own) : ofDocument(source, onDocument);
  }

  private static Found ofDocument(RecipientSource source, List<Address> addresses) {
    return new Found(source, addresses, "the document");
  }

  private Found ofPartner(RecipientSource source, Function<Partner, List<Address>> addresses) {
    return partner == null
        ? new Found(source, List.of(), "nobody")
        : new Found(source, addresses.apply(partner), partner.name());
  }

  private static List<Address> emails(Partner.@Nullable Place place) {
    return place == null ? List.of() : place.emails();
  }
}
