package org.postroom.rules;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds values in the model and reads them as what they are compared as. */
final class Facts {
  private static final int MOST_DIGITS = 60;

  private Facts() {}

  /**
   * The value at a path; null where there is none. An own field's name may hold dots: what is left
   * of the path is tried as a name first.
   */
  static @Nullable Object at(@Nullable Object facts, String path) {
    if (path.isEmpty()) return facts;
    if (!(facts instanceof Map<?, ?> map)) return null;
    Object whole = map.get(path);
    if (whole != null) return whole;
    int dot = path.indexOf('.');
    return dot < 0 ? null : at(map.get(path.substring(0, dot)), path.substring(dot + 1));
  }

  /** A list's scalars; a scalar as a list of one; nothing for nothing. */
  static List<Object> values(@Nullable Object value) {
    List<Object> values = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object each : list) if (isFilled(each)) values.add(each);
    } else if (isFilled(value)) {
      values.add(value);
    }
    return values;
  }

  private static boolean isFilled(@Nullable Object value) {
    return value != null && !(value instanceof String text && text.isBlank());
  }

  /** As texts are compared: without the spaces around, in any case. */
  static String folded(Object value) {
    return value.toString().strip().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  static @Nullable BigDecimal number(Object value) {
    String text = value.toString().strip();
    if (text.isEmpty() || text.length() > MOST_DIGITS) return null;
    try {
      var number = new BigDecimal(text);
      return Math.abs((long) number.scale()) <= MOST_DIGITS ? number : null;
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  static @Nullable LocalDate date(Object value) {
    String text = value.toString().strip();
    try {
      return text.length() >= 10 && text.length() <= 40
          ? LocalDate.parse(text.substring(0, 10))
          : null;
    } catch (DateTimeParseException notADate) {
      return null;
    }
  }
}
