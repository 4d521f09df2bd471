package org.postroom.payments;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.db.Sql;
import org.postroom.documents.Documents;
import org.postroom.documents.Money;
import org.postroom.documents.NewPayment;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.postroom.payments.LinkDues.Share;
import org.postroom.payments.PaymentLink.Kind;
import org.postroom.payments.PaymentLink.Payment;
import org.postroom.payments.PaymentLink.State;
import org.postroom.payments.PaymentLinkRows.Row;
import org.springframework.stereotype.Component;

/** Money that came, went back or did not come. */
@Component
class LinkMoney {
  /** Bank debits take days; a provider silent for longer has lost it. */
  static final Duration PROCESSING = Duration.ofDays(7);

  private final Documents documents;
  private final Access access;
  private final LinkDues dues;
  private final LinkNews news;

  LinkMoney(Documents documents, Access access, LinkDues dues, LinkNews news) {
    this.documents = documents;
    this.access = access;
    this.dues = dues;
    this.news = news;
  }

  /** Nothing is lost: what cannot be noted on a document is told to people. */
  void paid(Sql sql, String company, String id, Paid paid) {
    Row row = lock(sql, company, id);
    PaymentLink link = row.link();
    var history = new LinkHistoryRows(sql);
    if (link.kind() == Kind.APPROVAL)
      throw Problem.conflict("no_payment", "This link is to approve a quote, not to pay.");
    if (!history.isNews(link, paid.reference(), "paid", paid.amount(), paid.currency())) return;
    new LinkAnswerRows(sql).paid(link, paid);
    if (!paid.currency().equals(link.currency())) {
      otherCurrency(history, link, paid);
      return;
    }
    history.happened(company, id, paid.way(), sentence(paid));
    List<Share> before = dues.shares(sql, link);
    note(history, link, paid, before);
    settle(sql, row, paid, LinkDues.due(before));
    if (paid.amount().signum() < 0) LinkHappenings.refunded(sql, link, paid);
    if (paid.amount().signum() > 0)
      news.tell(
          link,
          PaymentNews.What.PAYMENT_SUCCEEDED,
          paid.reference(),
          paid.amount(),
          null,
          paid.at());
  }

  /** Known already where the provider's word arrives late. */
  void processing(Sql sql, String company, String id, String reference) {
    PaymentLink link = lock(sql, company, id).link();
    var history = new LinkHistoryRows(sql);
    boolean late = link.state() == State.USED || history.wasTold(link, reference, "paid");
    if (late || !history.isNews(link, reference, "processing", null, null)) return;
    new PaymentLinkRows(sql).processing(company, id, sql.now().plus(PROCESSING));
    history.happened(
        company, id, "Customer", "A payment is under way, reference " + reference + ".");
  }

  void declined(Sql sql, String company, String id, String reference, String reason) {
    Row row = lock(sql, company, id);
    PaymentLink link = row.link();
    var history = new LinkHistoryRows(sql);
    if (history.wasTold(link, reference, "paid")) return;
    if (!history.isNews(link, reference, "declined", null, null)) return;
    String why = Cleaned.text(reason, 500);
    boolean nothingYet = row.settled() == Payment.NOT_PAID || row.settled() == Payment.DECLINED;
    new PaymentLinkRows(sql)
        .settled(company, id, nothingYet ? Payment.DECLINED : row.settled(), row.paid());
    history.happened(
        company,
        id,
        "Customer",
        "A payment did not succeed, reference " + reference + (why.isEmpty() ? "." : ": " + why));
    if (link.state() != State.USABLE) return;
    news.tell(
        link,
        PaymentNews.What.PAYMENT_DECLINED,
        reference,
        LinkDues.due(dues.shares(sql, link)),
        why.isEmpty() ? null : why,
        sql.now());
  }

  private static Row lock(Sql sql, String company, String id) {
    return new PaymentLinkRows(sql)
        .lock(company, id)
        .orElseThrow(() -> Problem.notFound("This link"));
  }

  private static void otherCurrency(LinkHistoryRows history, PaymentLink link, Paid paid) {
    history.warn(
        link.company(),
        link.id(),
        paid.way(),
        sentence(paid)
            + " The link is in "
            + link.currency()
            + ": nothing was noted on the document. Clear this up with the provider.");
  }

