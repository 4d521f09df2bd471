package org.postroom.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a model safe to hand to a text: maps, lists, text, numbers and truth, nothing with methods.
 */
public record Plain(Map<String, Object> values) {
  public static final Plain NOTHING = new Plain(Map.of());
  private static final int DEEPEST = 12;

  public static Plain of(Map<?, ?> model) {
    return new Plain(map(model, 0));
  }

  private static Map<String, Object> map(Map<?, ?> map, int depth) {
    Map<String, Object> plain = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      Object safe = value(value, depth + 1);
      if (safe != null) plain.put(String.valueOf(key), safe);
    });
    return plain;
  }

  private static @Nullable Object value(@Nullable Object value, int depth) {
    if (value == null || depth > DEEPEST) return null;
    return switch (value) {
      case Map<?, ?> map -> map(map, depth);
      case Iterable<?> items -> list(items, depth);
      case String text -> text;
      case Boolean truth -> truth;
      case Number number -> number;
      default -> value.toString();
    };
  }

  private static List<Object> list(Iterable<?> items, int depth) {
    List<Object> plain = new ArrayList<>();
    for (Object item : items) {
      Object safe = value(item, depth + 1);
      plain.add(safe == null ? "" : safe);
    }
    return plain;
  }
}
