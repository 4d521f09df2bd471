package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Returned;
import org.postroom.bounces.Returned.Action;
import org.postroom.bounces.Returned.Kind;
import org.postroom.bounces.Returned.OfRecipient;

/** Tells apart what came in, and reads it. */
public final class Reading {
  /** A report stands before what it returns, and ours are never this long. */
  public static final int MOST_BYTES = 2_000_000;

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
            .map(each -> Understood.complained(each, "Feedback-Type: " + complaint.type()))
            .toList();
    String envelope = complaint.fields().first("original-envelope-id");
    String envelopeId = envelope.isEmpty() ? null : Xtext.decoded(envelope);
    return new Returned(Kind.COMPLAINT, messageId(), envelopeId, recipients);
  }

  private static Returned cloud(CloudNotice cloud) {
    if (!cloud.complaint()) return Understood.of(cloud.recipients(), cloud.messageId(), null);
    List<OfRecipient> recipients =
        cloud.recipients().stream().map(each -> Understood.complained(each.address(), "")).toList();
    return new Returned(Kind.COMPLAINT, cloud.messageId(), null, recipients);
  }

  /** Where the fields say little, the words before them may say more. */
  private Returned report(StatusReport report) {
    List<Said> told = report.recipients();
    Words people = report.without(words);
    var about = new Notice(people, nobody()).about(told);
    List<Said> said = new ArrayList<>();
    for (Said each : told) {
      Said named = each.address() != null ? each : each.of(onlyRecipient());
      Said quoted = named.quoted();
      String around = told.size() == 1 ? people.text() : about.apply(named.address());
      said.add(quoted.withContext(quoted.context() + "\n" + around));
    }
    return Understood.of(said, messageId(), report.envelopeId());
  }

  private boolean isNotice(boolean automatic) {
    Headers headers = mail.headers();
    if (headers.has("x-failed-recipients") || isReport()) return true;
    if (Sender.isDaemon(headers)) return introduces(subject()) || introduces(words.text());
    if (automatic) return false;
    if (!Sender.isNobody(headers)) return Sender.isGateway(headers) && introduces(subject());
    boolean returns = original.messageId() != null && introduces(words.text());
    return returns || introduces(subject());
  }

  /** RFC 6522; its fields name nobody, or it would have been read by them. */
  private boolean isReport() {
    ContentType type = mail.type();
    return type.is("multipart/report")
        && type.parameter("report-type").equalsIgnoreCase("delivery-status");
  }

  private Returned notice() {
    String all = subject() + " \n" + words.text();
    Action action = action(Phrases.plain(all));
    List<String> known = Addresses.all(mail.headers().first("x-failed-recipients"));
    var notice = new Notice(words, nobody());
    List<Said> said = notice.recipients(known, action);
    if (said.isEmpty()) said = List.of(new Said(onlyRecipient(), action, "", words.text()));
    List<Said> complete = new ArrayList<>();
    String ofAll = said.size() == 1 ? all : notice.preamble();
    for (Said each : said) {
      Said quoted = each.quoted();
      complete.add(quoted.withContext(quoted.context() + "\n" + ofAll));
    }
    return Understood.of(complete, messageId(), null);
  }

  private static Action action(String text) {
    boolean warning = PHRASES.first("warnings", text) != null;
    return warning && PHRASES.first("given up", text) == null ? Action.DELAYED : Action.FAILED;
  }

  private Returned automatic() {
    return new Returned(Kind.AUTOMATIC_REPLY, messageId(), null, List.of());
  }

  private boolean introduces(String text) {
    String plain = Phrases.plain(text);
    return PHRASES.first("introductions", plain) != null
        || PHRASES.first("warnings", plain) != null;
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
}
