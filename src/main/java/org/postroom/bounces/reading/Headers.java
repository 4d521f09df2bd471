package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Header fields as they came, unfolded; also the fields of a delivery status, built the same. */
record Headers(List<Field> fields) {
  private static final int MOST_FIELDS = 2000;
  private static final int LONGEST = 20_000;
  // Broken folding: the parameter of a Content-Type at the start of its line.
  private static final Pattern PARAMETER =
      Pattern.compile(
          "^(?:boundary|charset|report-type|name|format)\\s?=", Pattern.CASE_INSENSITIVE);

  /** The name in small letters. */
  record Field(String name, String value) {}

  static Headers none() {
    return new Headers(List.of());
  }

  /** Lines that are neither a field nor a continuation of one are passed over. */
  static Headers of(List<String> lines) {
    List<Field> fields = new ArrayList<>();
    var value = new StringBuilder();
    String name = "";
    for (String line : lines) {
      if (line.startsWith(" ") || line.startsWith("\t")) {
        if (value.length() + line.length() < LONGEST) value.append(' ').append(line.strip());
        continue;
      }
      if (value.toString().endsWith(";") && PARAMETER.matcher(line).find()) {
        value.append(' ').append(line.strip());
        continue;
      }
      keep(fields, name, value);
      int colon = colon(line);
      name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      value.setLength(0);
      if (colon >= 0) value.append(line, colon + 1, Math.min(line.length(), colon + 1 + LONGEST));
    }
    keep(fields, name, value);
    return new Headers(fields);
  }

  private static void keep(List<Field> fields, String name, StringBuilder value) {
    if (name.isEmpty() || fields.size() >= MOST_FIELDS) return;
    fields.add(new Field(name, value.toString().strip()));
  }

  /** Where the name ends; below zero where the line is no field. */
  static int colon(String line) {
    int colon = line.indexOf(':');
    if (colon < 1 || colon > 76) return -1;
    for (int i = 0; i < colon; i++) {
      char c = line.charAt(i);
      boolean trailing = c == ' ' && line.substring(i, colon).isBlank();
      if (!trailing && (c <= ' ' || c > '~')) return -1;
    }
    return colon;
  }

  /** The first of this name that is not empty; empty where there is none. */
  String first(String name) {
    for (Field field : fields) {
      if (field.name().equals(name) && !field.value().isEmpty()) return field.value();
    }
    return "";
  }

  /** The first of these names, in this order, that is not empty. */
  String firstOf(String... names) {
    for (String name : names) {
      String value = first(name);
      if (!value.isEmpty()) return value;
    }
    return "";
  }

  List<String> all(String name) {
    return fields.stream().filter(each -> each.name().equals(name)).map(Field::value).toList();
  }

  boolean has(String name) {
    return !first(name).isEmpty();
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }
}
