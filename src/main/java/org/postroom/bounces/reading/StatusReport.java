package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Returned.Action;

/** A delivery status notification: what it says of each recipient (RFC 3464). */
record StatusReport(StatusFields fields) {
  private static final Pattern FORWARDED =
      Pattern.compile("^\\s*(?:fwd?|wg|tr|rv|i|doorst|enc)\\s?:", Pattern.CASE_INSENSITIVE);
  private static final Pattern QUOTED = Pattern.compile("(?m)^>{1,4}+ ?");
  private static final Pattern FINAL =
      Pattern.compile("(?im)^[> ]{0,4}(?:final|original)-recipient:");

  static @Nullable StatusReport in(Part mail) {
    StatusFields found = null;
    for (Part part : mail.leaves(StatusFields::isStatus)) {
      StatusFields fields = StatusFields.of(Decoded.text(part));
      if (!fields.ofRecipients().isEmpty()) return new StatusReport(fields);
      if (found == null) found = fields;
    }
    if (found != null && !found.ofMessage().isEmpty()) return null;
    return inWords(mail);
  }

  /** The fields as text: broken by a gateway, or forwarded by a person who says so. */
  private static @Nullable StatusReport inWords(Part mail) {
    boolean forwarded = FORWARDED.matcher(Decoded.header(mail.headers().first("subject"))).find();
    boolean report = mail.type().is("multipart/report") || Sender.isDaemon(mail.headers());
    if (!forwarded && !report) return null;
    for (Part part : mail.leaves(ContentType::isPlain)) {
      String text = QUOTED.matcher(part.text()).replaceAll("");
      if (!FINAL.matcher(text).find()) continue;
      List<Headers> recipients =
          StatusFields.of(text).ofRecipients().stream()
              .filter(each -> each.has("action") || each.has("status"))
              .toList();
      if (!recipients.isEmpty())
        return new StatusReport(new StatusFields(Headers.none(), recipients));
    }
    return null;
  }

  /** The words for people, without fields that stand among them. */
  Words without(Words words) {
    Matcher matcher = FINAL.matcher(words.text());
    if (!matcher.find()) return words;
    return new Words(words.text().substring(0, matcher.start()), words.returned());
  }

  List<Said> recipients() {
    List<Said> said = new ArrayList<>();
    for (Headers recipient : fields.ofRecipients()) said.add(said(recipient));
    return said;
  }

  /** ENVID came as xtext (RFC 3461 section 4). */
  @Nullable String envelopeId() {
    String id = fields.ofMessage().first("original-envelope-id");
    return id.isEmpty() ? null : Xtext.decoded(id);
  }

  private static Said said(Headers recipient) {
    String address = Addresses.ofField(recipient.first("original-recipient"));
    if (address == null) address = Addresses.ofField(recipient.first("final-recipient"));
    if (address == null) address = Addresses.ofField(recipient.first("x-actual-recipient"));
    String status = Codes.status(recipient.first("status"));
    String diagnostic = diagnostic(recipient);
    return new Said(address, action(recipient.first("action"), status), status, diagnostic);
  }

  private static String diagnostic(Headers recipient) {
    String words = words(recipient.firstOf("diagnostic-code", "x-supplementary-info"));
    if (!words.isEmpty()) return words;
    // Some explain the status in a comment behind it.
    String status = recipient.first("status");
    int comment = status.indexOf('(');
    return comment < 0 ? "" : status.substring(comment).replaceAll("[()]", " ").strip();
  }

  /** Without the type before it, as in "smtp; 550 …". */
  static String words(String code) {
    int type = code.indexOf(';');
    boolean named = type > 0 && type < 30 && code.substring(0, type).indexOf(' ') < 0;
    return named ? code.substring(type + 1).strip() : code;
  }

  /** The word may carry a comment; where it is missing the status tells. */
  private static Action action(String value, String status) {
    String word = value.strip().toLowerCase(Locale.ROOT);
    for (Action action : Action.values()) {
      if (word.startsWith(action.name().toLowerCase(Locale.ROOT))) return action;
    }
    if (status.startsWith("2")) return Action.DELIVERED;
    return word.startsWith("delay") ? Action.DELAYED : Action.FAILED;
  }
}
