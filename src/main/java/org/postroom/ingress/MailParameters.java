package org.postroom.ingress;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postroom.mail.Address;

/**
 * What comes after the addresses of MAIL and RCPT. Wishes for delivery reports (RFC 3461) are taken
 * and not passed on: Postroom tells what became of a message itself.
 *
 * @param size announced octets, 0 where none were
 * @param utf8 the message may have UTF-8 in addresses and headers (RFC 6531)
 */
record MailParameters(int size, boolean utf8) {

  static MailParameters of(Path path, int largest) throws Refused {
    Set<String> seen = new HashSet<>();
    long size = 0;
    boolean utf8 = false;
    for (String parameter : path.parameters()) {
      String name = Path.name(parameter);
      String value = Path.value(parameter);
      if (!seen.add(name)) throw wrong(parameter);
      switch (name) {
        case "SIZE" -> size = size(parameter, value, largest);
        case "BODY" -> oneOf(parameter, value, List.of("7BIT", "8BITMIME"));
        case "SMTPUTF8" -> {
          if (!value.isEmpty()) throw wrong(parameter);
          utf8 = true;
        }
        case "RET" -> oneOf(parameter, value, List.of("FULL", "HDRS"));
        case "ENVID", "AUTH" -> given(parameter, value);
        default -> throw unknown(parameter);
      }
    }
    needsUtf8(path.address(), utf8);
    return new MailParameters((int) size, utf8);
  }

  /** Those of RCPT: only whether they are well-formed matters. */
  static void checkRecipient(Path path, boolean utf8) throws Refused {
    Set<String> seen = new HashSet<>();
    for (String parameter : path.parameters()) {
      String name = Path.name(parameter);
      String value = Path.value(parameter);
      if (!seen.add(name)) throw wrong(parameter);
      switch (name) {
        case "NOTIFY" -> notify(parameter, value);
        case "ORCPT" -> {
          if (value.indexOf(';') < 1) throw wrong(parameter);
        }
        default -> throw unknown(parameter);
      }
    }
    needsUtf8(path.address(), utf8);
  }

  private static long size(String parameter, String value, int largest) throws Refused {
    if (!value.matches("\\d{1,20}")) throw wrong(parameter);
    long size = value.length() > 18 ? Long.MAX_VALUE : Long.parseLong(value);
    if (size > largest)
      throw new Refused(552, "5.3.4 This server takes messages up to " + largest + " octets");
    return size;
  }

  /** {@code NEVER}, or a list of the others. */
  private static void notify(String parameter, String value) throws Refused {
    if (value.equalsIgnoreCase("NEVER")) return;
    for (String word : value.split(",", -1))
      oneOf(parameter, word, List.of("SUCCESS", "FAILURE", "DELAY"));
  }

  private static void needsUtf8(@org.jspecify.annotations.Nullable Address address, boolean utf8)
      throws Refused {
    if (address != null && address.needsSmtpUtf8() && !utf8)
      throw new Refused(553, "5.6.7 An address outside ASCII needs SMTPUTF8 with MAIL");
  }

  private static void oneOf(String parameter, String value, List<String> words) throws Refused {
    if (!words.contains(value.toUpperCase(Locale.ROOT))) throw wrong(parameter);
  }

  private static void given(String parameter, String value) throws Refused {
    if (value.isEmpty()) throw wrong(parameter);
  }

  private static Refused wrong(String parameter) {
    return new Refused(501, "5.5.4 This parameter is not right: " + parameter);
  }

  private static Refused unknown(String parameter) {
    return new Refused(555, "5.5.4 This parameter is not known here: " + parameter);
  }
}
