package org.postroom.documents.intake;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Own fields of an ERP: texts, exact numbers, yes and no, lists and objects, within bounds. */
final class FreeValues {
  static final int MOST = 200;
  private static final int DEEPEST = 5;
  private final Errors errors;

  FreeValues(Errors errors) {
    this.errors = errors;
  }

  /** Null for JSON null and for what was refused. */
  @Nullable Object read(JsonNode node, String at, int depth) {
    if (node.isNull()) return null;
    if (node.isBoolean()) return node.booleanValue();
    if (node.isNumber()) return number(node, at);
    if (node.isString()) return text(node, at);
    if (depth >= DEEPEST) {
      errors.add(at, "too_deep", "Own fields nest at most " + DEEPEST + " levels.");
      return null;
    }
    if (node.size() > MOST) {
      errors.add(at, "too_many", "At most " + MOST + " entries fit here.");
      return null;
    }
    return node.isArray() ? list(node, at, depth) : map(node, at, depth);
  }

  static JsonNode write(Object value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (value) {
      case String text -> nodes.stringNode(text);
      case Boolean bit -> nodes.booleanNode(bit);
      case BigDecimal number -> nodes.numberNode(number);
      case Number number -> nodes.numberNode(new BigDecimal(number.toString()));
      case List<?> list -> {
        ArrayNode array = nodes.arrayNode();
        for (Object item : list) array.add(write(item));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = nodes.objectNode();
        map.forEach((name, item) -> object.set(String.valueOf(name), write(item)));
        yield object;
      }
      default -> nodes.stringNode(value.toString());
    };
  }

  private @Nullable BigDecimal number(JsonNode node, String at) {
    BigDecimal number = Decimals.bounded(node.decimalValue());
    if (number == null)
      errors.add(
          at, "not_a_decimal", "The number has more than 18 digits before the point or 10 after.");
    return number;
  }

  private @Nullable String text(JsonNode node, String at) {
    var trouble = Wording.trouble(node.stringValue(), Wording.LONG);
    if (trouble == null) return node.stringValue();
    errors.add(at, trouble.code(), trouble.message());
    return null;
  }

  private List<Object> list(JsonNode node, String at, int depth) {
    List<Object> list = new ArrayList<>();
    int index = 0;
    for (JsonNode item : node) {
      Object value = read(item, at + "/" + index++, depth + 1);
      if (value != null) list.add(value);
    }
    return Collections.unmodifiableList(list);
  }

  private Map<String, Object> map(JsonNode node, String at, int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (var entry : node.properties()) {
      String name = entry.getKey();
      var trouble = Wording.trouble(name, 100);
      if (trouble != null) errors.add(at, trouble.code(), "A name: " + trouble.message());
      else {
        Object value = read(entry.getValue(), at + "/" + name, depth + 1);
        if (value != null) map.put(name, value);
      }
    }
    return Collections.unmodifiableMap(map);
  }
}
