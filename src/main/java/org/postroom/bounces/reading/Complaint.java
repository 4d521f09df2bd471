package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** "This is spam", pressed by the recipient and sent to us by his provider (RFC 5965). */
record Complaint(Headers fields, List<String> recipients) {
  // Not complaints: "this was no spam after all", and reports about forged mail (RFC 6591).
  private static final Set<String> NO_COMPLAINTS = Set.of("not-spam", "auth-failure", "dmarc");

  static boolean isFeedback(ContentType type) {
    return type.is("message/feedback-report");
  }

  static @Nullable Complaint in(Part mail, Original original) {
    for (Part part : mail.leaves(Complaint::isFeedback)) {
      Headers fields = Headers.of(Lines.of(part.text().replace("\n\n", "\n")));
      String type = fields.first("feedback-type").toLowerCase(Locale.ROOT).strip();
      if (type.isEmpty() || NO_COMPLAINTS.contains(type)) continue;
      return new Complaint(fields, recipients(fields, original));
    }
    return null;
  }

  String type() {
    return fields.first("feedback-type");
  }

  /** Providers black out what would name the person; what is left may stand in several places. */
  private static List<String> recipients(Headers fields, Original original) {
    List<String> found = new ArrayList<>();
    for (String name : List.of("original-rcpt-to", "removal-recipient"))
      for (String value : fields.all(name)) addNew(found, Addresses.first(value));
    Headers ours = original.headers();
    if (found.isEmpty())
      addNew(found, Addresses.first(ours.firstOf("x-hmxmroriginalrecipient", "x-original-to")));
    if (found.isEmpty() && original.to().size() == 1) addNew(found, original.to().getFirst());
    return found;
  }

  private static void addNew(List<String> found, @Nullable String address) {
    if (address != null && !found.contains(address) && found.size() < 100) found.add(address);
  }
}
