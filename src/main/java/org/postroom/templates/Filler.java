package org.postroom.templates;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postroom.text.Filled;
import org.postroom.text.Plain;
import org.postroom.text.Text;

/** Fills in the texts of one mail and notes what they require and do not get. */
final class Filler {
  private final Plain model;
  private final Locale locale;
  private final Set<String> missing = new LinkedHashSet<>();

  Filler(Plain model, Locale locale) {
    this.model = model;
    this.locale = locale;
  }

  Plain model() {
    return model;
  }

  Locale locale() {
    return locale;
  }

  String fill(Text text) {
    Filled filled = text.filled(model, locale);
    missing.addAll(filled.missing());
    return filled.text();
  }

  /** Each once, in the order they were met. */
  List<String> missing() {
    return List.copyOf(missing);
  }
}
