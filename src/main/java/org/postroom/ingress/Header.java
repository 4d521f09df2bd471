package org.postroom.ingress;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.AddressList;

/**
 * The header of a message that was handed in: where its fields stand in the octets, no more is read
 * of it. The body is never looked at.
 *
 * @param octets may be longer than the message
 * @param end the place of the empty line; the message's length where there is none
 */
record Header(byte[] octets, int end, List<Field> fields) {
  private static final int MOST_FIELDS = 1000;

  /** A field with its continuation lines and last CR LF, by its places. */
  record Field(String name, int start, int colon, int end) {
    boolean is(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  /** Reads to the first empty line. Lines must end with CR LF. */
  static Header of(byte[] octets, int length) throws Refused {
    List<Field> fields = new ArrayList<>(16);
    int at = 0;
    while (at < length && octets[at] != '\r') {
      int end = fieldEnd(octets, at, length);
      fields.add(field(octets, at, end));
      if (fields.size() > MOST_FIELDS)
        throw new Refused(554, "5.6.0 The header has too many fields");
      at = end;
    }
    return new Header(octets, at, fields);
  }

  /** What stands after the colon, in one line. */
  String value(Field field) {
    return new String(
            octets, field.colon() + 1, field.end() - field.colon() - 1, StandardCharsets.UTF_8)
        .replace("\r\n", "")
        .strip();
  }

  Optional<String> first(String name) {
    return fields.stream().filter(field -> field.is(name)).findFirst().map(this::value);
  }

  boolean has(String name) {
    return fields.stream().anyMatch(field -> field.is(name));
  }

  /** The one mailbox in From (RFC 5322 3.6.2); several need a Sender, which then counts. */
  Address from() throws Refused {
    String value = only("From");
    if (AddressList.split(value).size() > 1) value = only("Sender");
    return address(value)
        .orElseThrow(() -> new Refused(554, "5.6.0 The From header holds no address"));
  }

  /** The addresses of To or Cc by their keys; what is no address is left out. */
  List<String> keys(String name) {
    List<String> keys = new ArrayList<>();
    for (Field field : fields)
      if (field.is(name))
        for (String one : AddressList.split(value(field)))
          address(one).ifPresent(address -> keys.add(address.key()));
    return keys;
  }

  private String only(String name) throws Refused {
    List<Field> found = fields.stream().filter(field -> field.is(name)).toList();
    if (found.isEmpty()) throw new Refused(554, "5.6.0 The message has no " + name + " header");
    if (found.size() > 1)
      throw new Refused(554, "5.6.0 The message has more than one " + name + " header");
    return value(found.getFirst());
  }

  /** Only the address: names are the writer's own, however they are written. */
  private static Optional<Address> address(String mailbox) {
    int open = mailbox.lastIndexOf('<');
    int close = mailbox.lastIndexOf('>');
    String spec = open >= 0 && close > open ? mailbox.substring(open + 1, close) : mailbox;
    return Address.tryParse(spec.replaceAll("\\([^()]*\\)", "").strip());
  }

  /** The place after the line that no white space continues. */
  private static int fieldEnd(byte[] octets, int start, int length) {
    int at = start;
    do {
      while (at < length && octets[at] != '\n') at++;
      at = Math.min(length, at + 1);
    } while (at < length && (octets[at] == ' ' || octets[at] == '\t'));
    return at;
  }

  private static Field field(byte[] octets, int start, int end) throws Refused {
    int colon = start;
    while (colon < end && octets[colon] != ':' && octets[colon] > ' ') colon++;
    // Obsolete syntax allows white space before the colon (RFC 5322 4.5).
    int nameEnd = colon;
    while (colon < end && (octets[colon] == ' ' || octets[colon] == '\t')) colon++;
    if (nameEnd == start || colon >= end || octets[colon] != ':')
      throw new Refused(554, "5.6.0 The message does not begin with a header and an empty line");
    String name = new String(octets, start, nameEnd - start, StandardCharsets.US_ASCII);
    return new Field(name, start, colon, end);
  }

  /** As it would stand in a list of messages; null where there is none. */
  @Nullable String subject() {
    return first("Subject").map(Subjects::decoded).orElse(null);
  }
}
