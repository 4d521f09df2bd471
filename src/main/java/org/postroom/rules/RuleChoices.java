package org.postroom.rules;

import java.util.Map;

/** Knows what rules may name; rules themselves know neither accounts nor layouts. */
@FunctionalInterface
public interface RuleChoices {
  /** What is named. */
  enum Of {
    LAYOUT("layout"),
    TEMPLATE("template"),
    ACCOUNT("account"),
    DOCUMENT_KIND("kind of document"),
    PURPOSE("purpose"),
    STANDING_FILE("standing file");

    private final String words;

    Of(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** Id to name, in the order of a choice list. */
  Map<String, String> of(String company, Of what);
}
