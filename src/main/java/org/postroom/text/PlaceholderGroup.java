package org.postroom.text;

import java.util.List;
import java.util.Locale;

/** Placeholders that belong together. */
public record PlaceholderGroup(
    String id, String name, String nameDe, List<Placeholder> placeholders) {
  public PlaceholderGroup {
    placeholders = List.copyOf(placeholders);
  }

  public String name(Locale language) {
    return language.getLanguage().equals("de") ? nameDe : name;
  }
}
