package org.postroom.receivables;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Ledger;
import org.postroom.http.Problem;
import org.springframework.web.bind.annotation.BindParam;

/**
 * A statement asked for in an address or a form: {@code ?kind=activity&from=…&as_of=…&ageing=…}.
 */
public record StatementQuery(
    @Nullable String kind,
    @Nullable String from,
    @BindParam("as_of") @Nullable String asOf,
    @Nullable String ageing) {

  /**
   * @param today where nothing says a day
   * @throws Problem 422 with what is wrong
   */
  public StatementScope scope(LocalDate today) {
    String word = given(kind);
    LocalDate day = date("as_of", asOf);
    String ends = given(ageing);
    return StatementScope.of(
        word == null ? null : kind(word),
        date("from", from),
        day == null ? today : day,
        ends == null ? null : Ageing.of(ends));
  }

  private static Ledger.Kind kind(String word) {
    return Ledger.Kind.of(word)
        .orElseThrow(
            () -> Problem.invalid("/kind", "unknown_value", "kind is open_items or activity."));
  }

  private static @Nullable LocalDate date(String name, @Nullable String value) {
    String text = given(value);
    if (text == null) return null;
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException notADate) {
      throw Problem.invalid(
          "/" + name, "not_a_date", "“" + name + "” must be a date such as 2026-11-02.");
    }
  }

  private static @Nullable String given(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }
}
