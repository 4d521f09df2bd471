package org.postroom.payments;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.db.Ids;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.Money;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.postroom.payments.NewLink.Wanted;
import org.postroom.payments.PaymentLink.Item;
import org.postroom.payments.PaymentLink.Kind;
import org.postroom.payments.PaymentLink.Payment;
import org.postroom.payments.PaymentLink.State;
import org.springframework.stereotype.Component;

/** What somebody wants becomes a link, or a sentence that says why it cannot be one. */
@Component
class LinkDrafts {
  private static final int MOST_ITEMS = 20;
  private static final Duration LONGEST = Duration.ofDays(731);
  private final Documents documents;
  private final Access access;

  LinkDrafts(Documents documents, Access access) {
    this.documents = documents;
    this.access = access;
  }

  /** A link that is not kept yet. */
  PaymentLink of(Caller caller, NewLink wanted, LinkChoices choices, Instant now) {
    checkItems(wanted, choices);
    List<StoredDocument> about = new ArrayList<>();
    for (int i = 0; i < wanted.items().size(); i++)
      about.add(document(caller.company(), wanted.items().get(i), "/items/" + i));
    checkTogether(about);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < about.size(); i++)
      items.add(
          item(
              caller.company(),
              wanted.kind(),
              about.get(i),
              wanted.items().get(i).amount(),
              "/items/" + i,
              now));
    return link(caller, wanted.kind(), about.getFirst(), items, expires(wanted, choices, now), now);
  }

  /** A link about one document as it is, for a mail. */
  PaymentLink of(Caller caller, Kind kind, StoredDocument about, LinkChoices choices, Instant now) {
    Item item = item(caller.company(), kind, about, null, "", now);
    Instant expires = now.plus(Duration.ofDays(choices.days()));
    return link(caller, kind, about, List.of(item), expires, now);
  }

  /** Whether a quote can be approved on that moment's day. */
  boolean isValid(String company, StoredDocument quote, Instant now) {
    LocalDate until = Asked.validUntil(quote.document());
    LocalDate today = now.atZone(access.company(company).timeZone()).toLocalDate();
    return until == null || !until.isBefore(today);
  }

  private static void checkItems(NewLink wanted, LinkChoices choices) {
    List<Wanted> items = wanted.items();
    if (items.isEmpty())
      throw Problem.invalid("/items", "required", "A link is about at least one document.");
    if (items.size() > MOST_ITEMS)
      throw Problem.invalid(
          "/items", "too_many", "A link is about at most " + MOST_ITEMS + " documents.");
    if (items.size() > 1 && wanted.kind() != Kind.DEPOSIT)
      throw Problem.invalid(
          "/items", "too_many", "Only a deposit link can be about several documents.");
    if (items.size() > 1 && !choices.combined())
      throw Problem.invalid(
          "/items",
          "not_combined",
          "One deposit link for several documents is switched off under Payments, Choices.");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++)
      if (!seen.add(items.get(i).kind() + "/" + items.get(i).number()))
        throw Problem.invalid("/items/" + i, "twice", "This document is in the list twice.");
  }

  private static void checkTogether(List<StoredDocument> about) {
    if (about.size() == 1) return;
    var first = about.getFirst().document();
    for (int i = 0; i < about.size(); i++) {
      var other = about.get(i).document();
      if (other.partner() == null || !other.partner().equals(first.partner()))
        throw Problem.invalid(
            "/items/" + i, "other_partner", "All documents of one link must be of one customer.");
      if (!other.currency().equals(first.currency()))
        throw Problem.invalid(
            "/items/" + i, "other_currency", "All documents of one link must be in one currency.");
    }
  }

  private StoredDocument document(String company, Wanted wanted, String at) {
    return documents
        .find(company, wanted.kind(), wanted.number())
        .orElseThrow(() ->
            Problem.invalid(
                at + "/number",
                "unknown_document",
                words(wanted.kind(), wanted.number()) + " does not exist."));
  }

  private Item item(
      String company,
      Kind kind,
      StoredDocument about,
      @Nullable BigDecimal amount,
      String at,
      Instant now) {
    DocumentKind of = about.document().kind();
    String named = words(of, about.document().number());
    BigDecimal asked =
        switch (kind) {
          case INVOICE -> due(about, amount, named, at);
          case DEPOSIT -> deposit(about, amount, named, at);
          case APPROVAL -> approval(company, about, amount, named, at, now);
        };
    return new Item(of, about.document().number(), asked);
  }

  private static BigDecimal due(
      StoredDocument about, @Nullable BigDecimal amount, String named, String at) {
    if (about.document().kind() != DocumentKind.INVOICE)
      throw Problem.invalid(at + "/kind", "wrong_kind", "Such a link is about an invoice.");
    if (amount != null)
      throw Problem.invalid(
          at + "/amount",
          "not_possible",
          "A link to an invoice always asks for what is due when it is opened.");
    BigDecimal due = Asked.due(about);
    if (due.signum() == 0)
      throw Problem.invalid(at + "/number", "nothing_due", "Nothing is due of " + named + ".");
    return due;
  }

  private static BigDecimal deposit(
      StoredDocument about, @Nullable BigDecimal amount, String named, String at) {
    switch (about.document().kind()) {
      case DEPOSIT, SALES_ORDER, QUOTE -> {}
      default ->
          throw Problem.invalid(
              at + "/kind",
              "wrong_kind",
              "A deposit link is about a deposit request, a sales order or a quote.");
    }
    if (amount == null) return asked(about, named, at);
    String currency = about.document().currency();
    if (amount.signum() <= 0 || !Asked.isPayable(amount, currency))
      throw Problem.invalid(
          at + "/amount",
          "out_of_range",
          "This is no amount that can be paid in " + currency + ".");
    BigDecimal due = about.amountDue();
    if (due != null && amount.compareTo(due) > 0)
      throw Problem.invalid(
          at + "/amount",
          "out_of_range",
          "This is more than "
              + new Money(due, currency).words()
              + ", what is open of "
              + named
              + ".");
    return amount;
  }

  private static BigDecimal asked(StoredDocument about, String named, String at) {
    return Asked.deposit(about)
        .orElseThrow(() ->
            about.document().kind() == DocumentKind.DEPOSIT
                ? Problem.invalid(at + "/number", "nothing_due", "Nothing is due of " + named + ".")
                : Problem.invalid(
                    at + "/amount",
                    "required",
                    named + " does not say which deposit it asks for: give an amount."));
  }

  private @Nullable BigDecimal approval(
      String company,
      StoredDocument about,
      @Nullable BigDecimal amount,
      String named,
      String at,
      Instant now) {
    if (about.document().kind() != DocumentKind.QUOTE)
      throw Problem.invalid(at + "/kind", "wrong_kind", "Only a quote can be approved.");
    if (amount != null)
      throw Problem.invalid(
          at + "/amount", "not_possible", "A link to approve a quote asks for no money.");
    if (!isValid(company, about, now))
      throw Problem.invalid(
          at + "/number",
          "quote_expired",
          named + " was valid until " + Asked.validUntil(about.document()) + ".");
    return null;
  }

  private static Instant expires(NewLink wanted, LinkChoices choices, Instant now) {
    Instant given = wanted.expiresAt();
    if (given == null) return now.plus(Duration.ofDays(choices.days()));
    if (!given.isAfter(now))
      throw Problem.invalid("/expires_at", "out_of_range", "A link must end in the future.");
    if (given.isAfter(now.plus(LONGEST)))
      throw Problem.invalid("/expires_at", "out_of_range", "A link works for two years at most.");
    return given;
  }

  private static String words(DocumentKind kind, String number) {
    String word = kind == DocumentKind.RMA ? "RMA" : kind.words().toLowerCase(Locale.ENGLISH);
    return "The " + word + " “" + number + "”";
  }

  private static PaymentLink link(
      Caller caller,
      Kind kind,
      StoredDocument about,
      List<Item> items,
      @Nullable Instant expires,
      Instant now) {
    BigDecimal sum =
        items.stream()
            .map(Item::amount)
            .filter(Objects::nonNull)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new PaymentLink(
        caller.company(),
        Ids.next("pay"),
        kind,
        items,
        about.document().partner(),
        about.document().currency(),
        kind == Kind.APPROVAL ? null : sum,
        State.USABLE,
        Payment.NOT_PAID,
        caller.name(),
        now,
        expires,
        null,
        null,
        null);
  }
}
