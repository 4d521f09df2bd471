package org.postroom.receivables;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Ledger.Bucket;
import org.postroom.documents.Ledger.Entry;
import org.postroom.documents.Ledger.Group;
import org.postroom.testkit.TestDatabase;

/**
 * Random documents and payments in any order: on any day the open items, the closing balance of any
 * period and the sum of the ages are the same sum, currency by currency, and it is the one that the
 * plain facts add up to.
 */
@ParameterizedClass
@EnumSource
class RandomBooksTests {
  private static final LocalDate START = LocalDate.of(2026, 1, 1);
  private static final int DAYS = 300;
  private static final List<String> CURRENCIES = List.of("EUR", "USD", "JPY");
  private static final List<String> CUSTOMERS = List.of("anna", "bert", "cleo");
  private static final List<DocumentKind> KINDS =
      List.of(
          DocumentKind.INVOICE,
          DocumentKind.INVOICE,
          DocumentKind.INVOICE,
          DocumentKind.CREDIT_MEMO,
          DocumentKind.RECEIPT,
          DocumentKind.DEPOSIT,
          DocumentKind.QUOTE);

  @Parameter TestDatabase kind;
  private Database database;
  private Books books;

  @BeforeEach
  void open() {
    database = kind.open(null);
    books = new Books(database);
    CUSTOMERS.forEach(ref -> books.partner(ref, org.postroom.partners.Partner.Type.CUSTOMER));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void openItemsActivityAndAgesAreTheSameSumOnAnyDay() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 150; i++) tell(random, i);
    for (int i = 0; i < 60; i++) compare(random, seed);
  }

  private void compare(Random random, long seed) {
    String customer = CUSTOMERS.get(random.nextInt(CUSTOMERS.size()));
    LocalDate asOf = day(random);
    LocalDate from = asOf.minusDays(random.nextInt(200));
    var open = groups(books.statement(customer, StatementScope.openItems(asOf)));
    var activity = groups(books.statement(customer, StatementScope.activity(from, asOf)));
    for (String currency : CURRENCIES) {
      String what = "%s %s as of %s, seed %d".formatted(customer, currency, asOf, seed);
      BigDecimal balance = books.balance(customer, currency, asOf);
      check(open.get(currency), balance, what);
      Group moved = activity.get(currency);
      check(moved, balance, what);
      if (moved != null) checkRunning(moved, from, customer, what);
    }
  }

  private static void check(Group group, BigDecimal balance, String what) {
    if (group == null) {
      assertThat(balance).as(what).isEqualByComparingTo("0");
      return;
    }
    assertThat(group.balance()).as(what).isEqualByComparingTo(balance);
    BigDecimal ages = sum(group.ageing().stream().map(Bucket::amount).toList());
    assertThat(ages).as("ages of " + what).isEqualByComparingTo(balance);
    if (group.opening() == null) {
      BigDecimal items = sum(group.entries().stream().map(Entry::open).toList());
      assertThat(items).as("items of " + what).isEqualByComparingTo(balance);
      assertThat(group.entries()).noneMatch(entry -> entry.open().signum() == 0);
    }
  }

  private void checkRunning(Group group, LocalDate from, String customer, String what) {
    BigDecimal before = books.balance(customer, group.currency(), from.minusDays(1));
    assertThat(group.opening()).as("opening of " + what).isEqualByComparingTo(before);
    BigDecimal running = group.opening();
    LocalDate last = from;
    for (Entry entry : group.entries()) {
      running = running.add(entry.amount());
      assertThat(entry.open()).as(what).isEqualByComparingTo(running);
      assertThat(entry.date()).as(what).isAfterOrEqualTo(last);
      last = entry.date();
    }
    assertThat(group.balance()).as(what).isEqualByComparingTo(running);
  }

  private void tell(Random random, int i) {
    String customer = CUSTOMERS.get(random.nextInt(CUSTOMERS.size()));
    String currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
    LocalDate date = day(random);
    if (random.nextInt(6) == 0) onAccount(random, "A-" + i, customer, currency, date);
    else document(random, "D-" + i, customer, currency, date);
  }

  private void onAccount(
      Random random, String reference, String customer, String currency, LocalDate date) {
    BigDecimal amount = amount(random, currency);
    BigDecimal signed = random.nextInt(3) == 0 ? amount.negate() : amount;
    books.payOnAccount(customer, currency, reference, signed.toPlainString(), date);
    books.fact(customer, currency, date, signed.negate());
  }

  private void document(
      Random random, String number, String customer, String currency, LocalDate date) {
    DocumentKind what = KINDS.get(random.nextInt(KINDS.size()));
    BigDecimal gross = amount(random, currency);
    LocalDate due = random.nextBoolean() ? date.plusDays(random.nextInt(60)) : null;
    books.put(what, number, customer, currency, date, due, gross.toPlainString(), "0");
    int sign =
        switch (what) {
          case INVOICE -> 1;
          case CREDIT_MEMO, RECEIPT -> -1;
          default -> 0;
        };
    if (sign != 0) books.fact(customer, currency, date, sign < 0 ? gross.negate() : gross);
    BigDecimal paid = BigDecimal.ZERO;
    int payments = what == DocumentKind.QUOTE ? 0 : random.nextInt(4);
    for (int p = 0; p < payments; p++) {
      BigDecimal amount = p == 2 ? gross.subtract(paid) : amount(random, currency);
      if (amount.signum() == 0) continue;
      LocalDate day =
          random.nextInt(10) == 0 ? date.minusDays(3) : date.plusDays(random.nextInt(80));
      books.pay(what, number, "P-" + p, amount.toPlainString(), day);
      books.fact(customer, currency, day, sign < 0 ? amount : amount.negate());
      paid = paid.add(amount);
      // The ERP puts the document again, which now says itself what was paid so far.
      boolean again = random.nextInt(4) == 0 && what != DocumentKind.RECEIPT;
      if (again)
        books.put(
            what,
            number,
            customer,
            currency,
            date,
            due,
            gross.toPlainString(),
            paid.toPlainString());
    }
  }

  private static LocalDate day(Random random) {
    return START.plusDays(random.nextInt(DAYS));
  }

  private static BigDecimal amount(Random random, String currency) {
    return BigDecimal.valueOf(1 + random.nextInt(100_000), currency.equals("JPY") ? 0 : 2);
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Map<String, Group> groups(Statement statement) {
    return statement.ledger().groups().stream()
        .collect(Collectors.toMap(Group::currency, group -> group));
  }
}
