package org.postroom.notices;

import java.text.MessageFormat;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;
import org.postroom.access.Company;
import org.postroom.access.Letter;

/** What letters to people say, in the company's language or else in English. */
final class LetterWords {
  private static final ResourceBundle.Control ENGLISH_ELSE =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private LetterWords() {}

  static Notice of(Letter letter, Company company) {
    ResourceBundle words =
        ResourceBundle.getBundle("messages/letter", company.language(), ENGLISH_ELSE);
    boolean ours = !words.getLocale().getLanguage().isEmpty();
    Locale locale = ours ? company.language() : Locale.ENGLISH;
    Object[] values = {company.name(), letter.by(), letter.link(), until(letter, company, locale)};
    String kind = letter.kind().word();
    return new Notice(
        new MessageFormat(words.getString(kind + ".subject"), locale).format(values),
        new MessageFormat(words.getString(kind + ".text"), locale).format(values));
  }

  private static String until(Letter letter, Company company, Locale locale) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
        .withLocale(locale)
        .format(letter.ends().atZone(company.timeZone()));
  }
}
