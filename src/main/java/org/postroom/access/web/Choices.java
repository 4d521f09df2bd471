package org.postroom.access.web;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the lists on company pages offer, value to words, sorted by words. */
final class Choices {
  private static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "it", "nl", "pt");

  private Choices() {}

  static Map<String, String> countries() {
    Map<String, String> byName = new TreeMap<>();
    for (String code : Locale.getISOCountries())
      byName.put(Locale.of("", code).getDisplayCountry(Locale.ENGLISH), code);
    return flipped(byName);
  }

  static Map<String, String> currencies() {
    Map<String, String> choices = new LinkedHashMap<>();
    Currency.getAvailableCurrencies().stream()
        .map(Currency::getCurrencyCode)
        .sorted()
        .forEach(code ->
            choices.put(
                code, code + " – " + Currency.getInstance(code).getDisplayName(Locale.ENGLISH)));
    return choices;
  }

  static Map<String, String> languages() {
    Map<String, String> choices = new LinkedHashMap<>();
    LANGUAGES.forEach(
        tag -> choices.put(tag, Locale.forLanguageTag(tag).getDisplayLanguage(Locale.ENGLISH)));
    return choices;
  }

  static Map<String, String> timeZones() {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("UTC", "UTC");
    Arrays.stream(ZoneId.getAvailableZoneIds().toArray(String[]::new))
        .filter(
            id -> id.matches("(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*"))
        .sorted()
        .forEach(id -> choices.put(id, id.replace('_', ' ')));
    return choices;
  }

  static Map<String, String> papers() {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("A4", "A4");
    choices.put("LETTER", "US Letter");
    return choices;
  }

  private static Map<String, String> flipped(Map<String, String> byName) {
    Map<String, String> choices = new LinkedHashMap<>();
    byName.forEach((name, code) -> choices.put(code, name));
    return choices;
  }
}
