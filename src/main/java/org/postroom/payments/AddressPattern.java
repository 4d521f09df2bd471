package org.postroom.payments;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address with places to fill in, such as {@code
 * https://pay.example/start?amount={amount}&currency={currency}}. What is filled in is
 * percent-encoded (RFC 3986), so that it stays where it stands; no place may be in the host.
 */
public final class AddressPattern {
  /** What can be filled in, each with what it becomes. */
  public static final List<Map.Entry<String, String>> PLACES =
      List.of(
          Map.entry("amount", "what is due, such as 119.00"),
          Map.entry("amount_minor", "in the smallest unit, such as 11900"),
          Map.entry("currency", "such as EUR"),
          Map.entry("reference", "numbers of the documents, with spaces between"),
          Map.entry("document", "number of the first document"),
          Map.entry("link", "id of the payment link; answers must name it"),
          Map.entry("return", "page the customer comes back to"),
          Map.entry("notify", "address that answers are sent to"),
          Map.entry("email", "of the customer; empty where unknown"));

  private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");
  private static final int LONGEST = 1000;

  private AddressPattern() {}

  /** What is wrong with a pattern, as a sentence; null where nothing is. */
  public static @Nullable String trouble(String pattern) {
    if (pattern.length() > LONGEST) return "This has more than " + LONGEST + " characters.";
    if (!pattern.startsWith("https://")) return "The address must begin with https://.";
    for (MatchResult found : PLACE.matcher(pattern).results().toList())
      if (!isPlace(found.group(1)))
        return "“{" + found.group(1) + "}” is not one of: " + String.join(", ", names()) + ".";
    if (!pattern.contains("{link}") && !pattern.contains("{notify}"))
      return "Put {link} into it: answers name the payment by it.";
    return PLACE.matcher(host(pattern)).find() ? "The host must be fixed." : unusable(pattern);
  }

  /** The address with its places filled in. */
  public static URI fill(String pattern, Map<String, String> values) {
    Matcher matcher = PLACE.matcher(pattern);
    return URI.create(
        matcher.replaceAll(
            found -> Matcher.quoteReplacement(encoded(values.getOrDefault(found.group(1), "")))));
  }

  /** Percent-encoded as RFC 3986 has it: only unreserved characters stay. */
  public static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static @Nullable String unusable(String pattern) {
    try {
      URI uri = new URI(PLACE.matcher(pattern).replaceAll("x"));
      if (uri.getHost() == null || uri.getUserInfo() != null)
        return "The address has no plain host.";
      return uri.getFragment() == null ? null : "What stands after # never reaches a server.";
    } catch (URISyntaxException no) {
      return "This is not an address: " + no.getReason() + ".";
    }
  }

  private static String host(String pattern) {
    String rest = pattern.substring("https://".length());
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) end++;
    return rest.substring(0, end);
  }

  private static boolean isPlace(String name) {
    return names().contains(name);
  }

  private static List<String> names() {
    return PLACES.stream().map(Map.Entry::getKey).toList();
  }
}
