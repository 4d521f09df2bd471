package org.postroom.compose;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;

/** What is said about files behind a link, in the recipient's language or else in English. */
public final class DownloadWords {
  private static final ResourceBundle.Control ENGLISH_ELSE =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
  private final ResourceBundle words;
  private final Locale locale;

  private DownloadWords(ResourceBundle words, Locale locale) {
    this.words = words;
    this.locale = locale;
  }

  public static DownloadWords in(Locale language) {
    ResourceBundle words = ResourceBundle.getBundle("messages/download", language, ENGLISH_ELSE);
    boolean ours = !words.getLocale().getLanguage().isEmpty();
    return new DownloadWords(words, ours ? language : Locale.ENGLISH);
  }

  public String language() {
    return locale.toLanguageTag();
  }

  /** The word with its places filled in. */
  public String say(String key, Object... values) {
    return new MessageFormat(words.getString(key), locale).format(values);
  }

  public String day(Instant moment, ZoneId zone) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
        .withLocale(locale)
        .format(moment.atZone(zone));
  }

  /** Megabytes as people count them: a million bytes. */
  public String size(long bytes) {
    if (bytes < 1_000_000) return Math.max(1, Math.round(bytes / 1000.0)) + " KB";
    return String.format(locale, "%.1f MB", bytes / 1e6);
  }
}
