package org.postroom.documents.ubl;

import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Party;
import org.postroom.mail.Address;
import org.postroom.partners.Partner;

/** The party a document goes to, as the partner it becomes unless it is known. */
final class Newcomer {
  private final Element around;
  private final Values values;

  Newcomer(Element around, Values values) {
    this.around = around;
    this.values = values;
  }

  /** Null where the party has neither an id nor a name. */
  @Nullable Partner partner(Document document) {
    Party party = document.kind().toVendor() ? document.seller() : document.buyer();
    if (party == null) return null;
    String ref = ref(party);
    if (ref == null) return null;
    return new Partner(
        ref,
        document.kind().toVendor() ? Partner.Type.VENDOR : Partner.Type.CUSTOMER,
        party.name() == null ? ref : party.name(),
        null,
        document.currency().equals("XXX") ? null : document.currency(),
        party.taxId(),
        party.phone(),
        new Partner.Emails(addresses(party.email()), List.of(), List.of(), List.of()),
        place(party),
        place(document.shipTo()),
        contacts(document.contact()),
        false,
        Map.of(),
        null,
        Map.of(),
        Map.of(),
        Map.of(),
        1,
        Instant.EPOCH);
  }

  /**
   * A key that is the same on the next document: the account id, else the party's identification or
   * GLN, else the tax number, else the name in small letters.
   */
  private @Nullable String ref(Party party) {
    Element inner = Parties.inner(around);
    return Stream.of(
            values.text(100, around, "CustomerAssignedAccountID"),
            values.text(100, around, "SupplierAssignedAccountID"),
            values.text(100, inner, "PartyIdentification", "ID"),
            values.text(100, inner, "EndpointID"),
            party.taxId(),
            values.text(100, inner, "PartyLegalEntity", "CompanyID"),
            slug(party.name()))
        .filter(Objects::nonNull)
        .filter(ref -> !ref.equals(".") && !ref.equals(".."))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String slug(@Nullable String name) {
    if (name == null) return null;
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
    String slug =
        plain.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
    if (slug.isEmpty()) return null;
    return slug.codePoints()
        .limit(50)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Partner.@Nullable Place place(@Nullable Party party) {
    if (party == null || party.address().isEmpty()) return null;
    return new Partner.Place(
        party.name(), party.address(), party.country(), addresses(party.email()));
  }

  private static List<Partner.Contact> contacts(Document.@Nullable Contact contact) {
    if (contact == null || contact.name() == null) return List.of();
    Address email = addresses(contact.email()).stream().findFirst().orElse(null);
    return List.of(new Partner.Contact(contact.name(), email, contact.phone(), List.of()));
  }

  private static List<Address> addresses(@Nullable String email) {
    return email == null ? List.of() : Address.tryParse(email).stream().toList();
  }
}
