package org.postroom.documents;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds one group of a model: text, lists and maps; what has no value is left out. */
final class Facts {
  private final Map<String, Object> map = new LinkedHashMap<>();

  Facts put(String name, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case BigDecimal figure -> map.put(name, figure.toPlainString());
      case Map<?, ?> below -> map.put(name, below);
      case List<?> list -> map.put(name, list);
      default -> map.put(name, value.toString());
    }
    return this;
  }

  /** A group that may be missing as a whole. */
  <T> Facts group(String name, @Nullable T value, Function<T, Map<String, Object>> facts) {
    return value == null ? this : put(name, facts.apply(value));
  }

  <T> Facts list(String name, Collection<T> values, Function<T, Map<String, Object>> facts) {
    return put(name, values.stream().map(facts).toList());
  }

  Map<String, Object> map() {
    return map;
  }
}
