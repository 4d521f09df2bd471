package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds mail addresses in fields and sentences. */
final class Addresses {
  private static final int LONGEST = 320;
  // Possessive throughout: no input makes it try twice.
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}.!#$%&*+/=?^_`{|}~-])[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,128}+@"
              + "(?:\\[[0-9A-Fa-f.:]{3,45}+]|[\\p{L}\\p{N}._-]{1,255}+)");
  private static final Pattern CODE_POINT = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{2,6})}");

  private Addresses() {}

  /** The first address; null where there is none. */
  static @Nullable String first(String text) {
    List<String> all = all(text);
    return all.isEmpty() ? null : all.getFirst();
  }

  static List<String> all(String text) {
    List<String> found = new ArrayList<>();
    if (text.indexOf('@') < 0) return found;
    Matcher matcher = ADDRESS.matcher(text);
    while (matcher.find() && found.size() < 1000) {
      String address = trimmed(matcher.group());
      if (address.length() <= LONGEST && !address.endsWith("@")) found.add(address);
    }
    return found;
  }

  /** A field such as {@code rfc822; a@b.example} or {@code utf-8; ...} (RFC 6533 section 3). */
  static @Nullable String ofField(String value) {
    int type = value.indexOf(';');
    String address = type < 0 ? value : value.substring(type + 1);
    String found = first(opened(address));
    if (found == null) return null;
    // Xtext (RFC 3461 section 4) that was not decoded on its way.
    return found.replace("+2B", "+").replace("+3D", "=");
  }

  /** Text without its addresses: their words say nothing about what happened. */
  static String without(String text) {
    return text.indexOf('@') < 0 ? text : ADDRESS.matcher(text).replaceAll(" ");
  }

  private static String opened(String address) {
    if (!address.contains("\\x{")) return address;
    return CODE_POINT
        .matcher(address)
        .replaceAll(match -> Matcher.quoteReplacement(codePoint(match.group(1))));
  }

  private static String codePoint(String hex) {
    int value = Integer.parseInt(hex, 16);
    return Character.isValidCodePoint(value) ? Character.toString(value) : "";
  }

  private static String trimmed(String address) {
    int end = address.length();
    while (end > 0 && ".-_".indexOf(address.charAt(end - 1)) >= 0) end--;
    int start = 0;
    while (start < end && "'=.".indexOf(address.charAt(start)) >= 0) start++;
    return address.substring(start, end);
  }
}
