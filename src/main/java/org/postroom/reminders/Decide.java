package org.postroom.reminders;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.OpenInvoice;
import org.postroom.http.Moments;
import org.postroom.outbox.Written;
import org.postroom.partners.Partner;
import org.postroom.partners.Purpose;
import org.postroom.reminders.Decision.Kept;
import org.postroom.reminders.Decision.Passed;
import org.postroom.reminders.NextRun.Item;
import org.postroom.reminders.ReminderPlan.Mode;
import org.postroom.reminders.Standings.Moment;
import org.postroom.reminders.Stop.Kind;

/**
 * Who is reminded of what: a pure function of the plan, the moment and how a customer stands. Asked
 * for the dry run, for the run, again when the mail is stored, and again before it leaves.
 *
 * <p>Of each invoice only the highest step whose day has come is looked at; lower ones that were
 * not done, be it that the service was down or reminders were off, are passed over with it.
 */
final class Decide {
  private static final Duration TRY_AGAIN = Duration.ofHours(1);
  private static final int MOST_IN_ONE = 200;
  private static final Comparator<Item> HIGHEST_FIRST =
      Comparator.comparing(Item::step)
          .reversed()
          .thenComparing(Item::dueDate)
          .thenComparing(Item::invoice);

  private final Moment at;
  private final LocalDate today;
  private final Standing standing;
  private final Addressing addressing;
  private final @Nullable Why pause;
  private final @Nullable Set<String> only;
  private final List<Kept> kept = new ArrayList<>();
  private final List<Passed> passed = new ArrayList<>();

  /** Who would get a reminder of an invoice. */
  interface Addressing {
    /** Why nobody would; empty where somebody does. */
    Optional<String> nobody(Moment at, Standing standing, OpenInvoice invoice);
  }

  private Decide(
      Moment at,
      Standing standing,
      Addressing addressing,
      @Nullable Why pause,
      @Nullable Set<String> only) {
    this.only = only;
    this.at = at;
    this.today = at.today();
    this.standing = standing;
    this.addressing = addressing;
    this.pause = pause;
  }

  /**
   * @param pause what holds back everything of the company, null for nothing
   */
  static Decision of(Moment at, Standing standing, Addressing addressing, @Nullable Why pause) {
    return new Decide(at, standing, addressing, pause, null).decision();
  }

  /** The same as if only these invoices had a step due. */
  static Decision of(
      Moment at, Standing standing, Addressing addressing, @Nullable Why pause, Set<String> only) {
    return new Decide(at, standing, addressing, pause, only).decision();
  }

  private Decision decision() {
    List<Item> due = new ArrayList<>();
    Map<String, OpenInvoice> invoices = new HashMap<>();
    for (OpenInvoice invoice : standing.invoices()) {
      invoices.put(invoice.number(), invoice);
      item(invoice).ifPresent(due::add);
    }
    List<Item> wanted = new ArrayList<>();
    for (Item item : due) {
      OpenInvoice invoice = Objects.requireNonNull(invoices.get(item.invoice()));
      Why why = why(item, invoice);
      if (why == null) wanted.add(item);
      else kept.add(new Kept(item, why));
    }
    return new Decision(spaced(worthIt(wanted)), List.copyOf(kept), List.copyOf(passed));
  }

  /** The step that is due, unless it is done, left out, or was written by hand. */
  private Optional<Item> item(OpenInvoice invoice) {
    if (only != null && !only.contains(invoice.number())) return Optional.empty();
    int step = at.plan().stepOn(today, invoice.dueDate());
    if (step <= standing.reached(invoice)) return Optional.empty();
    Why never = never(invoice, step);
    if (never != null) {
      passed.add(new Passed(invoice.number(), step, never));
      return Optional.empty();
    }
    return Optional.of(
        new Item(
            invoice.number(),
            step,
            invoice.amountDue(),
            invoice.currency(),
            invoice.dueDate(),
            ChronoUnit.DAYS.between(invoice.dueDate(), today)));
  }

