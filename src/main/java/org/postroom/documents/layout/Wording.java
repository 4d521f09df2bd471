package org.postroom.documents.layout;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The printed words of one language, from {@code messages/document_<language>.properties}. What a
 * language lacks is said in English.
 */
final class Wording {
  private static final Map<String, Optional<Map<String, String>>> FILES = new ConcurrentHashMap<>();
  private static final Map<String, String> ENGLISH = file("en").orElseThrow();

  private final Map<String, String> words;
  private final String language;

  private Wording(String language, Map<String, String> words) {
    this.language = language;
    this.words = words;
  }

  static Wording in(Locale locale) {
    String language = locale.getLanguage();
    // Only plain language codes may become part of a resource name (and of the cache).
    if (!language.matches("[a-z]{2,3}")) return new Wording("en", ENGLISH);
    return FILES
        .computeIfAbsent(language, Wording::file)
        .map(words -> new Wording(language, words))
        .orElseGet(() -> new Wording("en", ENGLISH));
  }

  /** The language the words are in, which is English where the wished one is not there. */
  String language() {
    return language;
  }

  /** Every word there is. */
  Map<String, String> all() {
    Map<String, String> all = new java.util.TreeMap<>(ENGLISH);
    all.putAll(words);
    return all;
  }

  String of(String key) {
    String word = words.get(key);
    return word != null ? word : ENGLISH.getOrDefault(key, key);
  }

  /** The more special word where there is one. */
  String of(String key, String special) {
    return find(key + "." + special).orElseGet(() -> of(key));
  }

  Optional<String> find(String key) {
    return Optional.ofNullable(words.get(key)).or(() -> Optional.ofNullable(ENGLISH.get(key)));
  }

  private static Optional<Map<String, String>> file(String language) {
    var stream =
        Wording.class.getResourceAsStream("/messages/document_" + language + ".properties");
    if (stream == null) return Optional.empty();
    try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      Properties properties = new Properties();
      properties.load(reader);
      return Optional.of(
          properties.stringPropertyNames().stream()
              .collect(Collectors.toUnmodifiableMap(key -> key, properties::getProperty)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
