package org.postroom.reminders;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.db.Database;
import org.postroom.documents.Documents;
import org.postroom.documents.Documents.Due;
import org.postroom.documents.OpenInvoice;
import org.postroom.mail.Address;
import org.postroom.partners.OnDocument;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.postroom.partners.Purpose;
import org.postroom.partners.Recipients;
import org.postroom.reminders.Standings.Moment;
import org.springframework.stereotype.Component;

/**
 * Looks through a company's customers with a step due, a hundred at a time, and decides for each.
 * The dry run and the run look with the same eyes.
 */
@Component
class LookThrough implements Decide.Addressing {
  private static final int PAGE = 100;
  private final Database database;
  private final Access access;
  private final Documents documents;
  private final Partners partners;
  private final Standings standings;

  LookThrough(
      Database database,
      Access access,
      Documents documents,
      Partners partners,
      Standings standings) {
    this.database = database;
    this.access = access;
    this.documents = documents;
    this.partners = partners;
    this.standings = standings;
  }

  /** What is done with a customer; false ends the look. */
  interface Each {
    boolean customer(Standing standing, Decision decision);

    /** After each hundred. */
    default boolean page() {
      return true;
    }
  }

  Moment moment(String company, ReminderPlan plan, Instant now) {
    return new Moment(company, plan, access.company(company).timeZone(), now);
  }

  /** From the customer behind that one to the end, then from the start up to it. */
  void through(Moment at, String after, Each each) {
    Why pause = pause(at);
    if (!pages(at, pause, after, null, each)) return;
    if (!after.isEmpty()) pages(at, pause, "", after, each);
  }

  private boolean pages(
      Moment at, @Nullable Why pause, String after, @Nullable String last, Each each) {
    LocalDate latest = at.plan().latestDue(at.today());
    String from = after;
    while (true) {
      List<String> page = documents.partnersDue(at.company(), latest, from, last, PAGE);
      for (String ref : climbing(at, page, latest)) {
        if (!customer(at, pause, ref, each)) return false;
      }
      if (!each.page()) return false;
      if (page.size() < PAGE) return true;
      from = page.getLast();
    }
  }

  private boolean customer(Moment at, @Nullable Why pause, String ref, Each each) {
    Standing standing = standings.of(at, ref, null);
    Decision decision = Decide.of(at, standing, this, pause);
    return decision.isNothing() || each.customer(standing, decision);
  }

  /** Of these those who have an invoice that could go a step up. Reads short rows only. */
  private List<String> climbing(Moment at, List<String> page, LocalDate latest) {
    return database.read(sql -> {
      List<Due> due = documents.due(at.company(), page, latest);
      Map<String, Integer> reached =
          StepRows.reached(sql, at.company(), due.stream().map(Due::number).toList(), null);
      Set<String> climbing =
          due.stream()
              .filter(each ->
                  at.plan().stepOn(at.today(), each.dueDate())
                      > reached.getOrDefault(each.number(), 0))
              .map(Due::partner)
              .collect(Collectors.toSet());
      return page.stream().filter(climbing::contains).toList();
    });
  }

  /** What holds back everything of the company at that moment; null for nothing. */
  @Nullable Why pause(Moment at) {
    if (!at.plan().pausesWhenErpSilent()) return null;
    return silentDays(at)
        .map(days ->
            new Why(
                Why.SILENT,
                "The ERP last told us about payments " + days + " days ago; reminders paused."))
        .orElse(null);
  }

  /** So long nobody told about payments; empty where that is not long, or nobody ever did. */
  Optional<Long> silentDays(Moment at) {
    return documents
        .paymentsToldAt(at.company())
        .map(told -> Duration.between(told, at.now()).toDays())
        .filter(days -> days >= at.plan().silentDays());
  }

  @Override
  public Optional<String> nobody(Moment at, Standing standing, OpenInvoice invoice) {
    Recipients found = recipients(at.company(), standing, List.of(invoice));
    return found.to().isEmpty() ? Optional.of(found.reason()) : Optional.empty();
  }

  /** The first invoice that names an address of its own decides. */
  Recipients recipients(String company, Standing standing, List<OpenInvoice> invoices) {
    Partner partner = standing.partner();
    List<Address> own = new ArrayList<>();
    for (OpenInvoice invoice : invoices) {
      if (!own.isEmpty() || invoice.billTo() == null) continue;
      String email = invoice.billTo().email();
      if (email != null) Address.tryParse(email).ifPresent(own::add);
    }
    var onDocument = new OnDocument(List.of(), own, List.of(), List.of());
    return partners.resolve(company, Purpose.REMINDER, partner, onDocument, List.of(), List.of());
  }

  Standings standings() {
    return standings;
  }
}
