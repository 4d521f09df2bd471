package org.postroom.documents.intake;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Nearest;
import org.postroom.mail.Address;
import tools.jackson.databind.JsonNode;

/**
 * One JSON object being read. Notes what is wrong with its pointer and reads on. The names asked
 * for are the names there are: {@link #close} refuses all others.
 */
final class JsonFields {
  private final JsonNode object;
  private final String pointer;
  private final Errors errors;
  private final Set<String> asked = new LinkedHashSet<>();

  JsonFields(JsonNode object, String pointer, Errors errors) {
    this.object = object;
    this.pointer = pointer;
    this.errors = errors;
  }

  /** Absent and null are the same. */
  boolean has(String name) {
    return value(name) != null;
  }

  void refuse(String name, String code, String message) {
    errors.add(at(name), code, message);
  }

  void require(String name) {
    if (!has(name)) refuse(name, "required", "“" + name + "” is missing.");
  }

  @Nullable String text(String name, int longest) {
    JsonNode value = value(name);
    return value == null ? null : text(value, at(name), longest);
  }

  /** A code such as a currency; refused where the test says no. */
  @Nullable String code(String name, Predicate<String> test, String code, String message) {
    String text = text(name, Wording.SHORT);
    if (text == null || test.test(text)) return text;
    refuse(name, code, "“" + text + "” " + message);
    return null;
  }

  @Nullable String email(String name) {
    String text = text(name, Wording.SHORT);
    return text == null ? null : email(text, at(name));
  }

  @Nullable BigDecimal decimal(String name) {
    JsonNode value = value(name);
    if (value == null) return null;
    BigDecimal number =
        value.isString()
            ? Decimals.parse(value.stringValue())
            : value.isNumber() ? Decimals.bounded(value.decimalValue()) : null;
    if (number == null)
      refuse(
          name,
          "not_a_decimal",
          "“"
              + name
              + "” must be a decimal such as \"1284.50\": a point, no thousands separators, at most"
              + " 18 digits before it and 10 after.");
    return number;
  }

  @Nullable LocalDate date(String name) {
    String text = text(name, Wording.SHORT);
    if (text == null) return null;
    try {
      if (text.length() == 10) return LocalDate.parse(text);
    } catch (DateTimeException notADate) {
      // Told below.
    }
    refuse(name, "not_a_date", "“" + name + "” must be a date such as 2026-11-02.");
    return null;
  }

  List<String> texts(String name, int most, int longest) {
    return list(name, most, (item, at) -> text(item, at, longest));
  }

  List<String> emails(String name, int most) {
    return list(
        name,
        most,
        (item, at) -> {
          String text = text(item, at, Wording.SHORT);
          return text == null ? null : email(text, at);
        });
  }

  <T> List<T> objects(String name, int most, Function<JsonFields, @Nullable T> read) {
    return list(
        name,
        most,
        (item, at) -> {
          if (item.isObject()) return read(item, at, read);
          errors.add(at, "wrong_type", "An object is expected here.");
          return null;
        });
  }

  <T> @Nullable T object(String name, Function<JsonFields, @Nullable T> read) {
    JsonNode value = value(name);
    if (value == null) return null;
    if (value.isObject()) return read(value, at(name), read);
    refuse(name, "wrong_type", "“" + name + "” must be an object.");
    return null;
  }

  Map<String, String> words(String name, int most) {
    Map<String, String> words = new LinkedHashMap<>();
    for (var entry : entries(name, most)) {
      String at = at(name) + "/" + escaped(entry.getKey());
      String text = entry.getValue().isNull() ? null : text(entry.getValue(), at, Wording.SHORT);
      if (text != null) words.put(entry.getKey(), text);
    }
    return words;
  }

  /** The ERP's own fields: any JSON within bounds. */
  Map<String, Object> free(String name) {
    Map<String, Object> fields = new LinkedHashMap<>();
    var values = new FreeValues(errors);
    for (var entry : entries(name, FreeValues.MOST)) {
      Object value = values.read(entry.getValue(), at(name) + "/" + escaped(entry.getKey()), 1);
      if (value != null) fields.put(entry.getKey(), value);
    }
    return fields;
  }

  /** Refuses every name nobody asked for. */
  void close() {
    for (String name : object.propertyNames()) {
      if (asked.contains(name)) continue;
      String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
      String hint = Nearest.hint(name, asked) + " Own fields belong into “fields”.";
      refuse(name, "unknown_field", "There is no field “" + shown + "” here." + hint);
    }
  }

  private @Nullable JsonNode value(String name) {
    asked.add(name);
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private Iterable<Map.Entry<String, JsonNode>> entries(String name, int most) {
    JsonNode value = value(name);
    if (value == null) return List.of();
    if (!value.isObject()) {
      refuse(name, "wrong_type", "“" + name + "” must be an object.");
      return List.of();
    }
    if (value.size() > most) {
      refuse(name, "too_many", "At most " + most + " entries fit here.");
      return List.of();
    }
    List<Map.Entry<String, JsonNode>> good = new ArrayList<>();
    for (var entry : value.properties()) {
      var trouble = Wording.trouble(entry.getKey(), 100);
      if (trouble == null) good.add(entry);
      else refuse(name, trouble.code(), "A name in “" + name + "”: " + trouble.message());
    }
    return good;
  }

  private <T> List<T> list(String name, int most, Item<T> read) {
    JsonNode value = value(name);
    if (value == null) return List.of();
    if (!value.isArray()) {
      refuse(name, "wrong_type", "“" + name + "” must be a list.");
      return List.of();
    }
    if (value.size() > most) {
      refuse(name, "too_many", "“" + name + "” may hold at most " + most + " entries.");
      return List.of();
    }
    List<T> items = new ArrayList<>(value.size());
    int index = 0;
    for (JsonNode item : value) {
      T made = read.read(item, at(name) + "/" + index++);
      if (made != null) items.add(made);
    }
    return items;
  }

  private <T> @Nullable T read(JsonNode node, String at, Function<JsonFields, @Nullable T> read) {
    var fields = new JsonFields(node, at, errors);
    T made = read.apply(fields);
    fields.close();
    return made;
  }

  private @Nullable String text(JsonNode value, String at, int longest) {
    if (!value.isString()) {
      errors.add(at, "wrong_type", "A text in quotation marks is expected here.");
      return null;
    }
    String text = value.stringValue();
    var trouble = Wording.trouble(text, longest);
    if (trouble == null) return text;
    errors.add(at, trouble.code(), trouble.message());
    return null;
  }

  private @Nullable String email(String text, String at) {
    var address = Address.tryParse(text);
    if (address.isPresent()) return address.get().spec();
    errors.add(at, "not_an_email_address", "“" + text + "” is not an email address.");
    return null;
  }

  private String at(String name) {
    return pointer + "/" + escaped(name);
  }

  /** RFC 6901. */
  private static String escaped(String name) {
    String shown = name.length() > 200 ? name.substring(0, 200) : name;
    return shown.replace("~", "~0").replace("/", "~1");
  }

  private interface Item<T> {
    @Nullable T read(JsonNode item, String at);
  }
}
