package org.postroom.compose;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.Chosen;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.mail.Mime;
import org.postroom.mail.Readdressed;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.Draft;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.postroom.partners.Purpose;
import org.postroom.payments.PlannedLink;
import org.postroom.rules.Decisions.Decision;
import org.postroom.signing.Signing;
import org.postroom.templates.Copies;
import org.springframework.stereotype.Service;

/**
 * Makes a message from a document, its partner, a text and an account. Each choice is made for
 * itself and keeps its reason. What comes out is finished: the preview is byte for byte what
 * leaves.
 */
@Service
public class Composer {
  /** Code of the refusal where a rule says that a mail must not go. */
  public static final String DO_NOT_SEND = "do_not_send";

  /** Code of the refusal of an automatic mail that only blocked addresses would get. */
  public static final String BLOCKED = "recipient_blocked";

  /** The reason for the account of messages that a test key made. */
  public static final String BY_TEST_KEY = "A test key writes to the local mailbox";

  private final Access access;
  private final Subjects subjects;
  private final Ingredients ingredients;
  private final Enclosing enclosing;
  private final Outbox outbox;
  private final Database database;
  private final Signing signing;
  private final Downloads downloads;
  private final LinkUse linkUse;
  private final BlockedAddresses blockedAddresses;

  Composer(
      Access access,
      Subjects subjects,
      Ingredients ingredients,
      Enclosing enclosing,
      Outbox outbox,
      Database database,
      Signing signing,
      Downloads downloads,
      LinkUse linkUse,
      BlockedAddresses blockedAddresses) {
    this.blockedAddresses = blockedAddresses;
    this.access = access;
    this.subjects = subjects;
    this.enclosing = enclosing;
    this.ingredients = ingredients;
    this.outbox = outbox;
    this.database = database;
    this.signing = signing;
    this.downloads = downloads;
    this.linkUse = linkUse;
  }

  /** What documents of a kind are sent for when nobody says more. */
  public static Purpose usualPurpose(DocumentKind kind) {
    return Purposes.of(kind);
  }

  /** Makes the message and keeps nothing. Refuses with 422 what could not be sent. */
  public Composition compose(Caller caller, MessageRequest request) {
    Company company = access.company(caller.company());
    Subject subject = subjects.of(company, request);
    refuseWhatMustNotGo(subject);
    Chosen chosen = ingredients.account(caller, request, subject);
    Address sender = chosen.account().sender();
    PlannedLink link = linkUse.plan(caller, company, subject);
    Words words = ingredients.words(caller, company, request, subject, sender, link);
    Addressed addressed = ingredients.recipients(company.id(), request, subject, words.copies());
    MessageLimits.checkRecipients(chosen.account(), addressed.recipients());
    BlockedAddresses.Found blocked = blockedAddresses.among(company, addressed.recipients());
    if (caller.kind() == Caller.Kind.POSTROOM) blocked.refuseIfAll();
    Papers papers = enclosing.papers(company, request, subject, subject.language(company));

    String id = Ids.next("msg");
    String messageId = "<" + id + "@" + domain(chosen.account()) + ">";
    List<Address> replyTo = replyTo(caller, chosen, words.copies());
    Instant now = database.now();
    boolean automatic = caller.kind() == Caller.Kind.POSTROOM;
    BiFunction<Words, Papers, byte[]> written =
        (said, enclosed) ->
            new Mime(
                    messageId,
                    now,
                    company.timeZone(),
                    sender,
                    replyTo,
                    addressed.addresses(RecipientRole.TO),
                    addressed.addresses(RecipientRole.CC),
                    said.subject(),
                    automatic,
                    said.text(),
                    said.html(),
                    enclosed.attachments())
                .bytes();
    byte[] mime = signed(chosen.account(), sender, written.apply(words, papers));
    Linked linked = linked(chosen.account(), papers, mime.length, subject.language(company));
    if (linked != null) {
      words = LinkWords.in(words, linked, company.timeZone());
      papers = papers.only(linked.kept());
      mime = signed(chosen.account(), sender, written.apply(words, papers));
    }
    MessageLimits.checkSize(chosen.account(), mime);
    PlannedLink used = LinkUse.in(link, words);
    return new Composition(
        id,
        chosen.account(),
        sender,
        replyTo,
        addressed.recipients(),
        words.subject(),
        words.html(),
        words.text(),
        papers.attachments(),
        messageId,
        request.document(),
        papers.further(),
        subject.partnerRef(),
        subject.purpose(),
        words.template(),
        papers.layout(),
        sendAt(request, subject, now),
        subject.rules().approval() == null ? null : told(subject.rules().approval()),
        linked,
        used,
        reasons(chosen, addressed, words, papers, subject),
        warnings(chosen, subject, papers, blocked),
        mime);
  }

