package org.postroom.documents.ubl;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.intake.Decimals;
import org.postroom.documents.intake.Errors;
import org.postroom.documents.intake.Wording;

/** Values out of elements; what cannot be read is noted with its place and reading goes on. */
final class Values {
  private final Errors errors = new Errors();
  private String currency = "XXX";

  /** What amounts must be in from here on. */
  void expect(String currency) {
    this.currency = currency;
  }

  Errors errors() {
    return errors;
  }

  /** A short text on one line. */
  @Nullable String text(Element in, String... path) {
    return in.all(path)
        .filter(found -> found.text() != null)
        .findFirst()
        .map(found -> checked(found, found.text(), Wording.SHORT))
        .orElse(null);
  }

  /** A text that must fit where JSON allows so many characters. */
  @Nullable String text(int longest, Element in, String... path) {
    return in.all(path)
        .filter(found -> found.text() != null)
        .findFirst()
        .map(found -> checked(found, found.text(), longest))
        .orElse(null);
  }

  /** All texts down a path, their line breaks kept. */
  List<String> notes(Element in, String... path) {
    return in.all(path)
        .map(found -> checked(found, lines(found.raw()), Wording.LONG))
        .filter(note -> note != null && !note.isBlank())
        .map(note -> note == null ? "" : note)
        .limit(50)
        .toList();
  }

  /** An amount in the document's currency. */
  @Nullable BigDecimal amount(Element in, String... path) {
    Element found = in.first(path);
    if (found == null) return null;
    String own = found.attribute("currencyID");
    if (own != null && !own.equals(currency))
      note(
          found,
          "wrong_currency",
          "The document is in "
              + currency
              + ", this amount in "
              + own
              + " (line "
              + found.line()
              + ").");
    return number(found);
  }

  /** A number without currency, or whose currency does not matter. */
  @Nullable BigDecimal number(Element in, String... path) {
    Element found = in.first(path);
    return found == null ? null : number(found);
  }

  @Nullable LocalDate date(Element in, String... path) {
    Element found = in.first(path);
    String text = found == null ? null : found.text();
    if (found == null || text == null) return null;
    try {
      // xsd:date may end in a time zone, which says nothing about a day on paper.
      String day = text.length() > 10 ? text.substring(0, 10) : text;
      String zone = text.substring(day.length());
      if (zone.matches("(Z|[+-][0-9]{2}:[0-9]{2})?")) return LocalDate.parse(day);
    } catch (DateTimeException notADate) {
      // Told below.
    }
    note(found, "not_a_date", "“" + shown(text) + "” is not a date (line " + found.line() + ").");
    return null;
  }

  private @Nullable BigDecimal number(Element found) {
    String text = found.text();
    if (text == null) return null;
    // xsd:decimal may leave out the digits before or after the point.
    String full = text.startsWith(".") ? "0" + text : text.replaceFirst("^([+-])\\.", "$10.");
    BigDecimal number =
        Decimals.parse(full.endsWith(".") ? full.substring(0, full.length() - 1) : full);
    if (number == null)
      note(
          found,
          "not_a_decimal",
          "“" + shown(text) + "” is not a decimal number (line " + found.line() + ").");
    return number;
  }

  private @Nullable String checked(Element found, @Nullable String text, int longest) {
    if (text == null) return null;
    var trouble = Wording.trouble(text, longest);
    if (trouble == null) return text;
    note(found, trouble.code(), trouble.message() + " (line " + found.line() + ")");
    return null;
  }

  /** Working out a place takes time, so it is done only while there is room. */
  void note(Element found, String code, String message) {
    if (!errors.full()) errors.add(found.place(), code, message);
  }

  /** Lines as they were broken, without the indentation of the XML around them. */
  private static String lines(String raw) {
    return raw.strip().replaceAll("[ \\t\\r]*\\n[ \\t\\r]*", "\n").replaceAll("[ \\t]+", " ");
  }

  private static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
