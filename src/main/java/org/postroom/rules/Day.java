package org.postroom.rules;

import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A day in a rule: {@code 2026-12-24}, {@code today}, {@code today+10} or {@code today-3}. */
record Day(@Nullable LocalDate fixed, int fromToday) {
  private static final Pattern TODAY = Pattern.compile("today(?:([+-])([0-9]{1,4}))?");

  static Optional<Day> of(String text) {
    Matcher today = TODAY.matcher(text);
    if (!today.matches()) {
      LocalDate date = text.length() == 10 ? Facts.date(text) : null;
      return date == null ? Optional.empty() : Optional.of(new Day(date, 0));
    }
    int days = today.group(2) == null ? 0 : Integer.parseInt(today.group(2));
    return Optional.of(new Day(null, "-".equals(today.group(1)) ? -days : days));
  }

  LocalDate on(LocalDate today) {
    return fixed == null ? today.plusDays(fromToday) : fixed;
  }
}