  /** What must go by link, null where all fits or links are switched off. */
  private @Nullable Linked linked(Account account, Papers papers, long size, Locale language) {
    return MessageLimits.tooLarge(account, size)
        ? downloads.plan(account, papers.attachments(), size, language)
        : null;
  }

  /** Composes and accepts; when this returns the message is on disk. */
  public Message send(Caller caller, MessageRequest request) {
    caller.require(Right.SEND);
    return outbox.accept(draft(caller, request));
  }

  /**
   * What {@link #send} accepts: for callers that accept it together with something of their own.
   */
  public Draft draft(Caller caller, MessageRequest request) {
    caller.require(Right.SEND);
    return draft(compose(caller, request), origin(caller), request.bulk(), request.resendOf());
  }

  /** Accepts what was composed, in the caller's transaction if there is one. */
  public Message store(Composition composition, Message.Origin origin, boolean bulk) {
    return outbox.accept(draft(composition, origin, bulk, null));
  }

  /** The same, with the caller as the one who sends. */
  public Message store(Caller caller, Composition composition, boolean bulk) {
    caller.require(Right.SEND);
    return store(composition, origin(caller), bulk);
  }

  /**
   * The same mail once more as a new message linked to the old one: same words, same files.
   *
   * @param to corrected recipients; empty: those of the old message
   */
  public Message resend(Caller caller, String id, List<Address> to) {
    return outbox.accept(redraft(caller, id, to));
  }

  /** What {@link #resend} accepts. */
  public Draft redraft(Caller caller, String id, List<Address> to) {
    caller.require(Right.SEND);
    Message old = outbox.get(caller, id);
    byte[] mime =
        outbox
            .content(old.company(), id)
            .orElseThrow(() ->
                Problem.conflict(
                    "content_removed",
                    "The content of this message was removed. Send the document again."));
    Account account = ingredients.accountOf(old);
    List<Draft.To> recipients =
        to.isEmpty()
            ? old.recipients().stream().map(r -> new Draft.To(r.address(), r.role())).toList()
            : Addressed.unique(to, RecipientRole.TO);
    String fresh = Ids.next("msg");
    String messageId = "<" + fresh + "@" + domain(account) + ">";
    byte[] readdressed =
        Readdressed.of(
            mime,
            messageId,
            database.now(),
            access.company(old.company()).timeZone(),
            addresses(recipients, RecipientRole.TO),
            addresses(recipients, RecipientRole.CC));
    byte[] content = signed(account, old.sender(), readdressed);
    MessageLimits.checkRecipients(account, recipients);
    MessageLimits.checkSize(account, content);
    Map<String, String> reasons = new LinkedHashMap<>(old.reasons());
    reasons.put(
        "recipients",
        to.isEmpty() ? "As in the message that is resent" : "Corrected by " + caller.name());
    String trouble = trouble(account);
    // Whoever agreed, agreed to the mail as it was: the same once more needs somebody again.
    String approval = old.reasons().get("approval");
    return new Draft(
        old.company(),
        fresh,
        account.id(),
        old.sender(),
        account.email(),
        messageId,
        old.subject(),
        recipients,
        content,
        false,
        null,
        origin(caller),
        old.document(),
        outbox.further(old.company(), old.id()),
        old.partner(),
        old.purpose(),
        old.template(),
        old.layout(),
        reasons,
        old.id(),
        hold(approval, trouble),
        waiting(approval, trouble));
  }

  /** Providers sign what goes through their mailboxes; a plain relay may not. */
  private byte[] signed(Account account, Address from, byte[] mime) {
    return account.smtp() == null ? mime : signing.sign(account.company(), from, mime);
  }

  private static Message.Origin origin(Caller caller) {
    return new Message.Origin(
        caller.kind().name().toLowerCase(Locale.ROOT), caller.id(), caller.name());
  }

