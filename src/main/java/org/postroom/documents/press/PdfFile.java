package org.postroom.documents.press;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A PDF file under construction (ISO 32000-1, 7.5): objects, their table, and the trailer. */
final class PdfFile {
  private final Bytes out;
  private int[] offsets = new int[64];
  private int count;

  PdfFile(int expectedBytes) {
    out = new Bytes(expectedBytes);
    // The second line says to file transfers that this is no text.
    out.add("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
  }

  /** A number for an object that comes later. */
  int reserve() {
    if (++count == offsets.length) offsets = Arrays.copyOf(offsets, 2 * count);
    return count;
  }

  int object(String content) {
    int number = reserve();
    object(number, content);
    return number;
  }

  void object(int number, String content) {
    begin(number);
    out.add(content).add("\nendobj\n");
  }

  /**
   * @param entries further entries of the stream's dictionary
   * @param deflated its bytes, compressed
   */
  int stream(String entries, byte[] deflated) {
    return stream(entries + "/Filter/FlateDecode", deflated, deflated.length);
  }

  /** A short stream, left as it is. */
  int plain(Bytes content) {
    return stream("", content.array(), content.size());
  }

  private int stream(String entries, byte[] bytes, int length) {
    int number = reserve();
    begin(number);
    out.add("<<").add(entries).add("/Length ").number(length).add(">>\nstream\n");
    out.add(bytes, length).add("\nendstream\nendobj\n");
    return number;
  }

  /**
   * @param id 32 hex digits
   */
  byte[] finish(int catalog, int facts, String id) {
    int start = out.size();
    out.add("xref\n0 ").number(count + 1).add("\n0000000000 65535 f\r\n");
    for (int i = 1; i <= count; i++) {
      String offset = Integer.toString(offsets[i]);
      out.add("0000000000".substring(offset.length())).add(offset).add(" 00000 n\r\n");
    }
    out.add("trailer\n<</Size ").number(count + 1);
    out.add("/Root ").number(catalog).add(" 0 R/Info ").number(facts).add(" 0 R/ID[<");
    out.add(id).add("><").add(id).add(">]>>\nstartxref\n").number(start).add("\n%%EOF\n");
    return out.copy();
  }

  /** A text string: plain letters as they are, others as UTF-16 (ISO 32000-1, 7.9.2). */
  static String text(String text) {
    StringBuilder written = new StringBuilder();
    if (text.chars().allMatch(letter -> letter >= ' ' && letter < 0x7f)) {
      written.append('(');
      for (char letter : text.toCharArray()) {
        if (letter == '(' || letter == ')' || letter == '\\') written.append('\\');
        written.append(letter);
      }
      return written.append(')').toString();
    }
    written.append("<feff");
    for (byte half : text.getBytes(StandardCharsets.UTF_16BE)) {
      written.append(Character.forDigit((half >> 4) & 15, 16));
      written.append(Character.forDigit(half & 15, 16));
    }
    return written.append('>').toString();
  }

  private void begin(int number) {
    offsets[number] = out.size();
    out.number(number).add(" 0 obj\n");
  }
}
