package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;
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

  static Original of(Part mail) {
    for (Part part : mail.leaves(Original::isOriginal)) {
      Headers headers = Tree.of(part.text()).headers();
      if (!headers.isEmpty()) return new Original(headers);
    }
    return new Original(Headers.none());
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
