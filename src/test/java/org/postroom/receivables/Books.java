package org.postroom.receivables;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.AccessForTests;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.DocumentsForTests;
import org.postroom.documents.NewPayment;
import org.postroom.documents.Source;
import org.postroom.mail.Address;
import org.postroom.partners.Partner;
import org.postroom.partners.Partner.Emails;
import org.postroom.partners.Partners;
import org.postroom.partners.PartnersForTests;

/** A company's books: told to Postroom, and noted beside as plain facts to compare with. */
final class Books {
  final Company company;
  final Caller erp;
  final Documents documents;
  final Partners partners;
  final Receivables receivables;
  final List<Fact> facts = new ArrayList<>();

  /** On that day the customer's balance changed by so much. */
  record Fact(String partner, String currency, LocalDate date, BigDecimal amount) {}

  Books(Database database) {
    Access access = AccessForTests.on(database);
    company = AccessForTests.company(access, "Acme");
    erp =
        new Caller(
            company.id(), Caller.Kind.KEY, "key_1", "ERP", null, Set.of(Right.values()), false);
    documents = DocumentsForTests.on(database);
    partners = PartnersForTests.on(database);
    receivables = new Receivables(database, documents, partners, access);
  }

  Partner partner(String ref, Partner.Type type) {
    var emails =
        new Emails(List.of(Address.of(ref + "@x.example")), List.of(), List.of(), List.of());
    return partners
        .put(
            erp,
            new Partner(
                ref,
                type,
                "The " + ref,
                null,
                null,
                null,
                null,
                emails,
                null,
                null,
                List.of(),
                false,
                java.util.Map.of(),
                null,
                java.util.Map.of(),
                java.util.Map.of(),
                java.util.Map.of(),
                0,
                java.time.Instant.EPOCH))
        .partner();
  }

  void put(
      DocumentKind kind,
      String number,
      String partner,
      String currency,
      LocalDate date,
      @Nullable LocalDate due,
      String gross,
      String paid) {
    BigDecimal rest = new BigDecimal(gross).subtract(new BigDecimal(paid));
    byte[] json =
        """
        {"partner": "%s", "issue_date": "%s", "due_date": %s, "currency": "%s",
         "totals": {"gross": "%s", "paid": "%s", "due": "%s"}}\
        """
            .formatted(
                partner,
                date,
                due == null ? "null" : "\"" + due + "\"",
                currency,
                gross,
                paid,
                rest.toPlainString())
            .getBytes(StandardCharsets.UTF_8);
    documents.put(erp, documents.readJson(kind, number, json), Source.json(json));
  }

  void pay(DocumentKind kind, String number, String reference, String amount, LocalDate date) {
    documents.pay(erp, kind, number, new NewPayment(reference, new BigDecimal(amount), date, null));
  }

  void payOnAccount(
      String partner, String currency, String reference, String amount, LocalDate date) {
    receivables.pay(
        erp, partner, new NewPayment(reference, new BigDecimal(amount), date, currency));
  }

  void fact(String partner, String currency, LocalDate date, BigDecimal amount) {
    facts.add(new Fact(partner, currency, date, amount));
  }

  /** What the facts say until the end of that day. */
  BigDecimal balance(String partner, String currency, LocalDate asOf) {
    return facts.stream()
        .filter(fact -> fact.partner().equals(partner) && fact.currency().equals(currency))
        .filter(fact -> !fact.date().isAfter(asOf))
        .map(Fact::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  Statement statement(String partner, StatementScope scope) {
    return receivables.statement(company.id(), partner, scope);
  }
}