  private void settle(Sql sql, Row row, Paid paid, BigDecimal dueBefore) {
    PaymentLink link = row.link();
    var rows = new PaymentLinkRows(sql);
    BigDecimal sum = row.paid().add(paid.amount());
    boolean full = LinkDues.due(dues.shares(sql, link)).signum() == 0;
    Payment part = full ? Payment.PAID : Payment.PART_PAID;
    rows.settled(link.company(), link.id(), sum.signum() <= 0 ? Payment.REFUNDED : part, sum);
    boolean ends = link.state() == State.USABLE || link.state() == State.EXPIRED;
    if (paid.amount().signum() > 0 && full && ends) rows.used(link.company(), link.id());
    String warning = warning(link, paid, dueBefore, sum);
    if (warning != null)
      new LinkHistoryRows(sql).warn(link.company(), link.id(), "Postroom", warning);
  }

  private static @Nullable String warning(
      PaymentLink link, Paid paid, BigDecimal dueBefore, BigDecimal sum) {
    if (sum.signum() < 0) return "More went back than ever came by this link.";
    if (paid.amount().signum() < 0) return null;
    BigDecimal over = paid.amount().subtract(dueBefore);
    return switch (link.state()) {
      case WITHDRAWN -> "This money arrived after the link was withdrawn.";
      case EXPIRED -> "This money arrived after the link had expired.";
      case USED -> "This money arrived after the link was used: it may be paid twice.";
      case USABLE ->
          over.signum() <= 0
              ? null
              : "This is " + new Money(over, link.currency()).words() + " more than was due.";
    };
  }

  private void note(LinkHistoryRows history, PaymentLink link, Paid paid, List<Share> shares) {
    List<Share> known = shares.stream().filter(share -> share.document() != null).toList();
    if (known.isEmpty()) {
      history.warn(
          link.company(),
          link.id(),
          "Postroom",
          "There is no document any more to note this payment on.");
      return;
    }
    List<BigDecimal> parts = parts(paid.amount(), known);
    for (int i = 0; i < parts.size(); i++)
      if (parts.get(i).signum() != 0) note(history, link, paid, known.get(i), parts.get(i));
  }

  /** What comes fills the documents in their order, what goes back empties them from the end. */
  static List<BigDecimal> parts(BigDecimal amount, List<Share> shares) {
    boolean back = amount.signum() < 0;
    List<Share> order = back ? shares.reversed() : shares;
    List<BigDecimal> parts = new ArrayList<>();
    BigDecimal left = amount.abs();
    for (Share share : order) {
      BigDecimal most = (back ? share.paid() : share.due()).max(BigDecimal.ZERO);
      parts.add(left.min(most));
      left = left.subtract(left.min(most));
    }
    parts.set(parts.size() - 1, parts.getLast().add(left));
    if (back) {
      Collections.reverse(parts);
      parts.replaceAll(BigDecimal::negate);
    }
    return parts;
  }

  private void note(
      LinkHistoryRows history, PaymentLink link, Paid paid, Share share, BigDecimal part) {
    StoredDocument stored = share.document();
    if (stored == null) return;
    Optional<org.postroom.documents.Payment> told =
        stored.payments().stream()
            .filter(payment -> payment.reference().equals(paid.reference()))
            .findFirst();
    if (told.isPresent()) {
      alreadyTold(history, link, share, told.get(), part);
      return;
    }
    LocalDate day = paid.at().atZone(access.company(link.company()).timeZone()).toLocalDate();
    documents.pay(
        Caller.postroom(link.company()),
        share.item().kind(),
        share.item().number(),
        new NewPayment(paid.reference(), part, day, link.currency()));
  }

  /** The ERP was quicker: one payment, not two. */
  private static void alreadyTold(
      LinkHistoryRows history,
      PaymentLink link,
      Share share,
      org.postroom.documents.Payment told,
      BigDecimal part) {
    String which = share.item().kind().words() + " " + share.item().number();
    if (told.amount().compareTo(part) == 0)
      history.happened(
          link.company(), link.id(), "Postroom", which + " knew this payment already.");
    else
      history.warn(
          link.company(),
          link.id(),
          "Postroom",
          which
              + " knew this payment already, with another amount: "
              + new Money(told.amount(), link.currency()).words()
              + ".");
  }

  private static String sentence(Paid paid) {
    String amount = new Money(paid.amount().abs(), paid.currency()).words();
    String what = paid.amount().signum() < 0 ? "Went back: " : "Paid: ";
    return what + amount + ", reference " + paid.reference() + ".";
  }
}
