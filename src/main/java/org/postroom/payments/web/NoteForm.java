package org.postroom.payments.web;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;

/** Money somebody saw elsewhere, as typed. */
record NoteForm(@Nullable String reference, @Nullable String amount, @Nullable String date) {

  static NoteForm empty(LocalDate today) {
    return new NoteForm("", "", today.toString());
  }

  /** 422 with what is wrong beside its field. */
  LinkJson.Noted noted(LocalDate today) {
    List<Problem.FieldError> wrong = new ArrayList<>();
    String said = reference == null ? "" : reference.strip();
    if (said.isEmpty())
      wrong.add(new Problem.FieldError("/reference", "required", "Give the payment’s reference."));
    BigDecimal sum = Amounts.read(amount == null ? "" : amount).orElse(null);
    if (sum == null)
      wrong.add(new Problem.FieldError("/amount", "invalid", "Give an amount such as 119.00."));
    LocalDate day = day(today);
    if (day == null)
      wrong.add(new Problem.FieldError("/date", "invalid", "Give the day the money came."));
    if (sum == null || day == null || !wrong.isEmpty()) throw Problem.invalid(wrong);
    return new LinkJson.Noted(said, sum, null, day);
  }

  private @Nullable LocalDate day(LocalDate today) {
    try {
      LocalDate day = LocalDate.parse(date == null ? "" : date.strip());
      return day.isAfter(today) || day.isBefore(today.minusYears(10)) ? null : day;
    } catch (DateTimeParseException wrong) {
      return null;
    }
  }
}
