package org.postroom.documents.ubl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document.Contact;
import org.postroom.documents.Document.Party;
import org.postroom.documents.intake.Wording;
import org.postroom.mail.Address;

/** Firms, addresses and people. */
final class Parties {
  private final Values values;

  Parties(Values values) {
    this.values = values;
  }

  /** A {@code cac:…Party} around a {@code cac:Party}, or a {@code cac:Party} itself. */
  @Nullable Party party(@Nullable Element around) {
    if (around == null) return null;
    Element party = inner(around);
    return new Party(
        name(party),
        address(party.first("PostalAddress")),
        country(party.first("PostalAddress")),
        email(party),
        phone(party),
        taxId(party),
        ids(party));
  }

  /** The person named at a party; null where there is none. */
  @Nullable Contact contact(@Nullable Element around) {
    if (around == null) return null;
    Element party = inner(around);
    String name = values.text(party, "Contact", "Name");
    if (name == null) name = person(party);
    String email = email(party);
    String phone = phone(party);
    return name == null && email == null && phone == null ? null : new Contact(name, email, phone);
  }

  /** Where goods go: delivery party and address, or location. */
  @Nullable Party shipTo(@Nullable Element delivery, @Nullable String otherwiseName) {
    if (delivery == null) return null;
    Element address = delivery.first("DeliveryAddress");
    if (address == null) address = delivery.first("DeliveryLocation", "Address");
    Element party = delivery.first("DeliveryParty");
    if (address == null && party != null) address = party.first("PostalAddress");
    if (address == null && party == null) return null;
    String name = party == null ? null : name(party);
    if (name == null) name = values.text(delivery, "DeliveryLocation", "Name");
    return new Party(
        name == null ? otherwiseName : name,
        address(address),
        country(address),
        party == null ? null : email(party),
        party == null ? null : phone(party),
        null,
        texts(delivery, "DeliveryLocation", "ID"));
  }

  /** The trading name, else the registered one, else the person's. */
  @Nullable String name(Element party) {
    String name = values.text(party, "PartyName", "Name");
    if (name == null) name = values.text(party, "PartyLegalEntity", "RegistrationName");
    if (name == null) name = values.text(party, "PartyTaxScheme", "RegistrationName");
    return name == null ? person(party) : name;
  }

  /** The first VAT number, else any tax number. */
  @Nullable String taxId(Element party) {
    return party
        .all("PartyTaxScheme")
        .filter(scheme -> "VAT".equals(scheme.text("TaxScheme", "ID")))
        .map(scheme -> values.text(100, scheme, "CompanyID"))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> values.text(100, party, "PartyTaxScheme", "CompanyID"));
  }

  static Element inner(Element around) {
    Element party = around.first("Party");
    return party == null ? around : party;
  }

  private @Nullable String person(Element party) {
    Element person = party.first("Person");
    if (person == null) return null;
    String name =
        Stream.of("FirstName", "MiddleName", "FamilyName")
            .map(part -> values.text(100, person, part))
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    return name.isEmpty() ? null : name;
  }

  /** A party's own address for mail; an endpoint counts where it is one (scheme EM). */
  private @Nullable String email(Element party) {
    return Stream.of(
            values.text(party, "Contact", "ElectronicMail"),
            values.text(party, "Person", "Contact", "ElectronicMail"),
            values.text(party, "EndpointID"))
        .filter(Objects::nonNull)
        .flatMap(text -> Address.tryParse(text).stream())
        .map(Address::spec)
        .findFirst()
        .orElse(null);
  }

  private @Nullable String phone(Element party) {
    return values.text(100, party, "Contact", "Telephone");
  }

  private List<String> ids(Element party) {
    Set<String> ids = new LinkedHashSet<>();
    ids.addAll(texts(party, "PartyIdentification", "ID"));
    ids.addAll(texts(party, "EndpointID"));
    ids.addAll(texts(party, "PartyLegalEntity", "CompanyID"));
    return ids.stream().limit(20).toList();
  }

  private List<String> texts(Element in, String... path) {
    return in.all(path)
        .map(found -> values.text(100, found))
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .limit(20)
        .toList();
  }

  /** Lines as printed on an envelope, without name and country. */
  private List<String> address(@Nullable Element address) {
    if (address == null) return List.of();
    List<String> lines = new ArrayList<>();
    line(lines, values.text(address, "Department"));
    line(lines, joined(address, "BuildingName", "Floor", "Room"));
    line(lines, joined(address, "StreetName", "BuildingNumber"));
    line(lines, values.text(address, "AdditionalStreetName"));
    address.all("AddressLine", "Line").limit(4).forEach(line -> line(lines, values.text(line)));
    line(lines, postbox(values.text(address, "Postbox")));
    line(lines, joined(address, "PostalZone", "CityName"));
    String region = values.text(address, "CountrySubentity");
    line(lines, region == null ? values.text(address, "CountrySubentityCode") : region);
    return lines;
  }

  private @Nullable String joined(Element address, String... parts) {
    String joined =
        Stream.of(parts)
            .map(part -> values.text(140, address, part))
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    return joined.isEmpty() ? null : joined;
  }

  private static @Nullable String postbox(@Nullable String box) {
    return box != null && box.matches("[0-9 ]{1,20}") ? "PO Box " + box : box;
  }

  private static void line(List<String> lines, @Nullable String line) {
    if (line != null && line.length() <= Wording.SHORT) lines.add(line);
  }

  private @Nullable String country(@Nullable Element address) {
    if (address == null) return null;
    String code = values.text(address, "Country", "IdentificationCode");
    if (code == null) return null;
    String upper = code.toUpperCase(Locale.ROOT);
    return Wording.isCountry(upper) ? upper : null;
  }
}
