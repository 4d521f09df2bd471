package org.postroom.console.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.postroom.mail.Address;
import org.postroom.partners.Partner;
import org.postroom.suppression.Suppression;
import org.postroom.suppression.Suppressions;
import org.springframework.stereotype.Component;

/** Which of a partner's addresses are not written to. */
@Component
class BlockedOfPartner {
  private final Suppressions suppressions;

  BlockedOfPartner(Suppressions suppressions) {
    this.suppressions = suppressions;
  }

  List<Suppression> of(Partner partner, String company) {
    return suppressions.among(company, addresses(partner)).values().stream()
        .distinct()
        .sorted(Comparator.comparing(Suppression::address))
        .toList();
  }

  private static Set<String> addresses(Partner partner) {
    List<Address> all = new ArrayList<>();
    Partner.Emails emails = partner.emails();
    List.of(emails.main(), emails.cc(), emails.billing(), emails.shipment()).forEach(all::addAll);
    if (partner.billTo() != null) all.addAll(partner.billTo().emails());
    if (partner.shipTo() != null) all.addAll(partner.shipTo().emails());
    for (Partner.Contact contact : partner.contacts())
      if (contact.email() != null) all.add(contact.email());
    Set<String> specs = new LinkedHashSet<>();
    all.forEach(address -> specs.add(address.spec()));
    return specs;
  }
}
