package org.postroom.reminders;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.calendar.WorkingTime;

/**
 * How a company reminds: the ladder every invoice climbs, and what holds it back.
 *
 * <p>A step is known by its place. An invoice that has reached the second step only climbs further:
 * another ladder never sends it the first two again.
 *
 * @param steps one to five, each later than the one before
 * @param minAmount less is not reminded of, counted for each currency; zero for none
 * @param time days and hours it goes out, in the company's zone
 * @param leastDaysBetween two days with reminders to one customer lie at least so far apart; 1 is
 *     every day
 * @param mostPerCustomer mails to one customer on one day, where there is one for each invoice
 * @param mostPerDay mails of the company on one day; the rest follows on the next ones
 * @param pausesWhenErpSilent nothing goes while nobody knows what was paid
 * @param silentDays that long without any word about payments counts as silence
 * @param excludedPartners refs of customers who get none
 * @param version grows with each change; 0 is the suggested one
 */
public record ReminderPlan(
    List<Step> steps,
    BigDecimal minAmount,
    WorkingTime time,
    Mode mode,
    int leastDaysBetween,
    int mostPerCustomer,
    int mostPerDay,
    boolean pausesWhenErpSilent,
    int silentDays,
    List<String> excludedPartners,
    long version) {

  /** What a company starts with. */
  public static final ReminderPlan SUGGESTED =
      new ReminderPlan(
          List.of(new Step(-3, null), new Step(7, null), new Step(14, null)),
          BigDecimal.ZERO,
          WorkingTime.USUAL,
          Mode.PER_CUSTOMER,
          3,
          3,
          200,
          true,
          7,
          List.of(),
          0);

  public ReminderPlan {
    steps = List.copyOf(steps);
    excludedPartners = List.copyOf(excludedPartners);
  }

  /**
   * @param days after the day the invoice is due; before it where negative
   * @param template id of a template for reminders, null: the one in use, or our own
   */
  public record Step(int days, @Nullable String template) {}

  public enum Mode {
    /** One mail about everything that is open. */
    PER_CUSTOMER,
    PER_INVOICE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Mode> of(String word) {
      return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }
  }

  /** The same as kept with that version. */
  public ReminderPlan at(long kept) {
    return new ReminderPlan(
        steps,
        minAmount,
        time,
        mode,
        leastDaysBetween,
        mostPerCustomer,
        mostPerDay,
        pausesWhenErpSilent,
        silentDays,
        excludedPartners,
        kept);
  }

  /** The first day of a step, counted from 1, for an invoice due then. */
  public LocalDate day(int step, LocalDate due) {
    return due.plusDays(steps.get(step - 1).days());
  }

  /** The highest step whose day has come; 0 for none. */
  public int stepOn(LocalDate today, LocalDate due) {
    for (int step = steps.size(); step > 0; step--) if (!day(step, due).isAfter(today)) return step;
    return 0;
  }

  /** Invoices due until then have reached some step. */
  LocalDate latestDue(LocalDate today) {
    return today.minusDays(steps.getFirst().days());
  }

  /** How many mails a customer gets on one day. */
  int mostToOne() {
    return mode == Mode.PER_CUSTOMER ? 1 : mostPerCustomer;
  }
}
