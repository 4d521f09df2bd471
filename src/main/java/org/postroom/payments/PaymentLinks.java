package org.postroom.payments;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.AuditTrail;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.partners.Purpose;
import org.postroom.payments.PaymentLink.State;
import org.postroom.payments.PaymentLinkRows.Row;
import org.springframework.stereotype.Service;

/** Links by which customers pay invoices and deposits, and approve quotes. */
@Service
public class PaymentLinks {
  private final Database database;
  private final LinkParts parts;
  private final LinkAddresses addresses;
  private final Audit audit;

  PaymentLinks(Database database, LinkParts parts, LinkAddresses addresses, Audit audit) {
    this.database = database;
    this.parts = parts;
    this.addresses = addresses;
    this.audit = audit;
  }

  /** Makes a link; 422 pointing at the field where it cannot be. */
  public PaymentLink make(Caller caller, NewLink wanted) {
    caller.require(Right.MANAGE_PAYMENTS);
    addresses.checkReachable();
    String token = LinkAddresses.token();
    return database.write(sql -> {
      LinkChoices choices = LinkChoiceRows.of(sql, caller.company());
      PaymentLink link = parts.drafts().of(caller, wanted, choices, sql.now());
      insert(sql, link, token);
      trail().created(caller, link.id(), facts(link));
      return link;
    });
  }

  /** 404 where the company has no such link. */
  public PaymentLink get(Caller caller, String id) {
    return database.read(sql -> row(sql, caller.company(), id)).link();
  }

  /** The link with what is due of it now, for the company's people; 404. */
  public OpenedLink look(Caller caller, String id) {
    return database.read(sql -> parts.dues().opened(sql, row(sql, caller.company(), id)));
  }

  /** Newest first; null filters count for all. */
  public Slice<PaymentLink> list(
      String company,
      PaymentLink.@Nullable State state,
      @Nullable String partner,
      int limit,
      @Nullable String cursor) {
    LinkFilter all = LinkFilter.ALL.partner(partner);
    return list(company, state == null ? all : all.states(state), limit, cursor);
  }

  /** Newest first. */
  public Slice<PaymentLink> list(
      String company, LinkFilter filter, int limit, @Nullable String cursor) {
    String before = Slice.cursor(cursor, "pay");
    List<PaymentLink> oneMore =
        database.read(sql ->
            new PaymentLinkRows(sql)
                .list(company, filter, limit, before).stream().map(Row::link).toList());
    return Slice.of(oneMore, limit, PaymentLink::id);
  }

  /** The links about a document, newest first; the latest hundred. */
  public List<PaymentLink> of(String company, DocumentKind kind, String number) {
    return list(company, LinkFilter.ALL.document(kind, number), 100, null).data();
  }

  /** The links a message carries. */
  public List<PaymentLink> ofMessage(String company, String message) {
    return database.read(sql ->
        new PaymentLinkRows(sql).ofMessage(company, message).stream().map(Row::link).toList());
  }

  /** Its public address; 422 where the installation has none. */
  public String url(PaymentLink link) {
    Row row = database.read(sql -> row(sql, link.company(), link.id()));
    return addresses.url(link.kind(), addresses.open(link.company(), link.id(), row.token()));
  }

  /** Ends it before its time; done already is done. 409 where it was used. */
  public PaymentLink withdraw(Caller caller, String id) {
    caller.require(Right.MANAGE_PAYMENTS);
    String company = caller.company();
    return database.write(sql -> {
      var rows = new PaymentLinkRows(sql);
      PaymentLink link = lock(sql, company, id).link();
      if (link.state() == State.WITHDRAWN) return link;
      if (link.state() == State.USED)
        throw Problem.conflict("link_used", "This link was used; there is nothing to withdraw.");
      rows.withdraw(company, id);
      new LinkHistoryRows(sql).happened(company, id, caller.name(), "Withdrawn.");
      audit.record(caller, "payment_link.withdrawn", id, link.state().word(), "withdrawn");
      return row(sql, company, id).link();
    });
  }

  /**
   * The link a mail about the document would carry: an open one for the same, or a new one. Stores
   * nothing. Empty where such mails carry none: nothing is due, or links are switched off for them.
   *
   * @throws org.postroom.http.Problem 422 where the mail is pointless without a link and there can
   *     be none
   */
  public Optional<PlannedLink> plan(
      Caller caller, Company company, Purpose purpose, StoredDocument about) {
    return database.read(sql -> parts.plans().plan(sql, caller, purpose, about));
  }

