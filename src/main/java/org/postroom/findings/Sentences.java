package org.postroom.findings;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words of the findings: {@code messages/finding_<language>.properties}. What a language lacks
 * stays English. A sentence with {@code {name}} is used only where that value is known.
 */
final class Sentences {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]{1,20})}");
  private static final int MOST_STEPS = 9;

  private final Map<String, Map<String, String>> byLanguage;

  private Sentences(Map<String, Map<String, String>> byLanguage) {
    this.byLanguage = byLanguage;
  }

  static Sentences read() {
    Map<String, Map<String, String>> byLanguage = new HashMap<>();
    byLanguage.put("en", read("en"));
    Map<String, String> german = new HashMap<>(read("en"));
    german.putAll(read("de"));
    byLanguage.put("de", german);
    return new Sentences(byLanguage);
  }

  Text in(Locale locale, Map<String, String> values) {
    Map<String, String> words = byLanguage.get(locale.getLanguage());
    return new Text(words == null ? words("en") : words, values);
  }

  /** Null where a value is not known. */
  static @Nullable String filled(String sentence, Map<String, String> values) {
    Matcher matcher = PLACEHOLDER.matcher(sentence);
    var filled = new StringBuilder();
    while (matcher.find()) {
      String value = values.get(matcher.group(1));
      if (value == null) return null;
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(filled).toString();
  }

  private Map<String, String> words(String language) {
    return java.util.Objects.requireNonNull(byLanguage.get(language));
  }

  private static Map<String, String> read(String language) {
    String path = "/messages/finding_" + language + ".properties";
    var properties = new Properties();
    try (InputStream in = Sentences.class.getResourceAsStream(path)) {
      if (in == null) return Map.of();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new IllegalStateException(path + " cannot be read.", failure);
    }
    Map<String, String> words = new HashMap<>();
    properties.forEach((key, value) -> words.put(key.toString(), value.toString()));
    return Map.copyOf(words);
  }

  /** The sentences of one language, with values. */
  record Text(Map<String, String> words, Map<String, String> values) {

    Text with(Map<String, String> others) {
      return new Text(words, others);
    }

    /** The sentence of a finding: with particulars where they are known ({@code .known}). */
    String what(String id, Action action) {
      for (String key : List.of(variant(id, action) + ".what", id + ".known", id + ".what")) {
        String sentence = words.get(key);
        String filled = sentence == null ? null : filled(sentence, values);
        if (filled != null) return filled;
      }
      throw new IllegalStateException("There is no sentence for " + id + ".");
    }

    /** Its steps; those of the action where the finding has several. */
    List<String> steps(String id, Action action) {
      List<String> own = stepsOf(variant(id, action));
      return own.isEmpty() ? stepsOf(id) : own;
    }

    /** {@code <key>.1} to {@code <key>.9}; a step whose values are not known is left out. */
    List<String> stepsOf(String key) {
      List<String> steps = new ArrayList<>();
      for (int i = 1; i <= MOST_STEPS; i++) {
        String step = words.get(key + "." + i);
        String filled = step == null ? null : filled(step, values);
        if (filled != null) steps.add(filled);
      }
      return List.copyOf(steps);
    }

    boolean has(String key) {
      return words.containsKey(key);
    }

    String sentence(String key) {
      String sentence = words.get(key);
      String filled = sentence == null ? null : filled(sentence, values);
      if (filled == null) throw new IllegalStateException("There is no sentence for " + key + ".");
      return filled;
    }

    private static String variant(String id, Action action) {
      return id + "." + action.name().toLowerCase(Locale.ROOT);
    }
  }
}
