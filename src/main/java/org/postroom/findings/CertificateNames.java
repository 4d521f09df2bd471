package org.postroom.findings;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names a certificate was made for, as listed in a reply. */
final class CertificateNames {
  private CertificateNames() {}

  /** The name to connect to: a whole host name, rather one of a mail server; null: none usable. */
  static @Nullable String best(@Nullable String listed) {
    if (listed == null) return null;
    var names =
        Arrays.stream(listed.toLowerCase(Locale.ROOT).split("[, ]{1,4}"))
            .filter(name -> name.matches("[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63}){1,8}"))
            .toList();
    return names.stream()
        .filter(name -> name.matches("(?:smtp|mail|mx|out|send|relay|submission)[a-z0-9-]*\\..+"))
        .findFirst()
        .orElse(names.isEmpty() ? null : names.getFirst());
  }
}
