package org.postroom.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.postroom.http.Problem.FieldError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says where a JSON body is wrong, with a JSON Pointer (RFC 6901), and what was expected. */
final class UnreadableJson {
  private UnreadableJson() {}

  static Problem of(JacksonException failure) {
    return switch (failure) {
      case UnrecognizedPropertyException unknown -> unknownField(unknown);
      case InvalidFormatException format -> wrongValue(format);
      case MismatchedInputException mismatch -> wrongType(mismatch);
      case StreamReadException broken -> brokenAt(broken.getLocation());
      default -> invalid(pointer(failure), "invalid", "has a value that cannot be taken here");
    };
  }

  private static Problem unknownField(UnrecognizedPropertyException failure) {
    Collection<Object> known =
        failure.getKnownPropertyIds() == null ? List.of() : failure.getKnownPropertyIds();
    String hint =
        Nearest.to(failure.getPropertyName(), known.stream().map(Object::toString).toList())
            .map(name -> "; did you mean \"" + name + "\"?")
            .orElse("");
    return invalid(pointer(failure), "unknown_field", "is not known here" + hint);
  }

  private static Problem wrongValue(InvalidFormatException failure) {
    return invalid(pointer(failure), "wrong_value", "must be " + expected(failure.getTargetType()));
  }

  private static Problem wrongType(MismatchedInputException failure) {
    String pointer = pointer(failure);
    if (pointer.isEmpty() && failure.getTargetType() == null)
      return Problem.unreadable("A JSON body is needed and was empty.", List.of());
    return invalid(pointer, "wrong_type", "must be " + expected(failure.getTargetType()));
  }

  private static Problem brokenAt(TokenStreamLocation at) {
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return Problem.unreadable("The body is not valid JSON" + where + ".", List.of());
  }

  private static Problem invalid(String pointer, String code, String what) {
    String message = (pointer.isEmpty() ? "The body" : pointer) + " " + what;
    if (!message.endsWith("?")) message += ".";
    return Problem.unreadable(message, List.of(new FieldError(pointer, code, message)));
  }

  private static String pointer(JacksonException failure) {
    var pointer = new StringBuilder();
    for (JacksonException.Reference step : failure.getPath()) {
      String name = step.getPropertyName();
      pointer.append('/').append(name == null ? "" + step.getIndex() : escaped(name));
    }
    return pointer.toString();
  }

  private static String escaped(String name) {
    String shortened = name.length() > 80 ? name.substring(0, 80) + "…" : name;
    return shortened.replace("~", "~0").replace("/", "~1");
  }

  private static String expected(Class<?> type) {
    if (type == null) return "something else";
    if (type.isEnum())
      return "one of "
          + String.join(
              ", ",
              java.util.Arrays.stream(Objects.requireNonNull(type.getEnumConstants()))
                  .map(word -> word.toString().toLowerCase(Locale.ROOT))
                  .toList());
    if (type == boolean.class || type == Boolean.class) return "true or false";
    if (type == java.math.BigDecimal.class) return "a decimal number";
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) return "a number";
    if (type == java.time.LocalDate.class) return "a date such as 2026-11-21";
    if (type == java.time.Instant.class) return "a time such as 2026-11-21T09:30:00Z";
    if (type == String.class || type == CharSequence.class) return "text";
    if (Collection.class.isAssignableFrom(type) || type.isArray()) return "a list";
    return "an object";
  }
}
