package org.postroom.bounces.reading;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a program or a person wrote to us, without the message it returns below.
 *
 * @param text the words, lines ended by LF
 * @param returned the header of the message quoted below them; no fields where there is none
 */
record Words(String text, Headers returned) {
  private static final Set<String> OF_A_MESSAGE =
      Set.of(
          "message-id",
          "date",
          "from",
          "to",
          "subject",
          "received",
          "return-path",
          "mime-version",
          "content-type",
          "reply-to",
          "sender",
          "dkim-signature",
          "cc");
  private static final Set<String> BY_PROGRAMS =
      Set.of(
          "message-id",
          "received",
          "return-path",
          "mime-version",
          "content-type",
          "dkim-signature");
  private static final int ENOUGH = 3;
  private static final int LOOK_AHEAD = 60;
  private static final int MOST_LINES = 4000;

  // The lines by which programs part their words from what they return.
  private static final List<String> BELOW =
      List.of(
          "below this line is a copy of the message",
          "original message follows",
          "message headers follow",
          "message header follow",
          "message follows",
          "message text follows",
          "copy of the message, including all the headers",
          "copy of your message, including all the headers",
          "copy of the message's headers",
          "header of the original message",
          "headers of the original message",
          "copy of the message header",
          "copy of the original message",
          "--- original message",
          "--- original email",
          "--- returned message",
          "original message headers",
          "original message header",
          "start of message",
          "ursprüngliche nachricht",
          "kopie der nachricht",
          "message d'origine",
          "mensaje original",
          "messaggio originale",
          "oorspronkelijk bericht",
          "mensagem original");
  private static final Pattern TAG = Pattern.compile("<[a-zA-Z/!][^<>]{0,2000}+>");
  private static final Pattern BREAK =
      Pattern.compile("(?i)<(?:br|/p|/div|/tr|/h\\d|/li|/td)\\b[^<>]{0,500}+>");

  static Words of(Part mail) {
    String text = text(mail);
    List<String> lines = Lines.of(text);
    lines = lines.subList(0, Math.min(lines.size(), MOST_LINES));
    int end = end(lines);
    String words = String.join("\n", lines.subList(0, end));
    return new Words(words, returned(lines.subList(end, lines.size())));
  }

  /** All plain text; HTML only where there is no other. */
  private static String text(Part mail) {
    String plain = joined(mail.leaves(ContentType::isPlain));
    if (!plain.isBlank()) return plain;
    return unmarked(joined(mail.leaves(type -> type.is("text/html"))));
  }

  private static String joined(List<Part> parts) {
    var text = new StringBuilder();
    for (Part part : parts) {
      boolean aMessageItself = !text.isEmpty() && known(part.headers()) >= ENOUGH;
      if (!aMessageItself && text.length() < 300_000) text.append(part.text()).append('\n');
    }
    return text.toString();
  }

  private static long known(Headers headers) {
    return headers.fields().stream()
        .map(Headers.Field::name)
        .filter(OF_A_MESSAGE::contains)
        .distinct()
        .count();
  }

  static String unmarked(String html) {
    String lines = BREAK.matcher(html.replace("\n", " ")).replaceAll("\n");
    return TAG.matcher(lines)
        .replaceAll(" ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
  }

  private static int end(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (i > 0 && isBelow(lines.get(i))) return i;
      if (startsMessage(lines, i)) return i;
    }
    return lines.size();
  }

  private static boolean isBelow(String line) {
    if (line.length() > 120) return false;
    String small = line.toLowerCase(Locale.ROOT);
    return BELOW.stream().anyMatch(small::contains);
  }

  /** A block of header fields of a message, without empty lines. */
  private static boolean startsMessage(List<String> lines, int from) {
    if (!OF_A_MESSAGE.contains(name(lines.get(from))) && !isTrace(lines.get(from))) return false;
    Set<String> seen = new HashSet<>();
    for (int i = from; i < lines.size() && i < from + LOOK_AHEAD; i++) {
      String line = lines.get(i);
      if (line.isBlank()) break;
      String name = name(line);
      boolean goesOn = line.startsWith(" ") || line.startsWith("\t");
      if (name.isEmpty() && !goesOn) break;
      if (OF_A_MESSAGE.contains(name)) seen.add(name);
    }
    // A summary for people ("To: … Subject: … Date: …") is none.
    return seen.size() >= ENOUGH && seen.stream().anyMatch(BY_PROGRAMS::contains);
  }

  private static boolean isTrace(String line) {
    String name = name(line);
    return name.startsWith("x-") || name.startsWith("arc-") || name.startsWith("authentication-");
  }

  private static String name(String line) {
    int colon = Headers.colon(line);
    return colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
  }

  private static Headers returned(List<String> lines) {
    for (int i = 0; i < Math.min(lines.size(), LOOK_AHEAD); i++) {
      if (!startsMessage(lines, i)) continue;
      int end = i;
      while (end < lines.size() && !lines.get(end).isBlank()) end++;
      return Headers.of(lines.subList(i, end));
    }
    return Headers.none();
  }

  boolean has(String... phrases) {
    String small = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(phrases).anyMatch(small::contains);
  }
}
