package org.postroom.documents;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.intake.DocumentJson;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands on a customer statement: one group per currency, each with its own balance; amounts
 * of different currencies are never added up.
 *
 * @param kind open items, or all movements of a period
 * @param from first day of the period; null for open items
 * @param asOf the day it shows
 */
public record Ledger(Kind kind, @Nullable LocalDate from, LocalDate asOf, List<Group> groups) {

  public Ledger {
    groups = List.copyOf(groups);
  }

  public enum Kind {
    OPEN_ITEMS,
    ACTIVITY;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
  }

  /** For programs: {@code kind, from, as_of, groups}. */
  public ObjectNode json() {
    return DocumentJson.write(this);
  }

  /**
   * One currency.
   *
   * @param currency ISO 4217
   * @param opening balance before the first entry; null for open items
   * @param ageing what is owed by how late it is, the buckets in order; may be empty
   * @param balance what is owed in this currency; negative where the customer has credit
   */
  public record Group(
      String currency,
      @Nullable BigDecimal opening,
      List<Entry> entries,
      List<Bucket> ageing,
      BigDecimal balance) {
    public Group {
      entries = List.copyOf(entries);
      ageing = List.copyOf(ageing);
    }
  }

  /**
   * One line.
   *
   * @param kind word of a document kind, or {@code payment}
   * @param reference the customer's own number or the payment's
   * @param amount of the document or payment; payments and credits are negative
   * @param open what is still open of it; for activity: the balance after it
   */
  public record Entry(
      LocalDate date,
      @Nullable LocalDate dueDate,
      String kind,
      String number,
      @Nullable String reference,
      BigDecimal amount,
      BigDecimal open) {}

  /**
   * What is that many days late.
   *
   * @param fromDays first day late, null: not yet due
   * @param toDays last day late, null: no end (with {@code fromDays}), or day 0
   */
  public record Bucket(@Nullable Integer fromDays, @Nullable Integer toDays, BigDecimal amount) {}
}
