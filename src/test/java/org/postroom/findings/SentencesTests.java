package org.postroom.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SentencesTests {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-z]+}");

  @Test
  void germanHasEverySentenceWithTheSameValues() {
    Map<Object, Object> english = words("en");
    Map<Object, Object> german = words("de");
    assertThat(new TreeSet<>(strings(german.keySet())))
        .isEqualTo(new TreeSet<>(strings(english.keySet())));
    english.forEach((key, sentence) ->
        assertThat(placeholders(german.get(key)))
            .as(key.toString())
            .isEqualTo(placeholders(sentence)));
  }

  @Test
  void everySentenceBelongsToAFinding() {
    Catalogue catalogue = Catalogue.read();
    for (Object key : words("en").keySet()) {
      String first = key.toString().split("\\.")[0];
      if (Set.of("unknown", "fix", "calendar", "action").contains(first)) continue;
      assertThat(catalogue.row(first)).as(key.toString()).isPresent();
    }
  }

  @Test
  void wordsOfTheTradeStayOutOfTheFirstSentence() {
    for (Finding finding : new Findings().all())
      assertThat(finding.what())
          .doesNotContainPattern(
              "\\b(EHLO|SASL|MX|RCPT|MAIL FROM|socket|exception|handshake|NXDOMAIN|OAuth|XOAUTH2)\\b");
  }

  @Test
  void actionsHaveWords() {
    Arrays.stream(Action.values())
        .forEach(action -> assertThat(new Findings().whoActs(action)).isNotBlank());
  }

  @Test
  void germanIsGerman() {
    String what = new Findings().find("R02", Map.of(), Locale.GERMANY).orElseThrow().what();
    assertThat(what).isEqualTo("Diesen Empfänger gibt es nicht.");
  }

  private static Set<String> placeholders(Object sentence) {
    return PLACEHOLDER
        .matcher(sentence.toString())
        .results()
        .map(found -> found.group())
        .collect(Collectors.toSet());
  }

  private static Set<String> strings(Set<Object> keys) {
    return keys.stream().map(Object::toString).collect(Collectors.toSet());
  }

  private static Map<Object, Object> words(String language) {
    var properties = new Properties();
    String path = "/messages/finding_" + language + ".properties";
    try (var in =
        new InputStreamReader(
            Objects.requireNonNull(SentencesTests.class.getResourceAsStream(path)),
            StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
    return properties;
  }
}
