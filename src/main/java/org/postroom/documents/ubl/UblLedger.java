package org.postroom.documents.ubl;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document.Line;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Ledger;
import org.postroom.documents.Ledger.Entry;
import org.postroom.documents.Ledger.Group;
import org.postroom.documents.intake.Wording;

/** A statement whose lines are of several currencies: each currency for itself, never added up. */
final class UblLedger {
  private static final List<String> AMOUNTS =
      List.of("DebitLineAmount", "CreditLineAmount", "BalanceAmount");
  private final Element root;
  private final Values values;
  private final String currency;
  private final UblOpenItems items;

  UblLedger(Element root, Values values, String currency) {
    this.root = root;
    this.values = values;
    this.currency = currency;
    this.items = new UblOpenItems(values);
  }

  /** Null where all lines are of the document's currency: they stand as lines then. */
  @Nullable Ledger read() {
    List<Element> lines = root.all("StatementLine").limit(UblLines.MOST).toList();
    Map<String, List<Element>> groups = new LinkedHashMap<>();
    for (Element line : lines)
      groups.computeIfAbsent(currency(line), unused -> new ArrayList<>()).add(line);
    if (groups.keySet().stream().allMatch(currency::equals)) return null;
    boolean forward = lines.stream().anyMatch(UblLedger::isForward);
    LocalDate asOf = asOf();
    return new Ledger(
        forward ? Ledger.Kind.ACTIVITY : Ledger.Kind.OPEN_ITEMS,
        forward ? values.date(root, "StatementPeriod", "StartDate") : null,
        asOf,
        groups.entrySet().stream()
            .map(group -> group(group.getKey(), group.getValue(), forward, asOf))
            .toList());
  }

  private Group group(String code, List<Element> lines, boolean activity, LocalDate asOf) {
    BigDecimal opening = BigDecimal.ZERO;
    for (Element line : lines) if (isForward(line)) opening = opening.add(amount(line));
    BigDecimal balance = opening;
    List<Entry> entries = new ArrayList<>();
    for (Element line : lines) {
      if (isForward(line)) continue;
      BigDecimal amount = amount(line);
      balance = balance.add(amount);
      entries.add(entry(line, amount, activity ? balance : amount, asOf));
    }
    return new Group(code, activity ? opening : null, entries, List.of(), balance);
  }

  private Entry entry(Element element, BigDecimal amount, BigDecimal open, LocalDate asOf) {
    Line line = items.named(element);
    Object kind = line.fields().get("kind");
    String otherwise = amount.signum() < 0 ? "payment" : DocumentKind.INVOICE.word();
    return new Entry(
        line.date() == null ? asOf : line.date(),
        values.date(element, "PaymentTerms", "PaymentDueDate"),
        kind instanceof String word ? word : otherwise,
        line.description(),
        values.text(100, element, "PaymentMeans", "PaymentID"),
        amount,
        open);
  }

  private BigDecimal amount(Element line) {
    BigDecimal debit = values.number(line, "DebitLineAmount");
    BigDecimal credit = values.number(line, "CreditLineAmount");
    BigDecimal made = debit == null ? BigDecimal.ZERO : debit;
    if (debit == null && credit == null) {
      BigDecimal balance = values.number(line, "BalanceAmount");
      return balance == null ? made : balance;
    }
    return credit == null ? made : made.subtract(credit);
  }

  private String currency(Element line) {
    return AMOUNTS.stream()
        .map(line::first)
        .filter(Objects::nonNull)
        .map(amount -> amount.attribute("currencyID"))
        .filter(code -> code != null && Wording.isCurrency(code))
        .map(Objects::requireNonNull)
        .findFirst()
        .orElse(currency);
  }

  private LocalDate asOf() {
    LocalDate date =
        Stream.of(values.date(root, "StatementPeriod", "EndDate"), values.date(root, "IssueDate"))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (date != null) return date;
    values.note(root, "required", "A statement of several currencies needs its date (IssueDate).");
    return LocalDate.EPOCH;
  }

  private static boolean isForward(Element line) {
    String indicator = line.text("BalanceBroughtForwardIndicator");
    return "true".equals(indicator) || "1".equals(indicator);
  }
}
