package org.postroom.statements;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.compose.Composer;
import org.postroom.mail.Address;
import org.postroom.partners.OnDocument;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.postroom.partners.Purpose;
import org.postroom.partners.Recipients;
import org.postroom.receivables.Statement;
import org.postroom.suppression.Suppression;
import org.postroom.suppression.Suppressions;
import org.springframework.stereotype.Component;

/** Who of a run gets a statement. Asked when it is planned and again when it is sent. */
@Component
class Verdicts {
  private static final OnDocument NOBODY =
      new OnDocument(List.of(), List.of(), List.of(), List.of());
  private final Partners partners;
  private final Suppressions suppressions;
  private final Access access;

  Verdicts(Partners partners, Suppressions suppressions, Access access) {
    this.partners = partners;
    this.suppressions = suppressions;
    this.access = access;
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
    if (recipients.to().isEmpty()) return new Verdict("no_address", recipients.reason());
    return blocked(run.company(), recipients);
  }

  /** Copies do not make up for it: without its addressees a statement goes to nobody. */
  private @Nullable Verdict blocked(String company, Recipients recipients) {
    List<String> to = recipients.to().stream().map(Address::spec).toList();
    Map<String, Suppression> blocked = suppressions.among(company, to);
    if (blocked.size() < to.size()) return null;
    ZoneId zone = access.company(company).timeZone();
    String why =
        to.stream()
            .limit(3)
            .map(one -> one + " is " + Objects.requireNonNull(blocked.get(one)).sentence(zone))
            .collect(Collectors.joining("; "));
    return new Verdict(Composer.BLOCKED, why + ".");
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
