package org.postroom.documents.einvoice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Contact;
import org.postroom.documents.Document.Party;
import org.postroom.documents.einvoice.Einvoice.Trader;
import org.postroom.partners.Partner;

/** Who sells, who buys, and where it goes. */
final class Traders {
  /** Greece writes EL, Northern Ireland XI before its VAT numbers. */
  private static final Set<String> OTHER_PREFIXES = Set.of("EL", "XI");

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Pattern TOWN =
      Pattern.compile("([0-9]{3,6}(?: ?[A-Z]{2})?|[A-Z]{1,2}-[0-9]{3,6}) +(\\p{L}.*)");
  private static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "it", "nl", "pt");
  private static final int MOST_STREET_LINES = 3;

  private final Document document;
  private final Company company;
  private final @Nullable Partner partner;
  private final Gaps gaps;

  Traders(Document document, Company company, @Nullable Partner partner, Gaps gaps) {
    this.document = document;
    this.company = company;
    this.partner = partner;
    this.gaps = gaps;
  }

  /** As the document says; the company itself where it names nobody else. */
  Trader seller() {
    Party told = document.seller();
    boolean own = told == null || told.name() == null || told.name().equals(company.name());
    Party party = own ? completed(told) : Objects.requireNonNull(told);
    String country =
        gaps.need(
            party.country(), "", "The seller’s country is missing (seller.country, such as DE).");
    return trader(
        party, String.valueOf(party.name()), country, own ? company.registration() : null, null);
  }

  /** Whoever ordered; where the document names only who pays, that one. */
  Trader buyer() {
    Party party = document.buyer() == null ? document.billTo() : document.buyer();
    String name = party == null ? null : party.name();
    if (name == null && partner != null) name = partner.name();
    name = gaps.need(name, "", "The buyer’s name is missing (buyer.name or bill_to.name).");
    String country = party == null ? null : party.country();
    if (country == null && partner != null && partner.billTo() != null)
      country = partner.billTo().country();
    country =
        gaps.need(
            country,
            "",
            "The buyer’s country is missing (buyer.country or bill_to.country, such as DE).");
    return trader(party == null ? nobody() : taxed(party), name, country, null, document.contact());
  }

  /** Null where nothing says in which country it goes (BR-57). */
  @Nullable Trader shipTo() {
    Party party = document.shipTo();
    if (party == null || party.country() == null) return null;
    String name = party.name();
    return trader(party, name == null ? "" : name, party.country(), null, null);
  }

  private Party completed(@Nullable Party told) {
    Party party = told == null ? nobody() : told;
    return new Party(
        company.name(),
        party.address().isEmpty() ? company.address() : party.address(),
        party.country() == null ? company.country() : party.country(),
        party.email() == null ? company.email() : party.email(),
        party.phone() == null ? company.phone() : party.phone(),
        party.taxId() == null ? company.taxId() : party.taxId(),
        party.ids());
  }

  private Party taxed(Party party) {
    String taxId = party.taxId();
    if (taxId == null && partner != null) taxId = partner.taxId();
    return new Party(
        party.name(),
        party.address(),
        party.country(),
        party.email(),
        party.phone(),
        taxId,
        party.ids());
  }

  private static Party nobody() {
    return new Party(null, List.of(), null, null, null, null, List.of());
  }

  private static Trader trader(
      Party party,
      String name,
      String country,
      @Nullable String registration,
      @Nullable Contact contact) {
    List<String> street = new ArrayList<>(party.address());
    if (street.size() > 1 && isCountry(street.getLast().strip(), country)) street.removeLast();
    Matcher town = street.size() < 2 ? null : TOWN.matcher(street.getLast().strip());
    boolean found = town != null && town.matches();
    if (found) street.removeLast();
    String taxId = party.taxId();
    String vatId = taxId == null ? null : vatId(taxId);
    return new Trader(
        name,
        short3(street),
        found ? Objects.requireNonNull(town).group(1) : null,
        found ? Objects.requireNonNull(town).group(2) : null,
        country,
        vatId,
        vatId == null ? taxId : null,
        registration,
        party.ids().isEmpty() ? null : party.ids().getFirst(),
        contact == null ? null : contact.name(),
        contact == null || contact.phone() == null ? party.phone() : contact.phone(),
        party.email() == null && contact != null ? contact.email() : party.email());
  }

  /** "Germany" as the last line of an address says again what the code says. */
  private static boolean isCountry(String line, String code) {
    Locale country = Locale.of("", code);
    return line.equalsIgnoreCase(code)
        || LANGUAGES.stream()
            .anyMatch(tag -> line.equalsIgnoreCase(country.getDisplayCountry(Locale.of(tag))));
  }

  private static List<String> short3(List<String> lines) {
    if (lines.size() <= MOST_STREET_LINES) return lines;
    List<String> three = new ArrayList<>(lines.subList(0, MOST_STREET_LINES - 1));
    three.add(String.join(", ", lines.subList(MOST_STREET_LINES - 1, lines.size())));
    return three;
  }

  /** Without the dots and spaces people write; null where it is no VAT number of any country. */
  static @Nullable String vatId(String written) {
    String plain = written.replaceAll("[\\s.\u00a0/-]", "").toUpperCase(Locale.ROOT);
    if (!plain.matches("[A-Z]{2}[A-Z0-9+*]{2,13}")) return null;
    String prefix = plain.substring(0, 2);
    boolean known = COUNTRIES.contains(prefix) || OTHER_PREFIXES.contains(prefix);
    // Sweden's 14 digits in all, Denmark's 8: at least three digits make a number of it.
    return known && plain.chars().filter(Character::isDigit).count() >= 3 ? plain : null;
  }
}
