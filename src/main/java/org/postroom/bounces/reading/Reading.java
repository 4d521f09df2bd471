package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Reason;
import org.postroom.bounces.Returned;
import org.postroom.bounces.Returned.Action;
import org.postroom.bounces.Returned.Kind;
import org.postroom.bounces.Returned.OfRecipient;

/** Tells apart what came in, and reads it. */
public final class Reading {
  /** A report stands before what it returns, and ours are never this long. */
  public static final int MOST_BYTES = 2_000_000;

  private static final int LONGEST_DIAGNOSTIC = 1000;

  private static final Phrases PHRASES = Phrases.of("/bounces/kinds.txt");

  private final Part mail;
  private final Words words;
  private final Original original;

  private Reading(Part mail) {
    this.mail = mail;
    this.words = Words.of(mail);
    this.original = Original.of(mail, words);
  }

  public static Returned read(byte[] mime) {
    Part mail = Tree.of(Lines.raw(mime, MOST_BYTES));
    Part inner = passedOn(mail);
    return new Reading(inner == null ? mail : inner).returned();
  }

  /** A gateway's mail program passed on another's report whole. */
  private static @Nullable Part passedOn(Part mail) {
    if (!Sender.isDaemon(mail.headers()) || StatusReport.in(mail) != null) return null;
    for (Part part : mail.leaves(type -> type.is("message/rfc822"))) {
      Part inner = Tree.of(part.text());
      if (Sender.isDaemon(inner.headers()) && StatusReport.in(inner) != null) return inner;
    }
    return null;
  }

  private Returned returned() {
    Complaint complaint = Complaint.in(mail, original);
    if (complaint != null) return complaint(complaint);
    CloudNotice cloud = CloudNotice.in(words);
    if (cloud != null) return cloud(cloud);
    StatusReport report = StatusReport.in(mail);
    if (report != null) return report(report);
    if (Automatic.isReceipt(mail)) return automatic();
    boolean automatic = Automatic.isReply(mail, words);
    if (automatic && !introduces(subject())) return automatic();
    if (isNotice(automatic)) return notice();
    return automatic || Automatic.isMarked(mail.headers()) ? automatic() : Returned.notAReport();
  }

  private Returned complaint(Complaint complaint) {
    List<String> addresses = new ArrayList<>(complaint.recipients());
    if (addresses.isEmpty()) addresses.add(Verp.address(mail.headers()));
    List<OfRecipient> recipients =
        addresses.stream()
            .map(each -> complained(each, "Feedback-Type: " + complaint.type()))
            .toList();
    String envelope = complaint.fields().first("original-envelope-id");
    String envelopeId = envelope.isEmpty() ? null : Xtext.decoded(envelope);
    return new Returned(Kind.COMPLAINT, messageId(), envelopeId, recipients);
  }

  private static OfRecipient complained(@Nullable String address, String diagnostic) {
    return new OfRecipient(
        address, Action.DELIVERED, null, null, oneLine(diagnostic), Reason.COMPLAINT, false);
  }

  private static Returned cloud(CloudNotice cloud) {
    if (!cloud.complaint()) return of(cloud.recipients(), cloud.messageId(), null);
    List<OfRecipient> recipients =
        cloud.recipients().stream().map(each -> complained(each.address(), "")).toList();
    return new Returned(Kind.COMPLAINT, cloud.messageId(), null, recipients);
  }

  /** Where the fields say little, the words before them may say more. */
  private Returned report(StatusReport report) {
    List<Said> told = report.recipients();
    var about = new Notice(report.without(words), nobody()).about(told);
    List<Said> said = new ArrayList<>();
    for (Said each : told) {
      Said named = each.address() != null ? each : each.of(onlyRecipient());
      said.add(named.withContext(about.apply(named.address())));
    }
    return of(said, messageId(), report.envelopeId());
  }

