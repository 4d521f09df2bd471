package org.postroom.bounces.reading;

import java.util.Locale;

/** A Content-Type, read as loosely as it is written. */
record ContentType(String type, String rest) {
  static ContentType of(String value) {
    int end = 0;
    while (end < value.length() && "; \t".indexOf(value.charAt(end)) < 0) end++;
    String type = value.substring(0, end).toLowerCase(Locale.ROOT);
    return new ContentType(type, value.substring(end));
  }

  boolean is(String wanted) {
    return type.equals(wanted);
  }

  /** Text for people; also a report of several parts whose boundaries got lost. */
  boolean isPlain() {
    return type.isEmpty() || type.equals("text/plain") || type.startsWith("multipart/");
  }

  boolean startsWith(String family) {
    return type.startsWith(family);
  }

  /** A parameter without its quotes; empty where it is missing. */
  String parameter(String name) {
    String lower = rest.toLowerCase(Locale.ROOT);
    for (int at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
      if (at > 0 && "; \t\n\"".indexOf(lower.charAt(at - 1)) < 0) continue;
      int equals = at + name.length();
      while (equals < rest.length() && rest.charAt(equals) == ' ') equals++;
      if (equals < rest.length() && rest.charAt(equals) == '=') return value(equals + 1);
    }
    return "";
  }

  private String value(int from) {
    String value = rest.substring(from).stripLeading();
    if (value.startsWith("\"")) {
      int end = value.indexOf('"', 1);
      return value.substring(1, end < 0 ? value.length() : end);
    }
    int end = 0;
    while (end < value.length() && "; \t\n".indexOf(value.charAt(end)) < 0) end++;
    return value.substring(0, end);
  }
}
