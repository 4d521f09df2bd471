package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header of our message as the report returned it; no fields where it returned nothing. */
record Original(Headers headers) {
  private static final Pattern ID = Pattern.compile("<([^<>\\s]{3,900}+)>");

  static boolean isOriginal(ContentType type) {
    return type.is("message/rfc822")
        || type.is("text/rfc822-headers")
        || type.is("message/rfc822-headers")
        || type.is("text/rfc822")
        || type.is("message/global")
        || type.is("message/global-headers")
        || type.is("message/partial");
  }

  static Original of(Part mail, Words words) {
    for (Part part : mail.leaves(Original::isOriginal)) {
      Headers headers = Tree.of(part.text()).headers();
      if (!headers.isEmpty()) return new Original(headers);
    }
    for (Part part : mail.leaves(type -> type.type().endsWith("disposition-notification"))) {
      String id = Headers.of(Lines.of(part.text())).first("original-message-id");
      if (!id.isEmpty()) return new Original(Headers.of(List.of("Message-ID: " + id)));
    }
    if (!words.returned().isEmpty()) return new Original(words.returned());
    // Some give the returned message no type of its own: its header became the part's.
    for (Part part : mail.parts())
      if (part.headers().has("message-id")) return new Original(part.headers());
    return new Original(mentioned(words));
  }

  /** A header told in the words, as a line of its own. */
  private static Headers mentioned(Words words) {
    List<String> lines = new ArrayList<>();
    for (String line : Lines.of(words.text())) {
      String small = line.strip().toLowerCase(Locale.ROOT);
      if (small.startsWith("message-id:")) lines.add(line.strip());
    }
    return Headers.of(lines);
  }

  /** Without angle brackets. */
  @Nullable String messageId() {
    return id(headers.firstOf("message-id", "x-original-message-id"));
  }

  List<String> to() {
    List<String> to = new ArrayList<>();
    for (String field : List.of("to", "cc", "bcc"))
      for (String value : headers.all(field)) to.addAll(Addresses.all(value));
    return to;
  }

  static @Nullable String id(String value) {
    Matcher matcher = ID.matcher(value);
    if (matcher.find()) return matcher.group(1);
    String bare = value.strip();
    boolean proper = bare.indexOf('@') > 0 && bare.indexOf(' ') < 0 && bare.length() < 900;
    return proper ? bare : null;
  }
}
