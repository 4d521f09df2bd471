package org.postroom.payments.web;

import java.math.BigDecimal;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Layouts;
import org.postroom.documents.Money;

/** What the public pages say, in the customer's language or else in English. */
final class PageWords {
  /** The languages the pages speak, each with its own name. */
  private static final List<Locale> OURS =
      List.of("en", "de", "fr", "es", "it", "nl", "pt").stream()
          .map(Locale::forLanguageTag)
          .toList();

  private static final ResourceBundle.Control ENGLISH_ELSE =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
  private final ResourceBundle words;
  private final Locale locale;

  private PageWords(ResourceBundle words, Locale locale) {
    this.words = words;
    this.locale = locale;
  }

  /** A language to choose on the page. */
  record Choice(String tag, String name, boolean isCurrent) {}

  static PageWords in(Locale language) {
    Locale ours = speaks(language.getLanguage()) ? language : Locale.ENGLISH;
    return new PageWords(ResourceBundle.getBundle("messages/pay", ours, ENGLISH_ELSE), ours);
  }

  /** The language a customer chose on the page; empty for what is none of ours. */
  static Optional<Locale> chosen(@Nullable String tag) {
    return OURS.stream().filter(ours -> ours.toLanguageTag().equals(tag)).findFirst();
  }

  private static boolean speaks(String language) {
    return OURS.stream().anyMatch(ours -> ours.getLanguage().equals(language));
  }

  Locale locale() {
    return locale;
  }

  public String language() {
    return locale.toLanguageTag();
  }

  public List<Choice> choices() {
    return OURS.stream()
        .map(ours ->
            new Choice(
                ours.toLanguageTag(),
                capital(ours.getDisplayLanguage(ours), ours),
                ours.getLanguage().equals(locale.getLanguage())))
        .toList();
  }

  /** The word with its places filled in. */
  public String say(String key, Object... values) {
    return new MessageFormat(words.getString(key), locale).format(values);
  }

  String money(BigDecimal amount, String currency) {
    return new Money(amount, currency).words(locale);
  }

  String day(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale).format(day);
  }

  String moment(Instant moment, ZoneId zone) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
        .withLocale(locale)
        .format(moment.atZone(zone));
  }

  /** "Rechnung INV-2026-0412". */
  String named(DocumentKind kind, String number) {
    return Layouts.kindLabel(kind, locale) + " " + number;
  }

  private static String capital(String word, Locale language) {
    return word.substring(0, 1).toUpperCase(language) + word.substring(1);
  }
}
