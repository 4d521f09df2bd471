package org.postroom.statements;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.partners.OnDocument;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.postroom.partners.Purpose;
import org.postroom.partners.Recipients;
import org.postroom.receivables.Statement;
import org.springframework.stereotype.Component;

/** Who of a run gets a statement. Asked when it is planned and again when it is sent. */
@Component
class Verdicts {
  private static final OnDocument NOBODY =
      new OnDocument(List.of(), List.of(), List.of(), List.of());
  private final Partners partners;

  Verdicts(Partners partners) {
    this.partners = partners;
  }

  /** Null where the customer gets one. */
  @Nullable Verdict of(StatementRun run, Statement statement) {
    Partner partner = statement.partner();
    RunRequest request = run.request();
    if (request.exclude().contains(partner.ref()))
      return new Verdict("excluded", "Left out of this run.");
    if (partner.type() != Partner.Type.CUSTOMER)
      return new Verdict("no_customer", "A vendor gets no statement.");
    if (!partner.wants(Purpose.STATEMENT))
      return new Verdict("switched_off", "Statements are switched off for this customer.");
    if (request.skipZero() && statement.isZero())
      return new Verdict("zero_balance", "Nothing is owed either way.");
    if (request.minAmount() != null && !statement.reaches(request.minAmount()))
      return new Verdict(
          "below_minimum",
          "Less than " + request.minAmount().toPlainString() + " is owed in every currency.");
    Recipients recipients = recipients(run.company(), partner);
    return recipients.to().isEmpty() ? new Verdict("no_address", recipients.reason()) : null;
  }

  static Verdict unknown() {
    return new Verdict("unknown_partner", "There is no customer with this key.");
  }

  /** For people: the first addresses. */
  String recipientWords(String company, Partner partner) {
    List<Address> to = recipients(company, partner).to();
    String first = to.stream().limit(2).map(Address::spec).collect(Collectors.joining(", "));
    return to.size() > 2 ? first + " and " + (to.size() - 2) + " more" : first;
  }

  private Recipients recipients(String company, Partner partner) {
    return partners.resolve(company, Purpose.STATEMENT, partner, NOBODY, List.of(), List.of());
  }
}
