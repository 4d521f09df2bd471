package org.postroom.testkit;

import com.google.gson.annotations.SerializedName;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A form as Stripe reads it, {@code a[b][0]=c}, and which names it knows: those of Stripe's own
 * client, which is generated from its published description.
 */
final class StripeForm {
  private final Map<String, String> fields = new LinkedHashMap<>();

  static StripeForm of(String body) {
    var form = new StripeForm();
    if (body.isEmpty()) return form;
    for (String pair : body.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      form.fields.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
    }
    return form;
  }

  @Nullable String get(String name) {
    return fields.get(name);
  }

  String get(String name, String absent) {
    return fields.getOrDefault(name, absent);
  }

  boolean has(String prefix) {
    return fields.keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }

  /** What stands under {@code metadata[…]} or the like. */
  Map<String, String> map(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    fields.forEach((key, value) -> {
      if (key.startsWith(name + "[") && key.endsWith("]"))
        map.put(key.substring(name.length() + 1, key.length() - 1), value);
    });
    return map;
  }

  /** The first name that the client's parameters have nothing of; null where all are known. */
  @Nullable String unknown(Class<?> params) {
    for (String name : fields.keySet()) {
      String[] path = name.replace("]", "").split("\\[", -1);
      if (!isKnown(params, path)) return name;
    }
    return null;
  }

  @Override
  public String toString() {
    return fields.toString();
  }

  private static boolean isKnown(Type type, String[] path) {
    for (String step : path) {
      if (type instanceof ParameterizedType generic) {
        Class<?> raw = (Class<?>) generic.getRawType();
        if (Map.class.isAssignableFrom(raw)) return true;
        if (!step.matches("[0-9]*")) return false;
        type = generic.getActualTypeArguments()[0];
        continue;
      }
      Field field = type instanceof Class<?> params ? field(params, step) : null;
      if (field == null) return false;
      type = field.getGenericType();
      if (type == Object.class) return true; // a value or empty, as in metadata
    }
    return true;
  }

  private static @Nullable Field field(Class<?> params, String name) {
    for (Field field : params.getDeclaredFields()) {
      SerializedName serialized = field.getAnnotation(SerializedName.class);
      if (serialized != null && serialized.value().equals(name)) return field;
    }
    return null;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
