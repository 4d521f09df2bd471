package org.postroom.receivables;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Ledger.Entry;
import org.postroom.documents.Receivable;
import org.postroom.documents.Receivable.Settlement;

/** What of one customer's documents and payments in one currency is open on a day. */
final class OpenItems {
  private static final Comparator<Entry> IN_ORDER =
      Comparator.comparing(Entry::date).thenComparing(Entry::kind).thenComparing(Entry::number);

  private OpenItems() {}

  static List<Entry> of(List<Receivable> documents, List<OnAccount> payments, LocalDate asOf) {
    List<Entry> entries = new ArrayList<>();
    for (Receivable document : documents) entries.addAll(open(document, asOf));
    entries.addAll(unused(payments, asOf));
    entries.sort(IN_ORDER);
    return entries;
  }

  private static List<Entry> open(Receivable document, LocalDate asOf) {
    List<Settlement> until =
        document.settlements().stream().filter(each -> !each.date().isAfter(asOf)).toList();
    if (document.date().isAfter(asOf))
      return until.stream().map(each -> early(document, each)).toList();
    BigDecimal open =
        until.stream().map(Settlement::amount).reduce(document.amount(), BigDecimal::add);
    if (open.signum() == 0) return List.of();
    BigDecimal amount = document.amount().signum() == 0 ? open : document.amount();
    return List.of(
        new Entry(
            document.date(),
            document.dueDate(),
            document.kind().word(),
            document.number(),
            document.reference(),
            amount,
            open));
  }

  /** Paid before the document was issued: credit until then. */
  private static Entry early(Receivable document, Settlement paid) {
    return entry(paid.date(), document.number(), paid.reference(), paid.amount(), paid.amount());
  }

  /** Money given back or used takes the oldest money first. */
  private static List<Entry> unused(List<OnAccount> payments, LocalDate asOf) {
    Deque<Entry> left = new ArrayDeque<>();
    for (OnAccount payment : payments) {
      if (payment.date().isAfter(asOf)) continue;
      BigDecimal open = payment.amount().negate();
      while (open.signum() != 0
          && !left.isEmpty()
          && left.getFirst().open().signum() == -open.signum()) {
        Entry oldest = left.removeFirst();
        BigDecimal rest = oldest.open().add(open);
        boolean enough = rest.signum() == oldest.open().signum();
        if (enough) left.addFirst(with(oldest, rest));
        open = enough ? BigDecimal.ZERO : rest;
      }
      if (open.signum() != 0)
        left.addLast(
            entry(payment.date(), payment.reference(), null, payment.amount().negate(), open));
    }
    return List.copyOf(left);
  }

  private static Entry with(Entry entry, BigDecimal open) {
    return entry(entry.date(), entry.number(), entry.reference(), entry.amount(), open);
  }

  private static Entry entry(
      LocalDate date,
      String number,
      @Nullable String reference,
      BigDecimal amount,
      BigDecimal open) {
    return new Entry(date, null, Movement.PAYMENT, number, reference, amount, open);
  }
}
