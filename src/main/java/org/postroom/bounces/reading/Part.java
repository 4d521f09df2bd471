package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A part of a mail. What a forwarded message holds is not among the parts: a report inside it is
 * not a report to us.
 *
 * @param body as it came, one character a byte, lines ended by LF
 */
record Part(Headers headers, String body, List<Part> parts) {
  ContentType type() {
    return ContentType.of(headers.first("content-type"));
  }

  /** This part and all within, in their order. */
  List<Part> all() {
    List<Part> found = new ArrayList<>();
    found.add(this);
    for (Part part : parts) found.addAll(part.all());
    return found;
  }

  List<Part> leaves(Predicate<ContentType> wanted) {
    return all().stream()
        .filter(each -> each.parts().isEmpty() && wanted.test(each.type()))
        .toList();
  }

  /** The body as text, decoded. */
  String text() {
    return Decoded.text(this);
  }
}
