package org.postroom.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Text in headers: encoded words (RFC 2047), quoting, folding. Nothing gets in that could end a
 * line.
 */
final class HeaderText {
  private static final int LINE = 76;
  private static final int WORD_BYTES = 45;

  private HeaderText() {}

  /** Free text such as a subject. */
  static String unstructured(String text) {
    refuseControls(text);
    return isAscii(text) && !text.contains("=?") ? text : encodedWords(text);
  }

  /** A display name and address, as in From and To. */
  static String mailbox(Address address) {
    if (address.name() == null) return address.needsSmtpUtf8() ? address.spec() : address.wire();
    String spec = address.needsSmtpUtf8() ? address.spec() : address.wire();
    return phrase(address.name()) + " <" + spec + ">";
  }

  /** A parameter such as {@code filename="…"}; outside ASCII as RFC 2231 says. */
  static String parameter(String name, String value) {
    refuseControls(value);
    if (isAscii(value))
      return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    var encoded = new StringBuilder(name).append("*=UTF-8''");
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) encoded.append(c);
      else encoded.append('%').append(hex(b >> 4)).append(hex(b));
    }
    return encoded.toString();
  }

  /** One header with its line end, folded at spaces where it is long. */
  static String line(String name, String value) {
    if (name.length() + 2 + value.length() <= LINE) return name + ": " + value + "\r\n";
    var out = new StringBuilder(name).append(':');
    int column = out.length();
    for (String word : value.split(" ", -1)) {
      if (column > name.length() + 1 && column + 1 + word.length() > LINE && !word.isEmpty()) {
        out.append("\r\n");
        column = 0;
      }
      out.append(' ').append(word);
      column += 1 + word.length();
    }
    return out.append("\r\n").toString();
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 127);
  }

  private static String phrase(String name) {
    refuseControls(name);
    if (!isAscii(name) || name.contains("=?")) return encodedWords(name);
    boolean atoms =
        name.chars()
            .allMatch(c -> Character.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~ ".indexOf(c) >= 0);
    return atoms ? name : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** Cut between characters, never inside one: each word must decode by itself. */
  private static String encodedWords(String text) {
    List<String> words = new ArrayList<>();
    var piece = new StringBuilder();
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      String character = Character.toString(codePoint);
      int size = character.getBytes(StandardCharsets.UTF_8).length;
      if (bytes + size > WORD_BYTES) {
        words.add(encodedWord(piece.toString()));
        piece.setLength(0);
        bytes = 0;
      }
      piece.append(character);
      bytes += size;
      i += Character.charCount(codePoint);
    }
    words.add(encodedWord(piece.toString()));
    return String.join(" ", words);
  }

  private static String encodedWord(String piece) {
    return "=?UTF-8?B?"
        + Base64.getEncoder().encodeToString(piece.getBytes(StandardCharsets.UTF_8))
        + "?=";
  }

  private static void refuseControls(String text) {
    if (text.chars().anyMatch(c -> c < 32 || c == 127)) {
      throw new IllegalArgumentException(
          "A header must not contain line breaks or control characters.");
    }
  }

  private static char hex(int nibble) {
    return Character.toUpperCase(Character.forDigit(nibble & 15, 16));
  }
}
