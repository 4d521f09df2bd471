package org.postroom.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postroom.text.Output;
import org.postroom.text.Plain;
import org.postroom.text.Text;

/**
 * The built-in words of one language, from {@code messages/mail_<language>.properties}: each a
 * small text with placeholders. What a language lacks is said in English.
 */
final class Words {
  private static final Map<String, Optional<Words>> LANGUAGES = new ConcurrentHashMap<>();
  private static final String ENGLISH = "en";

  private final String language;
  private final Map<String, String> sources;
  private final Map<String, Text> words;

  private Words(String language, Map<String, String> sources, Map<String, Text> words) {
    this.language = language;
    this.sources = sources;
    this.words = words;
  }

  /** The words of the language, or English ones. */
  static Words in(Locale locale) {
    return of(locale.getLanguage()).orElseGet(() -> of(ENGLISH).orElseThrow());
  }

  static Optional<Words> of(String language) {
    // Only plain language codes may become part of a resource name (and of the cache).
    if (!language.matches("[a-z]{2,3}")) return Optional.empty();
    return LANGUAGES.computeIfAbsent(language, Words::read);
  }

  String language() {
    return language;
  }

  /** The filled-in word, empty where there is none or nothing is left of it. */
  String say(String key, Plain model, Locale locale) {
    Text word = find(key);
    return word == null ? "" : word.fill(model, locale).strip();
  }

  /** The word as it was written, with its placeholders; empty where there is none. */
  String source(String key) {
    String source = sources.get(key);
    if (source != null || language.equals(ENGLISH)) return source == null ? "" : source;
    return of(ENGLISH).orElseThrow().source(key);
  }

  boolean has(String key) {
    return find(key) != null;
  }

  private @Nullable Text find(String key) {
    Text word = words.get(key);
    if (word != null || language.equals(ENGLISH)) return word;
    return of(ENGLISH).orElseThrow().words.get(key);
  }

  private static Optional<Words> read(String language) {
    String name = "/messages/mail_" + language + ".properties";
    try (InputStream stream = Words.class.getResourceAsStream(name)) {
      if (stream == null) return Optional.empty();
      Properties properties = new Properties();
      properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
      Map<String, String> sources = new HashMap<>();
      Map<String, Text> words = new HashMap<>();
      for (String key : properties.stringPropertyNames()) {
        sources.put(key, properties.getProperty(key));
        words.put(key, Text.of(properties.getProperty(key), Output.TEXT));
      }
      return Optional.of(new Words(language, Map.copyOf(sources), Map.copyOf(words)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
