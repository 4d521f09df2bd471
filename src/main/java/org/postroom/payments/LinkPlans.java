package org.postroom.payments;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.db.Sql;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.postroom.partners.Purpose;
import org.postroom.payments.PaymentLink.Item;
import org.postroom.payments.PaymentLink.Kind;
import org.postroom.payments.PaymentLink.State;
import org.postroom.payments.PaymentLinkRows.Row;
import org.springframework.stereotype.Component;

/** Which link a mail carries. */
@Component
class LinkPlans {
  private final LinkDrafts drafts;
  private final LinkDues dues;
  private final LinkAddresses addresses;

  LinkPlans(LinkDrafts drafts, LinkDues dues, LinkAddresses addresses) {
    this.drafts = drafts;
    this.dues = dues;
    this.addresses = addresses;
  }

  Optional<PlannedLink> plan(Sql sql, Caller caller, Purpose purpose, StoredDocument about) {
    Kind kind = kind(purpose, about.document().kind());
    if (isPointlessWithout(purpose)) return Optional.of(must(sql, caller, kind, about));
    if (kind == null || !addresses.reachable()) return Optional.empty();
    LinkChoices choices = LinkChoiceRows.of(sql, caller.company());
    Optional<Row> open = open(sql, caller.company(), kind, about);
    // Who was declined has the link already: the mail leads back to it.
    boolean again = purpose == Purpose.PAYMENT_DECLINED && open.isPresent();
    if (!choices.inMails() && !again) return Optional.empty();
    try {
      return Optional.of(planned(sql, caller, kind, about, open));
    } catch (Problem nothingToAskFor) {
      return Optional.empty();
    }
  }

  private PlannedLink must(Sql sql, Caller caller, @Nullable Kind kind, StoredDocument about) {
    addresses.checkReachable();
    if (kind == null)
      throw Problem.invalid(
          "/purpose",
          "no_link",
          "There is no such link for this: "
              + about.document().kind().words()
              + " "
              + about.document().number()
              + ".");
    return planned(sql, caller, kind, about, open(sql, caller.company(), kind, about));
  }

  private PlannedLink planned(
      Sql sql, Caller caller, Kind kind, StoredDocument about, Optional<Row> open) {
    if (open.isPresent() && stillAsks(sql, open.get(), about)) return again(open.get());
    PaymentLink link =
        drafts.of(caller, kind, about, LinkChoiceRows.of(sql, caller.company()), sql.now());
    String token = LinkAddresses.token();
    return new PlannedLink(link, token, addresses.url(kind, token), true);
  }

  private PlannedLink again(Row row) {
    PaymentLink link = row.link();
    String token = addresses.open(link.company(), link.id(), row.token());
    return new PlannedLink(link, token, addresses.url(link.kind(), token), false);
  }

  /** What the mail says counts, also where it is not kept yet. */
  private boolean stillAsks(Sql sql, Row row, StoredDocument about) {
    return switch (row.link().kind()) {
      case INVOICE -> Asked.due(about).signum() > 0;
      case DEPOSIT -> LinkDues.due(dues.shares(sql, row.link())).signum() > 0;
      case APPROVAL -> drafts.isValid(row.link().company(), about, sql.now());
    };
  }

  /** One for the same; a deposit's may be about further documents of the customer, too. */
  private static Optional<Row> open(Sql sql, String company, Kind kind, StoredDocument about) {
    var rows = new PaymentLinkRows(sql);
    DocumentKind of = about.document().kind();
    String number = about.document().number();
    Optional<Row> same =
        rows.open(company, PaymentLinkRows.itemsKey(kind, List.of(new Item(of, number, null))));
    if (same.isPresent() || kind != Kind.DEPOSIT) return same;
    return rows
        .list(company, LinkFilter.ALL.states(State.USABLE).document(of, number), 50, null)
        .stream()
        .filter(row -> row.link().kind() == Kind.DEPOSIT)
        .findFirst();
  }

  private static boolean isPointlessWithout(Purpose purpose) {
    return purpose == Purpose.PAYMENT_LINK
        || purpose == Purpose.DEPOSIT_LINK
        || purpose == Purpose.QUOTE_APPROVAL;
  }

  /** Null where such a mail about such a document carries none. */
  private static @Nullable Kind kind(Purpose purpose, DocumentKind about) {
    return switch (purpose) {
      case PAYMENT_LINK, INVOICE, REMINDER, PAYMENT_DECLINED -> money(about, purpose);
      case DEPOSIT_LINK -> asksDeposit(about) ? Kind.DEPOSIT : null;
      case QUOTE, QUOTE_APPROVAL -> about == DocumentKind.QUOTE ? Kind.APPROVAL : null;
      default -> null;
    };
  }

  private static @Nullable Kind money(DocumentKind about, Purpose purpose) {
    if (about == DocumentKind.INVOICE) return Kind.INVOICE;
    boolean deposit = about == DocumentKind.DEPOSIT || purpose == Purpose.PAYMENT_DECLINED;
    return deposit && asksDeposit(about) ? Kind.DEPOSIT : null;
  }

  private static boolean asksDeposit(DocumentKind about) {
    return switch (about) {
      case DEPOSIT, SALES_ORDER, QUOTE -> true;
      default -> false;
    };
  }
}
