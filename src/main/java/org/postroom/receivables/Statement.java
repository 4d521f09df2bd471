package org.postroom.receivables;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Party;
import org.postroom.documents.Document.PaymentTerms;
import org.postroom.documents.Document.Totals;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Ledger;
import org.postroom.documents.Ledger.Group;
import org.postroom.http.Problem;
import org.postroom.partners.Partner;

/** What one customer owes, by currency, and the document that tells them. */
public record Statement(Partner partner, Ledger ledger) {
  private static final int MOST_ENTRIES = 20_000;
  private static final int LONGEST_REF = 60;

  /** Whether nothing is owed in any currency, either way. */
  public boolean isZero() {
    return ledger.groups().stream().allMatch(group -> group.balance().signum() == 0);
  }

  /** Whether at least that much is owed in some currency. */
  public boolean reaches(BigDecimal least) {
    return ledger.groups().stream().anyMatch(group -> group.balance().compareTo(least) >= 0);
  }

  /** For people: "1284.50 EUR, 20.00 USD"; empty without any group. */
  public String balances() {
    return String.join(
        ", ",
        ledger.groups().stream()
            .map(group -> group.balance().toPlainString() + " " + group.currency())
            .toList());
  }

  /**
   * The same for the same customer, day and period, so that making it again replaces it: {@code
   * STM-contoso-2026-11-21}, with the first day before it for activity.
   */
  public String number() {
    String period =
        ledger.from() == null ? "" + ledger.asOf() : ledger.from() + "--" + ledger.asOf();
    return "STM-" + shortRef() + "-" + period;
  }

  /** In the currency that most is owed in; the customer's own, then the company's, without any. */
  public Document document(Company company) {
    int entries = ledger.groups().stream().mapToInt(group -> group.entries().size()).sum();
    if (entries > MOST_ENTRIES)
      throw Problem.invalid(
          "/from",
          "too_many",
          "This statement would list "
              + entries
              + " items; one holds 20000. Choose a shorter period.");
    Optional<Group> main = main();
    BigDecimal balance = main.map(Group::balance).orElse(BigDecimal.ZERO);
    return new Document(
        DocumentKind.STATEMENT,
        number(),
        partner.ref(),
        ledger.asOf(),
        null,
        null,
        main.map(Group::currency).orElse(own(company)),
        null,
        null,
        buyer(),
        billTo(),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new Totals(null, null, null, balance, null, null, balance),
        PaymentTerms.NONE,
        Map.of(),
        List.of(),
        fields(),
        ledger,
        List.of());
  }

  private Optional<Group> main() {
    return ledger.groups().stream()
        .max(
            Comparator.comparing((Group group) -> group.balance().abs())
                .thenComparing(Group::currency, Comparator.reverseOrder()));
  }

  private String own(Company company) {
    return partner.currency() == null ? company.currency() : partner.currency();
  }

  private Party buyer() {
    Partner.@Nullable Place place = partner.billTo();
    return new Party(
        partner.name(),
        place == null ? List.of() : place.address(),
        place == null ? null : place.country(),
        null,
        partner.phone(),
        partner.taxId(),
        List.of());
  }

  /** The partner's own bill-to addresses decide who gets it; here only the paper. */
  private @Nullable Party billTo() {
    Partner.@Nullable Place place = partner.billTo();
    if (place == null || place.name() == null) return null;
    return new Party(
        place.name(), place.address(), place.country(), null, null, partner.taxId(), List.of());
  }

  /** For texts: every balance with its currency, and what of it is late. */
  private Map<String, Object> fields() {
    List<Object> balances = new ArrayList<>();
    for (Group group : ledger.groups()) {
      Map<String, Object> balance = new LinkedHashMap<>();
      balance.put("currency", group.currency());
      balance.put("balance", group.balance());
      balance.put("overdue", overdue(group));
      balances.add(balance);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("statement_kind", ledger.kind().word());
    if (ledger.from() != null) fields.put("from", ledger.from().toString());
    if (!balances.isEmpty()) fields.put("balances", balances);
    return fields;
  }

  private static BigDecimal overdue(Group group) {
    return group.ageing().stream()
        .filter(bucket -> bucket.fromDays() != null)
        .map(Ledger.Bucket::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** A long ref is cut; what is cut off still tells two of them apart. */
  private String shortRef() {
    String ref = partner.ref();
    if (ref.length() <= LONGEST_REF) return ref;
    int end = Character.isHighSurrogate(ref.charAt(LONGEST_REF - 10)) ? 49 : LONGEST_REF - 9;
    UUID rest = UUID.nameUUIDFromBytes(ref.getBytes(StandardCharsets.UTF_8));
    return ref.substring(0, end).strip() + "~" + rest.toString().substring(0, 8);
  }
}