  private @Nullable Why never(OpenInvoice invoice, int step) {
    for (Stop stop : standing.stops()) {
      boolean leftOut =
          stop.kind() == Kind.SKIP
              && invoice.number().equals(stop.invoice())
              && stop.step() != null
              && stop.step() == step;
      if (leftOut) return new Why("left_out", "Left out by " + stop.by() + "." + note(stop));
    }
    LocalDate day = at.plan().day(step, invoice.dueDate());
    for (Written written : standing.about()) {
      if (!isAbout(written, invoice) || !Purpose.REMINDER.word().equals(written.purpose()))
        continue;
      LocalDate sent = at.dayOf(written.at());
      if (!sent.isBefore(day))
        return new Why(
            "sent_by_hand", "Somebody sent a reminder of it on " + Moments.day(sent) + ".");
    }
    return null;
  }

  private @Nullable Why why(Item item, OpenInvoice invoice) {
    Why customer = ofCustomer();
    if (customer != null) return customer;
    Why stopped = stopped(invoice.number());
    if (stopped != null) return stopped;
    Why told = toldByErp(invoice);
    if (told != null) return told;
    if (pause != null) return pause;
    for (Written written : standing.about())
      if (isAbout(written, invoice) && at.dayOf(written.at()).equals(today))
        return new Why("sent_today", "Somebody wrote to the customer about it today.");
    Optional<String> nobody = addressing.nobody(at, standing, invoice);
    if (nobody.isPresent()) return new Why("no_recipient", nobody.get());
    return failedLately(item);
  }

  private @Nullable Why ofCustomer() {
    Partner partner = standing.partner();
    if (partner == null)
      return new Why("unknown_partner", "There is no customer “" + standing.ref() + "”.");
    if (partner.type() != Partner.Type.CUSTOMER)
      return new Why("no_customer", partner.name() + " is a vendor.");
    if (at.plan().excludedPartners().contains(standing.ref()))
      return new Why("excluded", partner.name() + " is never reminded.");
    if (!partner.wants(Purpose.REMINDER))
      return new Why(
          "switched_off_for_partner", "Reminders are switched off for " + partner.name() + ".");
    for (Written written : standing.others()) {
      boolean statement = Purpose.STATEMENT.word().equals(written.purpose());
      if (statement && at.dayOf(written.at()).equals(today))
        return new Why("sent_today", "A statement went to the customer today.");
    }
    return null;
  }

  private @Nullable Why stopped(String invoice) {
    for (Stop stop : standing.stops()) {
      boolean here = stop.invoice() == null || stop.invoice().equals(invoice);
      if (!here || stop.kind() == Kind.SKIP || !stop.holds(today)) continue;
      return switch (stop.kind()) {
        case DISPUTE -> new Why("disputed", "Disputed, says " + stop.by() + "." + note(stop));
        case PROMISE ->
            new Why(
                "promised",
                "Promised to be paid by "
                    + (stop.until() == null ? "a day" : Moments.day(stop.until()))
                    + ", says "
                    + stop.by()
                    + "."
                    + note(stop));
        default -> new Why("excluded", "Never reminded, says " + stop.by() + "." + note(stop));
      };
    }
    return null;
  }

  private static String note(Stop stop) {
    return stop.note().isEmpty() ? "" : " " + stop.note();
  }

  /** The fields {@code disputed} and {@code promised_until} of the invoice. */
  private @Nullable Why toldByErp(OpenInvoice invoice) {
    Object disputed = invoice.fields().get("disputed");
    if (disputed != null && "true".equalsIgnoreCase(disputed.toString().strip()))
      return new Why("disputed", "The invoice is disputed, says the ERP.");
    LocalDate until = date(invoice.fields().get("promised_until"));
    if (until != null && !today.isAfter(until))
      return new Why(
          "promised", "Promised to be paid by " + Moments.day(until) + ", says the ERP.");
    return null;
  }

  private static @Nullable LocalDate date(@Nullable Object value) {
    if (value == null) return null;
    try {
      return LocalDate.parse(value.toString().strip());
    } catch (DateTimeException notADate) {
      return null;
    }
  }