  /**
   * Keeps a planned link, in the caller's transaction, as sent with the message. Where somebody
   * made one for the same meanwhile, the planned address leads to that one.
   */
  public void keep(PlannedLink planned, String message) {
    String company = planned.link().company();
    String hash = LinkAddresses.hash(planned.token()).orElseThrow();
    database.run(sql -> {
      var rows = new PaymentLinkRows(sql);
      String id = planned.fresh() ? kept(sql, planned) : planned.link().id();
      rows.lead(company, hash, id);
      if (rows.sentWith(company, id, message))
        new LinkHistoryRows(sql)
            .happened(company, id, "Postroom", "Put into message " + message + ".");
    });
  }

  /** What is behind a token, whoever asks. Empty where there is nothing. */
  public Optional<OpenedLink> open(String token) {
    Optional<OpenedLink> opened =
        LinkAddresses.hash(token)
            .flatMap(hash ->
                database.read(sql ->
                    new PaymentLinkRows(sql)
                        .byToken(hash)
                        .map(row -> parts.dues().opened(sql, row))));
    opened.map(OpenedLink::link).filter(link -> link.openedAt() == null).ifPresent(this::looked);
    return opened;
  }

  /**
   * Notes money; the same reference again changes nothing. Marks the link used when all is paid.
   * Negative amounts went back.
   */
  public PaymentLink paid(String company, String id, Paid paid) {
    Paid checked = LinkParts.checked(paid);
    return database.write(sql -> {
      parts.money().paid(sql, company, id, checked);
      return row(sql, company, id).link();
    });
  }

  /** Notes money somebody saw elsewhere, such as on the bank's statement; by their name. */
  public PaymentLink paidByHand(Caller caller, String id, Paid seen) {
    caller.require(Right.MANAGE_PAYMENTS);
    String way = "noted by " + caller.name();
    var paid = new Paid(seen.reference(), seen.amount(), seen.currency(), seen.at(), way);
    LinkParts.checkByHand(paid);
    return database.write(sql -> {
      PaymentLink before = lock(sql, caller.company(), id).link();
      LinkParts.checkCurrency(before, paid);
      boolean known =
          new LinkHistoryRows(sql).wasTold(before, LinkParts.checked(paid).reference(), "paid");
      PaymentLink link = paid(caller.company(), id, paid);
      if (!known)
        audit.record(
            caller,
            "payment_link.paid_by_hand",
            id,
            null,
            paid.amount().toPlainString() + " " + paid.currency() + ", " + paid.reference());
      return link;
    });
  }

  /**
   * Notes that the provider works on it, so that the page does not ask to pay twice: for seven days
   * or until the provider says yes or no. Only for payments the customer has confirmed.
   */
  public void processing(String company, String id, String reference) {
    database.run(sql -> parts.money().processing(sql, company, id, reference));
  }

  /** Notes that a payment did not succeed; the link stays usable. Each reference counts once. */
  public void declined(String company, String id, String reference, String reason) {
    database.run(sql -> parts.money().declined(sql, company, id, reference, reason));
  }

  /**
   * A customer decides about a quote, once.
   *
   * @param name who decides, as they wrote it
   * @throws org.postroom.http.Problem 409 where it was decided or ended, 422 at {@code name}, 404
   *     where nothing is behind the token
   */
  public PaymentLink decide(String token, boolean approve, String name, @Nullable String comment) {
    String hash = LinkAddresses.hash(token).orElseThrow(() -> Problem.notFound("This link"));
    return database.write(sql -> parts.decisions().decide(sql, hash, approve, name, comment));
  }

  /**
   * One thing that happened to a link, as a sentence.
   *
   * @param warning whether somebody should look
   */
  public record Happened(Instant at, String who, String what, boolean warning) {}

  /** Oldest first. */
  public List<Happened> history(String company, String id) {
    return database.read(sql -> new LinkHistoryRows(sql).of(company, id));
  }

  /** Links with a warning nobody has looked at yet. */
  public long toLookAt(String company) {
    return database.read(sql -> new PaymentLinkRows(sql).toLookAt(company));
  }

