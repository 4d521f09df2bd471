package org.postroom.payments;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import org.postroom.documents.Documents;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.postroom.payments.PaymentLink.Item;
import org.postroom.payments.PaymentLink.Kind;
import org.postroom.payments.PaymentLink.Payment;
import org.postroom.payments.PaymentLink.State;
import org.postroom.payments.PaymentLinkRows.Row;
import org.springframework.stereotype.Component;

/** Customers who decide about quotes. */
@Component
class LinkDecisions {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_COMMENT = 2000;
  private final Documents documents;
  private final LinkDrafts drafts;
  private final LinkNews news;

  LinkDecisions(Documents documents, LinkDrafts drafts, LinkNews news) {
    this.documents = documents;
    this.drafts = drafts;
    this.news = news;
  }

  /** Once; the link's row is locked, so of two at a time the second is told that it is late. */
  PaymentLink decide(Sql sql, String hash, boolean approve, String name, @Nullable String comment) {
    var rows = new PaymentLinkRows(sql);
    PaymentLink found = rows.byToken(hash).map(Row::link).orElseThrow(LinkDecisions::unknown);
    String who = name(name);
    String why = Cleaned.text(comment, LONGEST_COMMENT);
    PaymentLink link =
        rows.lock(found.company(), found.id()).map(Row::link).orElseThrow(LinkDecisions::unknown);
    check(link, sql.now());
    Payment decided = approve ? Payment.APPROVED : Payment.NOT_APPROVED;
    rows.settled(link.company(), link.id(), decided, java.math.BigDecimal.ZERO);
    rows.used(link.company(), link.id());
    new LinkAnswerRows(sql).decided(link, who, why.isEmpty() ? null : why);
    new LinkHistoryRows(sql).happened(link.company(), link.id(), who, sentence(approve, why));
    news.tell(
        link,
        approve ? PaymentNews.What.QUOTE_APPROVED : PaymentNews.What.QUOTE_DECLINED,
        "decision",
        null,
        why.isEmpty() ? null : why,
        sql.now());
    return rows.find(link.company(), link.id()).map(Row::link).orElseThrow();
  }

  private static String name(String name) {
    String who = Cleaned.text(name, LONGEST_NAME + 1);
    if (who.isEmpty()) throw Problem.invalid("name", "required", "Who decides? Give a name.");
    if (who.length() > LONGEST_NAME)
      throw Problem.invalid(
          "name", "too_long", "A name has at most " + LONGEST_NAME + " characters.");
    return who;
  }

  private void check(PaymentLink link, Instant now) {
    if (link.kind() != Kind.APPROVAL)
      throw Problem.conflict("not_to_approve", "This link is to pay, not to approve.");
    if (link.state() == State.USED)
      throw Problem.conflict("decided", "This quote was decided already.");
    if (link.state() != State.USABLE)
      throw Problem.conflict("link_" + link.state().word(), "This link cannot be used any more.");
    Item item = link.items().getFirst();
    StoredDocument quote =
        documents
            .find(link.company(), item.kind(), item.number())
            .orElseThrow(
                () -> Problem.conflict("quote_gone", "This quote does not exist any more."));
    if (!drafts.isValid(link.company(), quote, now))
      throw Problem.conflict(
          "quote_expired",
          "This quote was valid until " + Asked.validUntil(quote.document()) + ".");
  }

  private static String sentence(boolean approve, String why) {
    String what = approve ? "Approved" : "Declined";
    return why.isEmpty() ? what + "." : what + ": " + why;
  }

  private static Problem unknown() {
    return Problem.notFound("This link");
  }
}
