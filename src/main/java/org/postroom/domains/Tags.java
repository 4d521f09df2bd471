package org.postroom.domains;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A tag list as DKIM and DMARC write it (RFC 6376 3.2): {@code v=DMARC1; p=none}. */
final class Tags {
  private Tags() {}

  /** In their order; names in lower case. Empty where the text is no tag list. */
  static Optional<Map<String, String>> read(String text) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String part : text.split(";")) {
      if (part.isBlank()) continue;
      int equals = part.indexOf('=');
      if (equals < 1) return Optional.empty();
      String name = part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (!name.matches("[a-z][a-z0-9_]*")) return Optional.empty();
      if (tags.put(name, part.substring(equals + 1).strip()) != null) return Optional.empty();
    }
    return tags.isEmpty() ? Optional.empty() : Optional.of(tags);
  }
}
