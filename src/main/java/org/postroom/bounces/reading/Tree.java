package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes mail apart as RFC 2046 says, and further where a boundary is missing, a part has no end or
 * a header is broken: reports are made by all kinds of programs.
 */
final class Tree {
  private static final int DEEPEST = 8;
  private static final int MOST_PARTS = 100;

  private int parts;

  private Tree() {}

  static Part of(String raw) {
    return new Tree().part(skipMailboxLine(raw), 0);
  }

  /** The line "From … date" of mailbox files. */
  private static String skipMailboxLine(String raw) {
    String mail = raw.stripLeading();
    if (!mail.startsWith("From ") && !mail.startsWith(">From ")) return mail;
    int end = mail.indexOf('\n');
    return end < 0 ? "" : mail.substring(end + 1);
  }

  private Part part(String raw, int depth) {
    parts++;
    int end = endOfHeaders(raw);
    Headers headers = Headers.of(Lines.of(raw.substring(0, end)));
    String body = end >= raw.length() ? "" : raw.substring(end + 1);
    ContentType type = ContentType.of(headers.first("content-type"));
    boolean apart = type.startsWith("multipart/") && depth < DEEPEST;
    String boundary = apart ? type.parameter("boundary") : "";
    return new Part(headers, body, boundary.isEmpty() ? List.of() : inside(body, boundary, depth));
  }

  /** Up to the empty line; a line of spaces counts. Without a header the body begins at once. */
  private static int endOfHeaders(String raw) {
    if (raw.startsWith("\n")) return 0;
    for (int line = 0; line < raw.length(); ) {
      int end = raw.indexOf('\n', line);
      if (end < 0) return raw.length();
      int next = raw.indexOf('\n', end + 1);
      if (next < 0) return raw.length();
      if (raw.substring(end + 1, next).isBlank()) return next;
      line = end + 1;
    }
    return raw.length();
  }

  private List<Part> inside(String body, String boundary, int depth) {
    List<Part> found = new ArrayList<>();
    String mark = "--" + boundary;
    int start = -1;
    for (int line = 0; line < body.length() && parts < MOST_PARTS; ) {
      int end = body.indexOf('\n', line);
      if (end < 0) end = body.length();
      if (body.startsWith(mark, line) && isMark(body.substring(line + mark.length(), end))) {
        if (start >= 0) found.add(part(body.substring(start, line), depth + 1));
        boolean last = body.startsWith("--", line + mark.length());
        start = last ? -1 : end + 1;
        if (last) break;
      }
      line = end + 1;
    }
    if (start >= 0 && start < body.length() && parts < MOST_PARTS)
      found.add(part(body.substring(start), depth + 1));
    return found;
  }

  private static boolean isMark(String after) {
    return after.isBlank() || after.strip().equals("--");
  }
}
