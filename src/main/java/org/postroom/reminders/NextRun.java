package org.postroom.reminders;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would go out next, and what would not and why: decided by the same rules at the same moment
 * as the run itself.
 *
 * @param on whether reminders are switched on; the rest is as if they were
 * @param when now where it is working time, else the next moment that is
 * @param pause why nothing goes at all, for people; null where nothing holds everything back
 * @param lines those that would go first; the first thousand
 * @param mails how many would go
 * @param invoices about how many invoices
 * @param keptBack how many invoices have a step due that would not go
 */
public record NextRun(
    boolean on,
    Instant when,
    @Nullable String pause,
    List<Line> lines,
    int mails,
    int invoices,
    int keptBack) {

  public NextRun {
    lines = List.copyOf(lines);
  }

  /**
   * A mail that would go, or invoices of one customer that would not, for one reason.
   *
   * @param recipients for people: "ap@contoso.example and 1 more"; empty where nobody was found
   * @param code why not, for programs; null where it would go
   * @param reason the same for people
   */
  public record Line(
      String partner,
      String name,
      String recipients,
      List<Item> items,
      @Nullable String code,
      @Nullable String reason) {
    public Line {
      items = List.copyOf(items);
    }

    public boolean wouldGo() {
      return code == null;
    }

    /** The highest step among its invoices. */
    public int step() {
      return items.stream().mapToInt(Item::step).max().orElse(0);
    }
  }

  /**
   * An invoice and the step that is due.
   *
   * @param step counted from 1
   * @param amount still to be paid
   * @param daysOverdue negative before the day it is due
   */
  public record Item(
      String invoice,
      int step,
      BigDecimal amount,
      String currency,
      LocalDate dueDate,
      long daysOverdue) {}
}