  /** Files and payments that go by link are kept now: the link must work when the mail arrives. */
  private Draft draft(
      Composition c, Message.Origin origin, boolean bulk, @Nullable String resendOf) {
    if (c.linked() != null) downloads.keep(c.account().company(), c.id(), c.linked());
    linkUse.keep(c);
    String trouble = trouble(c.account());
    return new Draft(
        c.account().company(),
        c.id(),
        c.account().id(),
        c.from(),
        c.account().email(),
        c.messageId(),
        c.subject(),
        c.recipients(),
        c.mime(),
        bulk,
        c.sendAt(),
        origin,
        c.document(),
        c.further(),
        c.partner(),
        c.purpose() == null ? null : c.purpose().word(),
        c.template(),
        c.layout(),
        c.reasons(),
        resendOf,
        hold(c.approval(), trouble),
        waiting(c.approval(), trouble));
  }

  private static Message.@Nullable Hold hold(@Nullable String approval, @Nullable String trouble) {
    if (approval != null) return Message.Hold.APPROVAL;
    return trouble == null ? null : Message.Hold.ACCOUNT;
  }

  private static @Nullable String waiting(@Nullable String approval, @Nullable String trouble) {
    return approval == null ? trouble : "Waits for approval. " + approval;
  }

  /**
   * Where the template says so; else what a person sends from the company's account is answered to
   * the person; what a fallback sends, to the account it stands in for.
   */
  private static List<Address> replyTo(Caller caller, Chosen chosen, Copies copies) {
    if (copies.replyTo() != null) return List.of(copies.replyTo());
    Account account = chosen.wanted();
    if (account.replyTo() != null) return List.of(account.replyTo());
    boolean borrowed =
        caller.kind() == Caller.Kind.PERSON
            && account.owner().equals("company")
            && caller.email() != null;
    if (borrowed) return List.of(new Address(caller.name(), String.valueOf(caller.email())));
    return chosen.insteadOf() == null ? List.of() : List.of(account.sender());
  }

  /** A rule that says a mail must not go counts for everybody. */
  private static void refuseWhatMustNotGo(Subject subject) {
    Decision<String> stop = subject.rules().doNotSend();
    if (stop != null) throw Problem.invalid("/document", DO_NOT_SEND, told(stop));
  }

  /** What a person or program asked for counts before a rule's delay. */
  private static @Nullable Instant sendAt(MessageRequest request, Subject subject, Instant now) {
    Decision<Duration> delay = subject.rules().delay();
    if (request.sendAt() != null || delay == null) return request.sendAt();
    return now.plus(delay.value());
  }

  /** "Rule “Large invoices”: Ask Anna first." */
  private static String told(Decision<String> decision) {
    return decision.value().isBlank()
        ? decision.reason()
        : decision.reason() + ": " + decision.value();
  }

  private static Map<String, String> reasons(
      Chosen chosen, Addressed addressed, Words words, Papers papers, Subject subject) {
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put("account", chosen.reason());
    reasons.put("recipients", addressed.reason());
    reasons.put("template", words.reason());
    reasons.put("layout", papers.reason());
    because(reasons, "attachments", subject.rules().attachments());
    because(reasons, "delay", subject.rules().delay());
    because(reasons, "approval", subject.rules().approval());
    return reasons;
  }

  private static void because(
      Map<String, String> reasons, String aspect, @Nullable Decision<?> decision) {
    if (decision != null) reasons.put(aspect, decision.reason());
  }

  private static List<String> warnings(
      Chosen chosen, Subject subject, Papers papers, BlockedAddresses.Found blocked) {
    Account account = chosen.account();
    List<String> warnings = new ArrayList<>(blocked.warnings());
    warnings.addAll(subject.warnings());
    warnings.addAll(papers.warnings());
    Account wanted = chosen.insteadOf();
    if (wanted != null)
      warnings.add(
          "“%s” cannot send: this goes out from %s, its fallback. Answers go to “%1$s”."
              .formatted(wanted.name(), account.sender().display()));
    String trouble = trouble(account);
    if (trouble != null) warnings.add(trouble);
    return warnings;
  }

  private static @Nullable String trouble(Account account) {
    if (!account.active())
      return "The account “" + account.name() + "” is switched off: the message waits.";
    if (account.usable()) return null;
    return "The account “"
        + account.name()
        + "” cannot send at the moment: the message waits. "
        + account.health().reason();
  }

  private static String domain(Account account) {
    String wire = account.email().wire();
    return wire.substring(wire.lastIndexOf('@') + 1);
  }

  private static List<Address> addresses(List<Draft.To> recipients, RecipientRole role) {
    return recipients.stream().filter(to -> to.role() == role).map(Draft.To::address).toList();
  }
}
