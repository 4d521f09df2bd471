package org.postroom.documents.intake;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Ledger;
import org.postroom.documents.Ledger.Bucket;
import org.postroom.documents.Ledger.Entry;
import org.postroom.documents.Ledger.Group;
import org.postroom.documents.Ledger.Kind;

/** The ledger of a statement from JSON. */
final class LedgerReader {
  private static final int MOST_GROUPS = 60;
  private static final int MOST_BUCKETS = 20;
  private static final BigDecimal MOST_DAYS = new BigDecimal(100_000);

  private LedgerReader() {}

  static @Nullable Ledger ledger(JsonFields in) {
    in.require("kind");
    in.require("as_of");
    String word =
        in.code(
            "kind",
            text -> Kind.of(text).isPresent(),
            "unknown_value",
            "is neither open_items nor activity.");
    LocalDate from = in.date("from");
    LocalDate asOf = in.date("as_of");
    var groups = in.objects("groups", MOST_GROUPS, LedgerReader::group);
    Optional<Kind> kind = word == null ? Optional.empty() : Kind.of(word);
    return kind.isEmpty() || asOf == null ? null : new Ledger(kind.get(), from, asOf, groups);
  }

  private static @Nullable Group group(JsonFields in) {
    in.require("currency");
    in.require("balance");
    String currency =
        in.code(
            "currency",
            Wording::isCurrency,
            "not_a_currency",
            "is not a currency code of ISO 4217 such as EUR.");
    BigDecimal opening = in.decimal("opening");
    BigDecimal balance = in.decimal("balance");
    var entries = in.objects("entries", JsonDocumentReader.MOST_LINES, LedgerReader::entry);
    var ageing = in.objects("ageing", MOST_BUCKETS, LedgerReader::bucket);
    if (currency == null || balance == null) return null;
    return new Group(currency, opening, entries, ageing, balance);
  }

  private static @Nullable Entry entry(JsonFields in) {
    for (String name : new String[] {"date", "kind", "number", "amount", "open"}) in.require(name);
    LocalDate date = in.date("date");
    LocalDate dueDate = in.date("due_date");
    String kind = in.text("kind", 50);
    String number = in.text("number", 100);
    String reference = in.text("reference", Wording.SHORT);
    BigDecimal amount = in.decimal("amount");
    BigDecimal open = in.decimal("open");
    if (date == null || kind == null || number == null || amount == null || open == null)
      return null;
    return new Entry(date, dueDate, kind, number, reference, amount, open);
  }

  private static @Nullable Bucket bucket(JsonFields in) {
    in.require("amount");
    Integer from = days(in, "from_days");
    Integer to = days(in, "to_days");
    BigDecimal amount = in.decimal("amount");
    return amount == null ? null : new Bucket(from, to, amount);
  }

  private static @Nullable Integer days(JsonFields in, String name) {
    BigDecimal days = in.decimal(name);
    if (days == null) return null;
    boolean whole = days.stripTrailingZeros().scale() <= 0;
    if (whole && days.signum() >= 0 && days.compareTo(MOST_DAYS) <= 0) return days.intValueExact();
    in.refuse(name, "out_of_range", "“" + name + "” must be a number of days from 0 to 100000.");
    return null;
  }
}
