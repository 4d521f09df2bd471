package org.postroom.reminders;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.Ledger;
import org.postroom.documents.OpenInvoice;
import org.postroom.outbox.Outbox;
import org.postroom.outbox.Written;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.postroom.partners.Purpose;
import org.postroom.receivables.Receivables;
import org.postroom.receivables.Statement;
import org.postroom.receivables.StatementScope;
import org.postroom.reminders.MailRows.Mail;
import org.postroom.reminders.MailRows.State;
import org.postroom.reminders.Standing.Past;
import org.springframework.stereotype.Component;

/** Reads how customers stand. Inside a transaction it reads what that transaction sees. */
@Component
class Standings {
  /** More than anybody reads in one mail; the rest follows with the next one. */
  private static final int MOST_INVOICES = 500;

  private final Database database;
  private final Documents documents;
  private final Partners partners;
  private final Receivables receivables;
  private final Outbox outbox;

  Standings(
      Database database,
      Documents documents,
      Partners partners,
      Receivables receivables,
      Outbox outbox) {
    this.database = database;
    this.documents = documents;
    this.partners = partners;
    this.receivables = receivables;
    this.outbox = outbox;
  }

  /** The company, its plan and the moment that is looked at. */
  record Moment(String company, ReminderPlan plan, ZoneId zone, Instant now) {
    LocalDate today() {
      return now.atZone(zone).toLocalDate();
    }

    LocalDate dayOf(Instant moment) {
      return moment.atZone(zone).toLocalDate();
    }
  }

  /**
   * @param except this message of ours is left out, as if it had not been made; null for none
   */
  Standing of(Moment at, String ref, @Nullable String except) {
    return database.read(sql -> read(sql, at, ref, except));
  }

  private Standing read(Sql sql, Moment at, String ref, @Nullable String except) {
    String company = at.company();
    LocalDate latest = at.plan().latestDue(at.today());
    List<OpenInvoice> invoices = documents.openInvoices(company, ref, latest, MOST_INVOICES);
    List<String> numbers = invoices.stream().map(OpenInvoice::number).toList();
    Partner partner = partners.find(company, ref).orElse(null);
    return new Standing(
        ref,
        partner,
        invoices,
        StepRows.reached(sql, company, numbers, except),
        partner == null ? Map.of() : credit(company, partner, at.today()),
        StopRows.of(sql, company, ref),
        notOurs(outbox.about(company, DocumentKind.INVOICE.word(), numbers)),
        notOurs(others(at, ref)),
        past(sql, at, ref, except),
        HistoryRows.kept(sql, company, numbers),
        at.now());
  }

  private List<Written> others(Moment at, String ref) {
    Instant since =
        at.today().minusDays(at.plan().leastDaysBetween()).atStartOfDay(at.zone()).toInstant();
    return outbox.to(
        at.company(),
        List.of(ref),
        List.of(Purpose.REMINDER.word(), Purpose.STATEMENT.word()),
        since);
  }

  private static List<Written> notOurs(List<Written> written) {
    return written.stream()
        .filter(each -> each.counts() && !each.origin().equals(BeforeLeaving.ORIGIN))
        .toList();
  }

  /** Credit memos, money on account, deposits paid, invoices paid twice. */
  private Map<String, BigDecimal> credit(String company, Partner partner, LocalDate today) {
    if (partner.type() != Partner.Type.CUSTOMER) return Map.of();
    Statement statement =
        receivables
            .statements(company, List.of(partner), StatementScope.openItems(today))
            .getFirst();
    Map<String, BigDecimal> credit = new HashMap<>();
    for (Ledger.Group group : statement.ledger().groups())
      for (Ledger.Entry entry : group.entries())
        if (entry.open().signum() < 0)
          credit.merge(group.currency(), entry.open().negate(), BigDecimal::add);
    return credit;
  }

  /** Looked at for one of the mails itself, those that were not let go yet count for nothing. */
  private Past past(Sql sql, Moment at, String ref, @Nullable String except) {
    LocalDate since = at.today().minusDays(at.plan().leastDaysBetween());
    LocalDate last = null;
    LocalDate waiting = null;
    int mails = 0;
    for (Mail mail : MailRows.of(sql, at.company(), ref, since)) {
      if (mail.message().equals(except)) continue;
      if (except != null && mail.state() == State.WAITING) continue;
      if (except == null && waits(at.company(), mail)) waiting = mail.day();
      if (last == null) last = mail.day();
      if (last.equals(mail.day())) mails++;
    }
    return new Past(last, mails, waiting);
  }

  private boolean waits(String company, Mail mail) {
    if (mail.state() == State.GONE) return false;
    return outbox
        .find(company, mail.message())
        .filter(message -> !message.state().settled())
        .isPresent();
  }
}