  private boolean isNotice(boolean automatic) {
    Headers headers = mail.headers();
    if (headers.has("x-failed-recipients")) return true;
    if (Sender.isDaemon(headers)) return introduces(subject()) || introduces(words.text());
    return Sender.isNobody(headers) && !automatic && introduces(subject());
  }

  private Returned notice() {
    String all = subject() + " \n" + words.text();
    Action action = action(Phrases.plain(all));
    List<String> known = Addresses.all(mail.headers().first("x-failed-recipients"));
    List<Said> said = new Notice(words, nobody()).recipients(known, action);
    if (said.isEmpty()) said = List.of(new Said(onlyRecipient(), action, "", words.text()));
    List<Said> complete = new ArrayList<>();
    boolean alone = said.size() == 1;
    for (Said each : said) {
      Said quoted = each.quoted();
      complete.add(alone ? quoted.withContext(quoted.context() + "\n" + all) : quoted);
    }
    return of(complete, messageId(), null);
  }

  private static Action action(String text) {
    boolean warning = PHRASES.first("warnings", text) != null;
    return warning && PHRASES.first("given up", text) == null ? Action.DELAYED : Action.FAILED;
  }

  private Returned automatic() {
    return new Returned(Kind.AUTOMATIC_REPLY, messageId(), null, List.of());
  }

  private static Returned of(
      List<Said> said, @Nullable String messageId, @Nullable String envelopeId) {
    if (said.isEmpty()) return Returned.notAReport();
    List<OfRecipient> recipients = new ArrayList<>();
    for (Said each : said) recipients.add(understood(each));
    return new Returned(kind(recipients), messageId, envelopeId, recipients);
  }

  private static OfRecipient understood(Said said) {
    String diagnostic = oneLine(said.diagnostic());
    Reason reason = Reasons.of(said);
    String status = said.status().isEmpty() ? Codes.status(diagnostic) : said.status();
    return new OfRecipient(
        said.address(),
        said.action(),
        status.isEmpty() ? null : status,
        Codes.reply(diagnostic),
        diagnostic,
        reason,
        said.action() == Action.FAILED && reason.hard());
  }

  private static Kind kind(List<OfRecipient> recipients) {
    if (recipients.stream().anyMatch(each -> each.action() == Action.FAILED)) return Kind.BOUNCE;
    boolean delayed = recipients.stream().anyMatch(each -> each.action() == Action.DELAYED);
    return delayed ? Kind.DELAYED : Kind.DELIVERED;
  }

  private boolean introduces(String text) {
    String plain = Phrases.plain(text);
    return PHRASES.first("introductions", plain) != null || PHRASES.first("warnings", plain) != null;
  }

  private String subject() {
    return Decoded.header(mail.headers().first("subject"));
  }

  /** Of our message; some reports return nothing of it but answer it properly. */
  private @Nullable String messageId() {
    String id = original.messageId();
    return id != null ? id : Original.id(mail.headers().firstOf("in-reply-to", "references"));
  }

  private @Nullable String onlyRecipient() {
    List<String> to = original.to();
    return to.size() == 1 ? to.getFirst() : Verp.address(mail.headers());
  }

  /** Addresses that are no recipients: ours, to which the report came. */
  private Set<String> nobody() {
    Set<String> addresses = new HashSet<>();
    for (Headers headers : List.of(mail.headers(), original.headers()))
      for (String name : List.of("from", "sender", "return-path", "reply-to"))
        for (String value : headers.all(name)) addAll(addresses, value);
    for (String name : List.of("to", "delivered-to", "x-original-to", "envelope-to"))
      for (String value : mail.headers().all(name)) addAll(addresses, value);
    for (String recipient : original.to()) addresses.remove(recipient.toLowerCase(Locale.ROOT));
    return addresses;
  }

  private static void addAll(Set<String> addresses, String value) {
    for (String address : Addresses.all(value)) addresses.add(address.toLowerCase(Locale.ROOT));
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.substring(0, Math.min(line.length(), LONGEST_DIAGNOSTIC));
  }
}
