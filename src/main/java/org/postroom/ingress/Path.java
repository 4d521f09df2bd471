package org.postroom.ingress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * The argument of MAIL or RCPT (RFC 5321 4.1.2): an address in angle brackets and parameters.
 *
 * @param address null for the empty sender {@code <>}
 * @param parameters as they came, such as {@code SIZE=100}
 */
record Path(@Nullable Address address, List<String> parameters) {
  private static final int MOST_PARAMETERS = 20;

  // RFC 5321 4.1.1.11 and Appendix C: a route before the address is read and forgotten.
  private static final Pattern ROUTE = Pattern.compile("^@[^:]*:");
  private static final Pattern PARAMETER =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*(=[\\x21-\\x3c\\x3e-\\x7e]+)?");

  Path {
    parameters = List.copyOf(parameters);
  }

  /**
   * @param word {@code FROM} or {@code TO}
   */
  static Path of(String word, String argument) throws Refused {
    int length = word.length() + 1;
    if (!argument.regionMatches(true, 0, word + ":", 0, length))
      throw new Refused(501, "5.5.4 Write " + word + ":<address>");
    String rest = argument.substring(length).strip();
    int close = rest.indexOf('>');
    if (!rest.startsWith("<") || close < 0)
      throw new Refused(501, "5.1.7 Write the address in angle brackets");
    return new Path(address(rest.substring(1, close)), parameters(rest.substring(close + 1)));
  }

  private static @Nullable Address address(String text) throws Refused {
    String spec = ROUTE.matcher(text.strip()).replaceFirst("");
    if (spec.isEmpty()) return null;
    String trouble = Address.trouble(spec);
    if (trouble != null) throw new Refused(553, "5.1.3 " + trouble);
    return Address.of(spec);
  }

  private static List<String> parameters(String text) throws Refused {
    if (text.isBlank()) return List.of();
    if (!text.startsWith(" "))
      throw new Refused(501, "5.5.4 A space belongs between the address and its parameters");
    List<String> found = new ArrayList<>();
    for (String parameter : text.strip().split(" +", MOST_PARAMETERS)) {
      if (!PARAMETER.matcher(parameter).matches())
        throw new Refused(501, "5.5.4 This parameter is not well-formed: " + parameter);
      found.add(parameter);
    }
    return found;
  }

  /** The part before the equals sign, in capitals. */
  static String name(String parameter) {
    int equals = parameter.indexOf('=');
    return (equals < 0 ? parameter : parameter.substring(0, equals)).toUpperCase(Locale.ROOT);
  }

  /** The part after the equals sign, empty where there is none. */
  static String value(String parameter) {
    return parameter.substring(Math.min(parameter.length(), name(parameter).length() + 1));
  }
}
