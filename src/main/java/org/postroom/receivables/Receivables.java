package org.postroom.receivables;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.documents.Documents;
import org.postroom.documents.NewPayment;
import org.postroom.documents.Receivable;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.springframework.stereotype.Service;

/**
 * What customers owe on a day: from invoices, credit memos, deposits and receipts, the payments
 * told for them and the payments on account. What came later does not count.
 */
@Service
public class Receivables {
  private final Database database;
  private final Documents documents;
  private final Partners partners;
  private final Access access;

  Receivables(Database database, Documents documents, Partners partners, Access access) {
    this.database = database;
    this.documents = documents;
    this.partners = partners;
    this.access = access;
  }

  /**
   * One customer's statement.
   *
   * @throws Problem 404 where there is no such partner, 422 where it is a vendor
   */
  public Statement statement(String company, String ref, StatementScope scope) {
    Partner partner = customer(company, ref);
    return statements(company, List.of(partner), scope).getFirst();
  }

  /** The statements of these customers, in their order; read at once, so keep them few. */
  public List<Statement> statements(String company, List<Partner> customers, StatementScope scope) {
    List<String> refs = customers.stream().map(Partner::ref).toList();
    ZoneId zone = access.company(company).timeZone();
    boolean settledToo = scope.from() != null;
    return database.read(sql -> {
      Map<String, List<Receivable>> owed =
          documents.receivables(company, refs, scope.asOf(), settledToo, zone).stream()
              .collect(Collectors.groupingBy(Receivable::partner));
      Map<String, List<OnAccount>> payments = OnAccountRows.of(sql, company, refs);
      return customers.stream()
          .map(customer ->
              new Statement(
                  customer,
                  Account.ledger(
                      owed.getOrDefault(customer.ref(), List.of()),
                      payments.getOrDefault(customer.ref(), List.of()),
                      scope)))
          .toList();
    });
  }

  /** Today where the company is. */
  public LocalDate today(String company) {
    return database.now().atZone(access.company(company).timeZone()).toLocalDate();
  }

  /**
   * Notes a payment that names no invoice. The same reference again is the same payment; with
   * another amount, currency or date 409.
   *
   * @throws Problem 404 where there is no such partner
   */
  public OnAccount pay(Caller caller, String ref, NewPayment told) {
    caller.require(Right.WRITE_DOCUMENTS);
    Partner partner = customer(caller.company(), ref);
    String currency = currency(caller.company(), partner, told);
    return database.write(sql -> {
      documents.paymentsTold(caller.company());
      return pay(sql, caller.company(), ref, told, currency);
    });
  }

  /** By reference. */
  public Slice<OnAccount> payments(String company, String ref, int limit, @Nullable String cursor) {
    customer(company, ref);
    return database.read(sql ->
        Slice.of(
            OnAccountRows.list(sql, company, ref, limit, cursor), limit, OnAccount::reference));
  }

  private static OnAccount pay(
      Sql sql, String company, String ref, NewPayment told, String currency) {
    Instant now = sql.now();
    var payment = new OnAccount(told.reference(), currency, told.amount(), told.date(), now);
    if (OnAccountRows.add(sql, company, ref, payment)) return payment;
    OnAccount before = OnAccountRows.find(sql, company, ref, told.reference()).orElseThrow();
    boolean same =
        before.amount().compareTo(told.amount()) == 0
            && before.date().equals(told.date())
            && before.currency().equals(currency);
    if (same) return before;
    throw Problem.conflict(
        "payment_differs",
        "Payment “%s” is known already: %s %s on %s."
            .formatted(
                told.reference(),
                before.amount().toPlainString(),
                before.currency(),
                before.date()));
  }

  private String currency(String company, Partner partner, NewPayment told) {
    if (told.currency() != null) return told.currency();
    return partner.currency() != null ? partner.currency() : access.company(company).currency();
  }

  private Partner customer(String company, String ref) {
    Partner partner =
        partners
            .find(company, ref)
            .orElseThrow(() -> Problem.notFound("The partner “" + ref + "”"));
    if (partner.type() == Partner.Type.CUSTOMER) return partner;
    throw Problem.of(
        422, "no_customer", partner.name() + " is a vendor; statements are for customers.");
  }
}
