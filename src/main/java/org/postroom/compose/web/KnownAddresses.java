package org.postroom.compose.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postroom.compose.MessageDraft;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.mail.Address;
import org.postroom.mail.AddressList;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.springframework.stereotype.Component;

/** Addresses of the partner that may be added with a press. */
@Component
class KnownAddresses {
  private static final int MOST = 20;
  private final Documents documents;
  private final Partners partners;

  KnownAddresses(Documents documents, Partners partners) {
    this.documents = documents;
    this.partners = partners;
  }

  /**
   * @param address as it goes into the field
   * @param what what it is known as, such as "Billing"
   */
  record Known(String address, String what) {}

  /** Those that are not among the recipients yet. */
  List<Known> of(MessageDraft draft) {
    DocumentRef ref = draft.document();
    if (ref == null) return List.of();
    return DocumentKind.of(ref.kind())
        .flatMap(kind -> documents.find(draft.company(), kind, ref.number()))
        .flatMap(stored ->
            java.util.Optional.ofNullable(stored.document().partner())
                .flatMap(partner -> partners.find(draft.company(), partner)))
        .map(partner -> known(partner, taken(draft)))
        .orElse(List.of());
  }

  private static List<Known> known(Partner partner, Set<String> taken) {
    var all = new Found(taken, new ArrayList<>());
    for (Partner.Contact contact : partner.contacts()) {
      String roles = String.join(", ", contact.roles()).replace('_', ' ');
      if (contact.email() != null)
        all.add(
            List.of(new Address(contact.name(), contact.email().spec())),
            roles.isEmpty() ? "Contact" : "Contact, " + roles);
    }
    all.add(partner.emails().billing(), "Billing");
    all.add(partner.emails().main(), "Main");
    all.add(partner.emails().cc(), "Copy");
    all.add(partner.emails().shipment(), "Shipment");
    if (partner.billTo() != null) all.add(partner.billTo().emails(), "Bill-to");
    if (partner.shipTo() != null) all.add(partner.shipTo().emails(), "Ship-to");
    return all.known();
  }

  private record Found(Set<String> taken, List<Known> known) {
    void add(List<Address> addresses, String what) {
      for (Address address : addresses)
        if (known.size() < MOST && taken.add(address.key()))
          known.add(new Known(address.display(), what));
    }
  }

  private static Set<String> taken(MessageDraft draft) {
    Set<String> taken = new HashSet<>();
    for (String field : List.of(draft.typed().to(), draft.typed().cc(), draft.typed().bcc()))
      AddressList.read(field).addresses().forEach(address -> taken.add(address.key()));
    return taken;
  }
}
