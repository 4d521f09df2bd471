package org.postroom.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem.FieldError;
import tools.jackson.databind.JsonNode;

/**
 * Reads a JSON object strictly and tells everything that is wrong at once, each with its pointer.
 * Ask for each field by name; at the end {@link #check} refuses what was wrong and fields nobody
 * asked for. What is wrong reads as absent.
 */
public final class JsonFields {
  private final JsonNode node;
  private final String pointer;
  private final Set<String> known = new TreeSet<>();
  private final List<JsonFields> all;
  private final List<FieldError> errors;

  private JsonFields(JsonNode node, String pointer, List<JsonFields> all, List<FieldError> errors) {
    this.node = node;
    this.pointer = pointer;
    this.all = all;
    this.errors = errors;
    all.add(this);
  }

  /** A text and where it stood. */
  public record Text(String pointer, String value) {}

  /** The body of a request; 400 where it is no object. */
  public static JsonFields of(@Nullable JsonNode body) {
    if (body == null || !body.isObject())
      throw Problem.unreadable("The body must be a JSON object.", List.of());
    return new JsonFields(body, "", new ArrayList<>(), new ArrayList<>());
  }

  /** The JSON Pointer (RFC 6901) of a field of this object. */
  public String at(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  public boolean has(String name) {
    return raw(name) != null;
  }

  /** The names this object really has. */
  public List<String> names() {
    return List.copyOf(node.propertyNames());
  }

  /** The field as it stands; null when absent or null. */
  public @Nullable JsonNode raw(String name) {
    known.add(name);
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** Fields that may be there but say nothing to us, such as those we added to our own reply. */
  public void ignore(String... names) {
    known.addAll(List.of(names));
  }

  /** One line of text, stripped; null when absent or blank. */
  public @Nullable String text(String name, int longest) {
    JsonNode value = raw(name);
    return value == null ? null : line(value, at(name), longest);
  }

  /** Text as typed, spaces kept: passwords. */
  public @Nullable String verbatim(String name, int longest) {
    JsonNode value = raw(name);
    if (value == null || line(value, at(name), longest) == null) return null;
    return value.stringValue();
  }

  /** Whether an empty text was given, which takes away what is kept and never shown. */
  public boolean emptied(String name) {
    JsonNode value = raw(name);
    return value != null && value.isString() && value.stringValue().isEmpty();
  }

  /** A text that must be there; empty where it is not. */
  public String required(String name, int longest) {
    int before = errors.size();
    String text = text(name, longest);
    if (text != null) return text;
    if (errors.size() == before) error(at(name), "required", "“" + name + "” is required.");
    return "";
  }

  /** A text that something reads; what it says against it (IllegalArgumentException) is told. */
  public <T> @Nullable T parsed(String name, int longest, Function<String, T> reader) {
    String text = text(name, longest);
    return text == null ? null : parse(new Text(at(name), text), reader).orElse(null);
  }

  public <T> Optional<T> parse(Text text, Function<String, T> reader) {
    try {
      return Optional.of(reader.apply(text.value()));
    } catch (IllegalArgumentException wrong) {
      String message = wrong.getMessage();
      error(text.pointer(), "invalid", message == null ? "This value is not valid." : message);
      return Optional.empty();
    }
  }

  /** A list of texts; a single text counts as a list of one. Blank ones are left out. */
  public List<Text> texts(String name, int most, int longest) {
    JsonNode value = raw(name);
    if (value == null) return List.of();
    List<Text> texts = new ArrayList<>();
    if (!value.isArray()) {
      addText(texts, value, at(name), longest);
    } else if (!tooMany(value, name, most)) {
      for (int i = 0; i < value.size(); i++)
        addText(texts, value.get(i), at(name) + "/" + i, longest);
    }
    return texts;
  }

  public @Nullable Boolean flag(String name) {
    JsonNode value = raw(name);
    if (value == null || value.isBoolean()) return value == null ? null : value.booleanValue();
    error(at(name), "wrong_type", "“" + name + "” must be true or false.");
    return null;
  }

  public boolean flag(String name, boolean absent) {
    Boolean value = flag(name);
    return value == null ? absent : value;
  }

  /** A whole number between the two; the default when absent. */
  public long whole(String name, long least, long most, long absent) {
    JsonNode value = raw(name);
    if (value == null) return absent;
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      error(at(name), "wrong_type", "“" + name + "” must be a whole number.");
      return absent;
    }
    long number = value.longValue();
    if (number >= least && number <= most) return number;
    String range = least + " to " + most + ".";
    error(at(name), "out_of_range", "“" + name + "” must be a number from " + range);
    return absent;
  }

  /** One of the words; null when absent. */
  public <T> @Nullable T choice(String name, java.util.Map<String, T> words) {
    String text = text(name, 100);
    if (text == null) return null;
    T chosen = words.get(text);
    if (chosen == null) {
      String list = String.join(", ", new TreeSet<>(words.keySet()));
      String hint = Nearest.hint(text, words.keySet());
      error(at(name), "unknown_value", "“" + text + "” is not one of: " + list + "." + hint);
    }
    return chosen;
  }

  /** An object inside; null when absent. */
  public @Nullable JsonFields object(String name) {
    JsonNode value = raw(name);
    return value == null ? null : child(value, at(name));
  }

  /** The objects of a list. */
  public List<JsonFields> objects(String name, int most) {
    JsonNode value = raw(name);
    if (value == null) return List.of();
    if (!value.isArray()) {
      error(at(name), "wrong_type", "“" + name + "” must be a list.");
      return List.of();
    }
    if (tooMany(value, name, most)) return List.of();
    List<JsonFields> objects = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      JsonFields object = child(value.get(i), at(name) + "/" + i);
      if (object != null) objects.add(object);
    }
    return objects;
  }

