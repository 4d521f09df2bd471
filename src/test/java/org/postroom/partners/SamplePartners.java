package org.postroom.partners;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.postroom.mail.Address;

/** Contoso Bakery with addresses in the places a test names: {@code p.main@x.example} in p.main. */
final class SamplePartners {
  static final Set<String> PLACES =
      Set.of(
          "d.contact",
          "d.bill",
          "d.ship",
          "d.shipment",
          "p.contact",
          "p.bill",
          "p.ship",
          "p.main",
          "p.cc",
          "p.billing",
          "p.shipment");

  private SamplePartners() {}

  static List<Address> addresses(String... specs) {
    return Arrays.stream(specs).map(Address::of).toList();
  }

  static OnDocument document(Set<String> places) {
    return new OnDocument(
        at("d.contact", places),
        at("d.bill", places),
        at("d.ship", places),
        at("d.shipment", places));
  }

  static Partner partner(Set<String> places, boolean useContactEmail) {
    var emails =
        new Partner.Emails(
            at("p.main", places),
            at("p.cc", places),
            at("p.billing", places),
            at("p.shipment", places));
    return partner(
        emails, at("p.bill", places), at("p.ship", places), contacts(places), useContactEmail);
  }

  /** Addresses repeat over the places. */
  static Partner shared(Random random, Set<String> places, boolean useContactEmail) {
    String[] few = {"a@x.example", "A@X.example", "b@x.example", "d.bill@x.example"};
    var main =
        places.contains("p.main")
            ? addresses(few[random.nextInt(4)], few[random.nextInt(4)])
            : addresses();
    var cc =
        places.contains("p.cc") ? addresses(few[random.nextInt(4)], "p.cc@x.example") : addresses();
    var emails = new Partner.Emails(main, cc, at("p.billing", places), at("p.shipment", places));
    return partner(
        emails, at("p.bill", places), at("p.ship", places), contacts(places), useContactEmail);
  }

  static Partner withEmails(Partner.Emails emails) {
    return partner(emails, List.of(), List.of(), List.of(), false);
  }

  static Partner withContacts(Partner.Contact... contacts) {
    return partner(Partner.Emails.NONE, List.of(), List.of(), List.of(contacts), true);
  }

  static Partner named(String ref, String name) {
    return new Partner(
        ref,
        Partner.Type.CUSTOMER,
        name,
        null,
        null,
        null,
        null,
        Partner.Emails.NONE,
        null,
        null,
        List.of(),
        false,
        Map.of(),
        null,
        Map.of(),
        Map.of(),
        Map.of(),
        0,
        Instant.EPOCH);
  }

  private static Partner partner(
      Partner.Emails emails,
      List<Address> billTo,
      List<Address> shipTo,
      List<Partner.Contact> contacts,
      boolean useContactEmail) {
    return new Partner(
        "contoso",
        Partner.Type.CUSTOMER,
        "Contoso Bakery",
        "en",
        "EUR",
        null,
        null,
        emails,
        new Partner.Place(null, List.of(), null, billTo),
        new Partner.Place(null, List.of(), null, shipTo),
        contacts,
        useContactEmail,
        Map.of(),
        null,
        Map.of(),
        Map.of(),
        Map.of(),
        0,
        Instant.EPOCH);
  }

  private static List<Partner.Contact> contacts(Set<String> places) {
    return at("p.contact", places).stream()
        .map(address -> new Partner.Contact("Anna", address, null, List.of()))
        .toList();
  }

  private static List<Address> at(String place, Set<String> places) {
    return places.contains(place) ? addresses(place + "@x.example") : List.of();
  }
}
