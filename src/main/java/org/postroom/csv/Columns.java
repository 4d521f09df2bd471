package org.postroom.csv;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.postroom.http.Nearest;

/**
 * Which column of a table holds which field. A header names a field by its own name or by another
 * it goes by, in any case, with spaces, hyphens or dots for underscores: "Due date", "due-date".
 */
public final class Columns {
  private final Map<String, Integer> byField = new LinkedHashMap<>();
  private final List<Wrong> wrong = new ArrayList<>();

  private Columns() {}

  /**
   * A header that is not understood.
   *
   * @param column counted from 1
   * @param message plain sentence, with the nearest name where one is near
   */
  public record Wrong(int column, String header, String message) {}

  /**
   * @param fields each field's name and the other names it goes by
   */
  public static Columns of(List<String> header, Map<String, ? extends Collection<String>> fields) {
    Map<String, String> names = new HashMap<>();
    fields.forEach((field, others) -> {
      names.put(word(field), field);
      others.forEach(other -> names.putIfAbsent(word(other), field));
    });
    var columns = new Columns();
    for (int i = 0; i < header.size(); i++) columns.take(i, header.get(i), names);
    return columns;
  }

  private void take(int column, String header, Map<String, String> names) {
    if (header.isEmpty()) return;
    String field = names.get(word(header));
    if (field == null) {
      String shown = header.length() > 60 ? header.substring(0, 60) + "…" : header;
      String hint = Nearest.hint(word(header), names.keySet());
      wrong.add(new Wrong(column + 1, header, "There is no field “" + shown + "”." + hint));
    } else if (byField.putIfAbsent(field, column) != null) {
      String message = "“" + header + "” is the second column for the field " + field + ".";
      wrong.add(new Wrong(column + 1, header, message));
    }
  }

  /** What cannot be used, in the order of the file. */
  public List<Wrong> wrong() {
    return List.copyOf(wrong);
  }

  /** The fields the file speaks of. */
  public Set<String> fields() {
    return java.util.Collections.unmodifiableSet(byField.keySet());
  }

  public boolean has(String field) {
    return byField.containsKey(field);
  }

  /** Stripped; empty where the file has no such column or the row nothing there. */
  public String get(Csv.Row row, String field) {
    Integer column = byField.get(field);
    return column == null ? "" : row.cell(column);
  }

  private static String word(String name) {
    return name.strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", "_")
        .replaceAll("^_+|_+$", "");
  }
}
