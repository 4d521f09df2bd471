package org.postroom.documents;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.mail.Address;
import org.postroom.partners.Partner;

/**
 * What texts, layouts and rules can name: the placeholders' values as plain maps, lists and text,
 * nothing that could be called. Its names are those of {@code placeholders.json}, which a test
 * keeps so; {@code sender} and {@code links} are added by whoever knows them.
 */
public final class DocumentModel {
  private DocumentModel() {}

  /** As of today where the company is. */
  public static Map<String, Object> of(
      Company company,
      @Nullable StoredDocument stored,
      @Nullable Partner partner,
      Locale language) {
    return of(company, stored, partner, language, LocalDate.now(company.timeZone()));
  }

  /**
   * {@code company}, {@code partner}, {@code document}, {@code contact}, {@code statement}; any but
   * the first may be missing.
   *
   * @param today what days overdue are counted to
   */
  public static Map<String, Object> of(
      Company company,
      @Nullable StoredDocument stored,
      @Nullable Partner partner,
      Locale language,
      LocalDate today) {
    Facts model = new Facts();
    model.put("company", company(company));
    model.group("partner", partner, DocumentModel::partner);
    if (stored == null) return model.map();
    Document document = stored.document();
    model.put("document", new DocumentFacts(stored, company, language).of(today));
    model.group("contact", document.contact(), DocumentModel::contact);
    model.group("statement", document.ledger(), ledger -> LedgerFacts.of(ledger, language));
    return model.map();
  }

  private static Map<String, Object> company(Company company) {
    return new Facts()
        .put("name", company.name())
        .put("address", company.address())
        .put("country", company.country())
        .put("email", company.email())
        .put("phone", company.phone())
        .put("website", company.website())
        .put("tax_id", company.taxId())
        .put("registration", company.registration())
        .put("bank", company.bankName())
        .put("iban", company.iban())
        .put("bic", company.bic())
        .put("currency", company.currency())
        .put("language", company.language().toLanguageTag())
        .put("colour", company.colour())
        .map();
  }

  private static Map<String, Object> contact(Document.Contact contact) {
    return new Facts()
        .put("name", contact.name())
        .put("email", contact.email())
        .put("phone", contact.phone())
        .map();
  }

  private static Map<String, Object> partner(Partner partner) {
    return new Facts()
        .put("ref", partner.ref())
        .put("name", partner.name())
        .put("type", partner.type().word())
        .put("language", partner.language())
        .put("currency", partner.currency())
        .put("tax_id", partner.taxId())
        .put("phone", partner.phone())
        .put("email", first(partner.emails().main()))
        .group("bill_to", partner.billTo(), DocumentModel::place)
        .group("ship_to", partner.shipTo(), DocumentModel::place)
        .list("contacts", partner.contacts(), DocumentModel::contact)
        .put("attributes", partner.attributes())
        .map();
  }

  private static Map<String, Object> place(Partner.Place place) {
    return new Facts()
        .put("name", place.name())
        .put("address", place.address())
        .put("country", place.country())
        .put("email", first(place.emails()))
        .map();
  }

  private static Map<String, Object> contact(Partner.Contact contact) {
    Address email = contact.email();
    return new Facts()
        .put("name", contact.name())
        .put("email", email == null ? null : email.spec())
        .put("phone", contact.phone())
        .put("roles", contact.roles())
        .map();
  }

  private static @Nullable String first(Iterable<Address> addresses) {
    var all = addresses.iterator();
    return all.hasNext() ? all.next().spec() : null;
  }
}
