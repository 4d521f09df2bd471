package org.postroom.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A placeholder that is promised.
 *
 * @param group id of its group
 * @param path as it is written: {@code document.due_date}; within a loop the name alone
 * @param within the list whose loop it belongs to, such as {@code document.lines}; null outside
 * @param name for people, in English
 * @param nameDe for people, in German
 * @param about one sentence more where the name does not say all; else empty
 * @param sample a value as the model holds it
 * @param currency for amounts: the placeholder that holds their currency
 */
public record Placeholder(
    String group,
    String path,
    @Nullable String within,
    Kind kind,
    String name,
    String nameDe,
    String about,
    String sample,
    @Nullable String currency) {

  public enum Kind {
    TEXT,
    /** ISO 8601; written with {@code date}. */
    DATE,
    /** Exact figure; written with {@code money}. */
    AMOUNT,
    /** Exact figure; written with {@code number}. */
    NUMBER,
    /** Several texts; written alone they are joined by commas. */
    TEXTS,
    /** Entries with names of their own, for {@code each}. */
    LIST,
    /** Names the ERP chooses: {@code document.fields.cost_centre}. */
    MAP;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public String name(Locale language) {
    return language.getLanguage().equals("de") ? nameDe : name;
  }

  /** Its whole path from the model's root: {@code document.lines.sku}. */
  public String full() {
    return within == null ? path : within + "." + path;
  }

  /** What to put into a text so that it reads well. */
  public String insert() {
    return switch (kind) {
      case DATE -> "{{date " + path + "}}";
      case AMOUNT ->
          currency == null ? "{{number " + path + "}}" : "{{money " + path + " " + currency + "}}";
      case NUMBER -> "{{number " + path + "}}";
      case LIST -> "{{#each " + path + "}}\n\n{{/each}}";
      case MAP -> "{{#each " + path + "}}{{@key}}: {{this}}\n{{/each}}";
      case TEXT, TEXTS -> "{{" + path + "}}";
    };
  }
}