  /** Whether a link's warnings wait for somebody. */
  public boolean needsLook(PaymentLink link) {
    return database.read(sql -> row(sql, link.company(), link.id())).needsLook();
  }

  /** Somebody looked at its warnings. */
  public void lookedAt(Caller caller, String id) {
    caller.require(Right.MANAGE_PAYMENTS);
    database.run(sql -> {
      if (!lock(sql, caller.company(), id).needsLook()) return;
      new PaymentLinkRows(sql).needsLook(caller.company(), id, false);
      new LinkHistoryRows(sql)
          .happened(caller.company(), id, caller.name(), "Looked at the warnings.");
    });
  }

  /** The deposit a document asks for by itself; empty where somebody must give an amount. */
  public Optional<BigDecimal> deposit(StoredDocument about) {
    return Asked.deposit(about);
  }

  /** Whether customers can reach this installation: without a public address there are no links. */
  public boolean reachable() {
    return addresses.reachable();
  }

  /** What a company settled about its links. */
  public LinkChoices choices(String company) {
    return database.read(sql -> LinkChoiceRows.of(sql, company));
  }

  public void choose(Caller caller, LinkChoices choices) {
    caller.require(Right.MANAGE_PAYMENTS);
    if (choices.days() < 1 || choices.days() > 730)
      throw Problem.invalid("/days", "out_of_range", "A link works for 1 to 730 days.");
    database.run(sql -> {
      LinkChoices before = LinkChoiceRows.of(sql, caller.company());
      LinkChoiceRows.save(sql, caller.company(), choices);
      if (!before.equals(choices))
        audit.record(
            caller,
            "payment_links.choices_changed",
            caller.company(),
            before.toString(),
            choices.toString());
    });
  }

  private void looked(PaymentLink link) {
    database.run(sql -> {
      if (new PaymentLinkRows(sql).opened(link.company(), link.id()))
        new LinkHistoryRows(sql)
            .happened(link.company(), link.id(), "Customer", "Opened for the first time.");
    });
  }

  /** The id of the link that is kept for it. */
  private String kept(Sql sql, PlannedLink planned) {
    PaymentLink link = planned.link();
    var rows = new PaymentLinkRows(sql);
    if (rows.find(link.company(), link.id()).isPresent()) return link.id();
    String sealed = addresses.seal(link.company(), link.id(), planned.token());
    if (!rows.insert(link, sealed, true)) {
      String key = PaymentLinkRows.itemsKey(link.kind(), link.items());
      Optional<Row> first = rows.open(link.company(), key);
      if (first.isPresent()) return first.get().link().id();
      rows.insert(link, sealed, false);
    }
    made(sql, link);
    return link.id();
  }

  private void insert(Sql sql, PaymentLink link, String token) {
    var rows = new PaymentLinkRows(sql);
    String sealed = addresses.seal(link.company(), link.id(), token);
    if (!rows.insert(link, sealed, true)) rows.insert(link, sealed, false);
    rows.lead(link.company(), LinkAddresses.hash(token).orElseThrow(), link.id());
    made(sql, link);
  }

  private static void made(Sql sql, PaymentLink link) {
    new LinkHistoryRows(sql).happened(link.company(), link.id(), link.createdBy(), "Made.");
  }

  private static Row row(Sql sql, String company, String id) {
    return new PaymentLinkRows(sql).find(company, id).orElseThrow(PaymentLinks::unknown);
  }

  private static Row lock(Sql sql, String company, String id) {
    return new PaymentLinkRows(sql).lock(company, id).orElseThrow(PaymentLinks::unknown);
  }

  private static Problem unknown() {
    return Problem.notFound("This link");
  }

  private AuditTrail trail() {
    return new AuditTrail(audit, "payment_link", java.util.Set.of());
  }

  private static Map<String, @Nullable Object> facts(PaymentLink link) {
    Map<String, @Nullable Object> facts = new java.util.LinkedHashMap<>();
    facts.put("kind", link.kind().word());
    facts.put("items", PaymentLinkRows.itemsKey(link.kind(), link.items()).replace('\n', ' '));
    facts.put("amount", link.amount() == null ? null : link.amount().toPlainString());
    facts.put("currency", link.currency());
    return facts;
  }
}
