package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.postroom.bounces.Returned;

/**
 * A message/delivery-status (RFC 3464) or message/global-delivery-status (RFC 6533): one group of
 * fields for the message, one for each recipient.
 */
record StatusFields(Headers ofMessage, List<Headers> ofRecipients) {

  static boolean isStatus(ContentType type) {
    return type.is("message/delivery-status") || type.is("message/global-delivery-status");
  }

  /** Programs forget empty lines between groups and add them within: the field names decide. */
  static StatusFields of(String text) {
    Headers ofMessage = Headers.none();
    List<Headers> ofRecipients = new ArrayList<>();
    for (List<String> group : groups(text)) {
      Headers headers = Headers.of(group);
      if (headers.isEmpty()) continue;
      boolean recipient = headers.has("final-recipient") || headers.has("original-recipient");
      if (recipient && ofRecipients.size() < Returned.MOST_RECIPIENTS) ofRecipients.add(headers);
      else if (ofMessage.isEmpty()) ofMessage = headers;
      else if (!ofRecipients.isEmpty())
        ofRecipients.add(joined(ofRecipients.removeLast(), headers));
    }
    return new StatusFields(ofMessage, ofRecipients);
  }

  private static List<List<String>> groups(String text) {
    List<List<String>> groups = new ArrayList<>();
    List<String> group = new ArrayList<>();
    boolean named = false;
    for (String line : Lines.of(text)) {
      boolean names = line.toLowerCase(Locale.ROOT).startsWith("final-recipient:");
      if (line.isBlank() || names && named) {
        if (!group.isEmpty()) groups.add(group);
        group = new ArrayList<>();
        named = false;
      }
      if (line.isBlank()) continue;
      named |= names;
      group.add(line);
    }
    if (!group.isEmpty()) groups.add(group);
    return groups;
  }

  private static Headers joined(Headers one, Headers more) {
    List<Headers.Field> fields = new ArrayList<>(one.fields());
    fields.addAll(more.fields());
    return new Headers(fields);
  }
}
