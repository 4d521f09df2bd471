package org.postroom.keeping;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postroom.secrets.Fingerprints;

/**
 * One line of the list of erasures: that somebody was erased, not who. With the installation's key
 * it can be said of an address or a partner's ref whether it is the one.
 *
 * @param at when
 * @param erasure the certificate's id; several lines may belong to one erasure
 * @param kind address or partner
 * @param key the id of the key of both fingerprints
 * @param who the fingerprint of company, kind and what was erased
 * @param check the fingerprint of all that stands before it in the line
 */
record ListedErasure(
    Instant at, String company, String erasure, String kind, String key, String who, String check) {
  static final String PURPOSE = "erasures";
  private static final Pattern LINE =
      Pattern.compile(
          "e1 (\\S{20,30}) (\\w{1,64}) (\\w{1,64}) (address|partner) ([0-9a-f]{1,16}) ([\\w-]{43}) ([\\w-]{43})");

  static ListedErasure of(
      Fingerprints prints, Instant at, String company, String erasure, String kind, String what) {
    var open =
        new ListedErasure(
            at, company, erasure, kind, prints.keyId(), who(prints, company, kind, what), "");
    return new ListedErasure(
        at, company, erasure, kind, open.key, open.who, prints.of("line", open.unchecked()));
  }

  /** What is found by it, whatever case an address is written in. */
  static String who(Fingerprints prints, String company, String kind, String what) {
    String text = kind.equals("address") ? what.toLowerCase(Locale.ROOT) : what;
    return prints.of("who", company, kind, text);
  }

  /** Empty where it is no whole line of a list. */
  static Optional<ListedErasure> read(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) return Optional.empty();
    try {
      return Optional.of(
          new ListedErasure(
              Instant.parse(parts.group(1)),
              parts.group(2),
              parts.group(3),
              parts.group(4),
              parts.group(5),
              parts.group(6),
              parts.group(7)));
    } catch (DateTimeException damaged) {
      return Optional.empty();
    }
  }

  /** Whether this installation wrote it, and so. */
  boolean isGenuine(Fingerprints prints) {
    return prints.of("line", unchecked()).equals(check);
  }

  String line() {
    return unchecked() + " " + check;
  }

  private String unchecked() {
    return String.join(" ", "e1", at.toString(), company, erasure, kind, key, who);
  }
}
