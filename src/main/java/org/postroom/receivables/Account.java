package org.postroom.receivables;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.postroom.documents.Ledger;
import org.postroom.documents.Ledger.Entry;
import org.postroom.documents.Ledger.Group;
import org.postroom.documents.Receivable;

/** One customer's documents and payments in one currency. */
final class Account {
  private final String currency;
  private final List<Receivable> documents = new ArrayList<>();
  private final List<OnAccount> payments = new ArrayList<>();

  private Account(String currency) {
    this.currency = currency;
  }

  /** A statement of everything, a group for each currency that has something to show. */
  static Ledger ledger(List<Receivable> documents, List<OnAccount> payments, StatementScope scope) {
    var accounts = new TreeMap<String, Account>();
    for (Receivable each : documents)
      accounts.computeIfAbsent(each.currency(), Account::new).documents.add(each);
    for (OnAccount each : payments)
      accounts.computeIfAbsent(each.currency(), Account::new).payments.add(each);
    List<Group> groups =
        accounts.values().stream().flatMap(account -> account.group(scope).stream()).toList();
    return new Ledger(scope.kind(), scope.from(), scope.asOf(), groups);
  }

  private Optional<Group> group(StatementScope scope) {
    List<Entry> open = OpenItems.of(documents, payments, scope.asOf());
    Ageing.Sorting sorting = scope.ageing().sorting(scope.asOf());
    for (Entry entry : open)
      sorting.add(Objects.requireNonNullElse(entry.dueDate(), entry.date()), entry.open());
    Group group =
        scope.from() == null
            ? openItems(open, sorting)
            : activity(scope.from(), scope.asOf(), sorting);
    boolean nothing = group.entries().isEmpty() && group.balance().signum() == 0;
    return nothing ? Optional.empty() : Optional.of(group);
  }

  private Group openItems(List<Entry> open, Ageing.Sorting sorting) {
    BigDecimal balance = open.stream().map(Entry::open).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Group(
        currency,
        null,
        open.stream().map(entry -> scaled(entry)).toList(),
        sorting.buckets(digits()),
        scaled(balance));
  }

  private Group activity(LocalDate from, LocalDate asOf, Ageing.Sorting sorting) {
    List<Movement> movements =
        Stream.concat(
                documents.stream().flatMap(each -> Movement.of(each).stream()),
                payments.stream().map(Movement::of))
            .filter(movement -> !movement.date().isAfter(asOf))
            .sorted(Movement.IN_ORDER)
            .toList();
    BigDecimal opening =
        movements.stream()
            .filter(movement -> movement.date().isBefore(from))
            .map(Movement::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    List<Entry> entries = new ArrayList<>();
    BigDecimal balance = opening;
    for (Movement movement : movements) {
      if (movement.date().isBefore(from)) continue;
      balance = balance.add(movement.amount());
      entries.add(scaled(entry(movement, balance)));
    }
    return new Group(
        currency, scaled(opening), entries, sorting.buckets(digits()), scaled(balance));
  }

  private static Entry entry(Movement movement, BigDecimal balance) {
    return new Entry(
        movement.date(),
        movement.dueDate(),
        movement.kind(),
        movement.number(),
        movement.reference(),
        movement.amount(),
        balance);
  }

  private Entry scaled(Entry entry) {
    return new Entry(
        entry.date(),
        entry.dueDate(),
        entry.kind(),
        entry.number(),
        entry.reference(),
        scaled(entry.amount()),
        scaled(entry.open()));
  }

  private BigDecimal scaled(BigDecimal amount) {
    return Ageing.scaled(amount, digits());
  }

  private int digits() {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException unknown) {
      return 2;
    }
  }
}
