package org.postroom.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A finished message for services that deliver to whomever its headers name (Graph, Gmail, EWS): To
 * and Cc keep only recipients of the envelope, a Bcc header names those who stood in neither.
 * Without it such a service would write to people who had their copy already, or forget others.
 */
public final class ExactRecipients {
  private ExactRecipients() {}

  /** Takes and gives lines ended by CRLF; the same array where nothing has to change. */
  public static byte[] of(byte[] mime, List<Address> recipients) {
    Map<String, Address> left = new LinkedHashMap<>();
    recipients.forEach(recipient -> left.put(recipient.key(), recipient));
    int end = HeaderBlock.end(mime);
    var out = new StringBuilder();
    boolean changed = false;
    for (String field : HeaderBlock.fields(new String(mime, 0, end, StandardCharsets.UTF_8))) {
      String kept = field(field, left);
      changed |= !kept.equals(field);
      out.append(kept);
    }
    if (left.isEmpty() && !changed) return mime;
    if (!left.isEmpty()) out.append(bcc(List.copyOf(left.values())));
    var bytes = new ByteArrayOutputStream(mime.length + 512);
    bytes.writeBytes(out.toString().getBytes(StandardCharsets.UTF_8));
    bytes.write(mime, end, mime.length - end);
    return bytes.toByteArray();
  }

  private static String field(String field, Map<String, Address> left) {
    String name = field.substring(0, Math.max(0, field.indexOf(':'))).strip();
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "to", "cc" -> reduced(name, field, left);
      case "bcc" -> "";
      default -> field;
    };
  }

  /** The field as it was where all of its people get the message. */
  private static String reduced(String name, String field, Map<String, Address> left) {
    String value = field.substring(field.indexOf(':') + 1).replaceAll("\r\n(?=[ \t])", "").strip();
    List<String> all = AddressList.split(value);
    List<String> kept = new ArrayList<>();
    for (String one : all) if (left.remove(key(one)) != null) kept.add(one.strip());
    if (kept.size() == all.size()) return field;
    return kept.isEmpty() ? "" : name + ": " + String.join(",\r\n ", kept) + "\r\n";
  }

  private static String key(String mailbox) {
    int open = mailbox.lastIndexOf('<');
    int close = mailbox.lastIndexOf('>');
    String spec = open >= 0 && close > open ? mailbox.substring(open + 1, close) : mailbox;
    try {
      return Address.of(spec.strip()).key();
    } catch (IllegalArgumentException notAnAddress) {
      return "";
    }
  }

  private static String bcc(List<Address> hidden) {
    return "Bcc: "
        + String.join(",\r\n ", hidden.stream().map(address -> "<" + address.wire() + ">").toList())
        + "\r\n";
  }
}
