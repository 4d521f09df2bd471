package org.postroom.mail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Addresses as people type them: one a line, or several with commas or semicolons between.
 *
 * @param addresses each once, in the order typed
 * @param troubles a sentence for each part that is no address
 */
public record AddressList(List<Address> addresses, List<String> troubles) {
  private static final int LONGEST = 60_000;

  public AddressList {
    addresses = List.copyOf(addresses);
    troubles = List.copyOf(troubles);
  }

  /** Reads what was typed; nothing typed is an empty list. */
  public static AddressList read(String typed) {
    if (typed.length() > LONGEST)
      return new AddressList(List.of(), List.of("These are too many addresses."));
    Map<String, Address> found = new LinkedHashMap<>();
    List<String> troubles = new ArrayList<>();
    for (String part : split(typed)) {
      try {
        Address address = Address.parse(part);
        found.putIfAbsent(address.key(), address);
      } catch (IllegalArgumentException wrong) {
        troubles.add(String.valueOf(wrong.getMessage()));
      }
    }
    return new AddressList(List.copyOf(found.values()), troubles);
  }

  /** As a person would type it, one a line; reads back as the same addresses. */
  public static String lines(List<Address> addresses) {
    return addresses.stream().map(AddressList::line).collect(Collectors.joining("\n"));
  }

  private static String line(Address address) {
    String name = address.name();
    if (name == null) return address.spec();
    boolean plain = name.chars().noneMatch(c -> ",;\"\\<>".indexOf(c) >= 0);
    if (plain) return address.display();
    return "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\" <" + address.spec() + ">";
  }

  /** At line ends, semicolons and commas outside quotation marks. */
  public static List<String> split(String typed) {
    List<String> parts = new ArrayList<>();
    var part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < typed.length(); i++) {
      char c = typed.charAt(i);
      if (c == '"' && (i == 0 || typed.charAt(i - 1) != '\\')) quoted = !quoted;
      boolean lineEnds = c == '\n' || c == '\r';
      if (lineEnds) quoted = false;
      if (lineEnds || (!quoted && (c == ';' || c == ','))) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    parts.removeIf(String::isBlank);
    return parts;
  }
}