  public void error(String pointer, String code, String message) {
    errors.add(new FieldError(pointer, code, message));
  }

  public void errors(List<FieldError> more) {
    for (FieldError error : more) {
      if (errors.stream().noneMatch(known -> known.pointer().equals(error.pointer())))
        errors.add(error);
    }
  }

  /** Whether something at the pointer or below it is wrong so far. */
  public boolean isWrong(String at) {
    return errors.stream().anyMatch(error -> (error.pointer() + "/").startsWith(at + "/"));
  }

  /** 422 with everything that was wrong, also fields that nobody asked for. */
  public void check() {
    List<FieldError> wrong = new ArrayList<>(errors);
    all.forEach(fields -> fields.unknown(wrong));
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
  }

  private void unknown(List<FieldError> wrong) {
    for (String name : node.propertyNames()) {
      if (known.contains(name)) continue;
      String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
      String message = "There is no field “" + shown + "” here." + Nearest.hint(name, known);
      wrong.add(new FieldError(at(name), "unknown_field", message));
    }
  }

  private @Nullable JsonFields child(JsonNode value, String where) {
    if (value.isObject()) return new JsonFields(value, where, all, errors);
    error(where, "wrong_type", "This must be an object.");
    return null;
  }

  private void addText(List<Text> texts, JsonNode value, String where, int longest) {
    String text = value.isNull() ? null : line(value, where, longest);
    if (text != null) texts.add(new Text(where, text));
  }

  private boolean tooMany(JsonNode list, String name, int most) {
    if (list.size() <= most) return false;
    String message =
        "“" + name + "” has " + list.size() + " entries; at most " + most + " are taken.";
    error(at(name), "too_many", message);
    return true;
  }

  private @Nullable String line(JsonNode value, String where, int longest) {
    if (!value.isString()) {
      error(where, "wrong_type", "This must be text.");
      return null;
    }
    String text = value.stringValue();
    if (text.length() > longest) {
      error(where, "too_long", "This has more than " + longest + " characters.");
      return null;
    }
    if (!isOneLine(text)) {
      String message = "Line breaks and control characters are not taken here.";
      error(where, "control_characters", message);
      return null;
    }
    return text.isBlank() ? null : text.strip();
  }

  /** No control characters, line separators or halves of characters (lone surrogates). */
  private static boolean isOneLine(String text) {
    return text.codePoints()
        .noneMatch(c ->
            Character.isISOControl(c)
                || c == 0x2028
                || c == 0x2029
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }
}