  /** What could not be made a while ago is not tried again at once. */
  private @Nullable Why failedLately(Item item) {
    Instant since = standing.now().minus(TRY_AGAIN);
    return standing.told().stream()
        .filter(each -> each.invoice().equals(item.invoice()) && each.step() == item.step())
        .filter(each -> each.tried().isAfter(since))
        .findFirst()
        .map(each -> new Why(each.code(), each.reason()))
        .orElse(null);
  }

  /**
   * In each currency what is open, of everything that may be reminded of, less what the customer
   * has to good: credit counts against the invoices although nobody used it for one yet.
   */
  private List<Item> worthIt(List<Item> wanted) {
    Map<String, BigDecimal> owed = new HashMap<>();
    for (OpenInvoice invoice : standing.invoices())
      if (stopped(invoice.number()) == null && toldByErp(invoice) == null)
        owed.merge(invoice.currency(), invoice.amountDue(), BigDecimal::add);
    List<Item> worth = new ArrayList<>();
    for (Item item : wanted) {
      BigDecimal credit = standing.credit().getOrDefault(item.currency(), BigDecimal.ZERO);
      BigDecimal rest = owed.getOrDefault(item.currency(), BigDecimal.ZERO).subtract(credit);
      Why why = tooLittle(rest, item.currency());
      if (why == null) worth.add(item);
      else kept.add(new Kept(item, why));
    }
    return worth;
  }

  private @Nullable Why tooLittle(BigDecimal rest, String currency) {
    if (rest.signum() <= 0)
      return new Why("covered_by_credit", "The customer's credit covers what is open.");
    if (rest.compareTo(at.plan().minAmount()) >= 0) return null;
    return new Why(
        "below_minimum",
        "%s %s are open; less than %s is not reminded of."
            .formatted(rest.toPlainString(), currency, at.plan().minAmount().toPlainString()));
  }

  /** As mails, where enough days have passed. */
  private List<List<Item>> spaced(List<Item> wanted) {
    List<Item> sorted = wanted.stream().sorted(HIGHEST_FIRST).toList();
    if (sorted.isEmpty()) return List.of();
    Why tooSoon = tooSoon();
    if (tooSoon != null) {
      sorted.forEach(item -> kept.add(new Kept(item, tooSoon)));
      return List.of();
    }
    if (at.plan().mode() == Mode.PER_CUSTOMER) return List.of(cut(sorted, MOST_IN_ONE));
    boolean already = today.equals(standing.past().last());
    int room = at.plan().mostToOne() - (already ? standing.past().mails() : 0);
    return cut(sorted, room).stream().map(List::of).toList();
  }

  private List<Item> cut(List<Item> sorted, int most) {
    if (sorted.size() <= most) return sorted;
    var why =
        new Why(
            Why.NEXT_MAIL, "The customer gets so many today already; it follows with the next.");
    sorted.subList(most, sorted.size()).forEach(item -> kept.add(new Kept(item, why)));
    return sorted.subList(0, most);
  }

  private @Nullable Why tooSoon() {
    Standing.Past past = standing.past();
    LocalDate last = past.last();
    LocalDate byHand =
        standing.others().stream()
            .filter(written -> Purpose.REMINDER.word().equals(written.purpose()))
            .map(written -> at.dayOf(written.at()))
            .max(Comparator.naturalOrder())
            .orElse(null);
    int least = at.plan().leastDaysBetween();
    if (byHand != null && byHand.plusDays(least).isAfter(today)) return since(byHand, least);
    LocalDate waiting = past.waiting();
    if (waiting != null && !waiting.equals(today))
      return new Why(
          Why.TOO_SOON,
          "The reminder made on " + Moments.day(waiting) + " still waits in the outbox.");
    boolean roomToday = today.equals(last) && past.mails() < at.plan().mostToOne();
    if (last == null || roomToday || !last.plusDays(least).isAfter(today)) return null;
    return since(last, least);
  }

  private static Why since(LocalDate last, int least) {
    return new Why(
        Why.TOO_SOON,
        "A reminder went to the customer on "
            + Moments.day(last)
            + "; the next goes on "
            + Moments.day(last.plusDays(least))
            + " at the earliest.");
  }

  private static boolean isAbout(Written written, OpenInvoice invoice) {
    return written.document() != null && written.document().number().equals(invoice.number());
  }
}
