package org.postroom.transport.smtp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the server said it can do (RFC 5321 4.1.1.1).
 *
 * @param keywords in upper case, each with its parameters
 */
record Capabilities(Map<String, String> keywords) {

  static final Capabilities NONE = new Capabilities(Map.of());

  /** From the lines that answered EHLO; the first is a greeting. */
  static Capabilities of(List<String> lines) {
    Map<String, String> keywords = new HashMap<>();
    lines.stream()
        .skip(1)
        .filter(line -> line.length() > 4)
        .forEach(line -> add(line.substring(4).strip(), keywords));
    return new Capabilities(Map.copyOf(keywords));
  }

  boolean startTls() {
    return keywords.containsKey("STARTTLS");
  }

  boolean pipelining() {
    return keywords.containsKey("PIPELINING");
  }

  boolean eightBitMime() {
    return keywords.containsKey("8BITMIME");
  }

  boolean smtpUtf8() {
    return keywords.containsKey("SMTPUTF8");
  }

  /** Delivery status notifications as asked for (RFC 3461). */
  boolean dsn() {
    return keywords.containsKey("DSN");
  }

  boolean size() {
    return keywords.containsKey("SIZE");
  }

  /** The largest content the server takes (RFC 1870); {@link Long#MAX_VALUE} if it names none. */
  long mostOctets() {
    String limit = keywords.getOrDefault("SIZE", "");
    if (!limit.matches("[0-9]{1,18}")) return Long.MAX_VALUE;
    long octets = Long.parseLong(limit);
    return octets == 0 ? Long.MAX_VALUE : octets;
  }

  /** The ways to sign in, in upper case. */
  Set<String> mechanisms() {
    String names = keywords.getOrDefault("AUTH", "");
    return names.isBlank() ? Set.of() : new HashSet<>(Arrays.asList(names.strip().split("\\s+")));
  }

  private static void add(String line, Map<String, String> keywords) {
    String upper = line.toUpperCase(Locale.ROOT);
    // Before RFC 2554 servers wrote AUTH=LOGIN; some still say both.
    if (upper.startsWith("AUTH=")) upper = "AUTH " + upper.substring(5);
    int space = upper.indexOf(' ');
    String keyword = space < 0 ? upper : upper.substring(0, space);
    String parameters = space < 0 ? "" : upper.substring(space + 1).strip();
    keywords.merge(keyword, parameters, (one, other) -> one + " " + other);
  }
}
