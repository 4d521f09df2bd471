package org.postroom.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.db.Database;
import org.postroom.testkit.TestDatabase;

/** Each language says all that English says, about the same things. */
class LanguagesTests {
  private static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "it", "nl", "pt");
  private static final Path MESSAGES = Path.of("src/main/resources/messages");
  private static final Pattern TAG = Pattern.compile("\\{\\{[#/]?([a-z_.]+)[^}]*}}|\\{[0-9a-z]+}");
  private static final Pattern WORDS = Pattern.compile("\\p{L}{2}");

  static Stream<String> others() {
    return LANGUAGES.stream().filter(language -> !language.equals("en"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void mailsSayAll(String language) throws IOException {
    Properties english = words("mail_en");
    Properties other = words("mail_" + language);
    Set<String> wanted =
        english.stringPropertyNames().stream()
            // Reasons are said in English; what has no words of its own is the same everywhere.
            .filter(key -> !key.endsWith(".name"))
            .filter(key ->
                WORDS
                    .matcher(
                        english
                            .getProperty(key)
                            .replaceAll("\\{\\{.*?}}", "")
                            .replace("IBAN", "")
                            .replace("BIC", ""))
                    .find())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(other.stringPropertyNames()).containsAll(wanted);
    assertThat(english.stringPropertyNames()).containsAll(other.stringPropertyNames());
  }

  @ParameterizedTest
  @MethodSource("others")
  void mailsNameTheSamePlaceholders(String language) throws IOException {
    Properties english = words("mail_en");
    Properties other = words("mail_" + language);
    for (String key : other.stringPropertyNames())
      assertThat(tags(other.getProperty(key)))
          .as(language + " " + key)
          .isEqualTo(tags(english.getProperty(key)));
  }

  @ParameterizedTest
  @MethodSource("others")
  void documentsSayAllAndNameTheSamePlaceholders(String language) throws IOException {
    sayTheSame(language, words("document_en"), words("document_" + language));
  }

  @ParameterizedTest
  @MethodSource("others")
  void downloadsSayAllAndNameTheSamePlaceholders(String language) throws IOException {
    sayTheSame(language, words("download"), words("download_" + language));
  }

  @ParameterizedTest
  @MethodSource("others")
  void payingSaysAllAndNamesTheSamePlaceholders(String language) throws IOException {
    sayTheSame(language, words("pay"), words("pay_" + language));
    assertThat(words("pay").stringPropertyNames())
        .containsAll(words("pay_" + language).stringPropertyNames());
  }

  private static void sayTheSame(String language, Properties english, Properties other) {
    assertThat(other.stringPropertyNames()).containsAll(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(tags(other.getProperty(key)))
          .as(language + " " + key)
          .isEqualTo(tags(english.getProperty(key)));
      // Some words are printed by a formatter that takes them for quotation marks.
      assertThat(other.getProperty(key)).as(language + " " + key).isNotBlank().doesNotContain("'");
    }
  }

  @Test
  void everyPurposeIsWrittenInEachLanguage() {
    try (Database database = TestDatabase.SQLITE.open(null)) {
      Templates templates = new Templates(database, company -> Locale.ENGLISH);
      assertThat(templates.languages()).isEqualTo(LANGUAGES);
      for (String language : LANGUAGES) {
        Set<String> subjects = new TreeSet<>();
        for (String purpose : MailSamples.PURPOSES) {
          Locale locale = Locale.forLanguageTag(language);
          Content content =
              templates.render(new Wish("com_1", purpose, null, null, locale, SampleModels.full()));
          assertThat(content.template()).isEqualTo("built-in:" + purpose + ":" + language);
          assertThat(content.html() + content.text() + content.subject())
              .doesNotContain("{{", "}}", "<co", "<N>")
              .doesNotContainPattern("\\bnull\\b");
          boolean aboutOne = !purpose.equals("statement") && !purpose.endsWith("_invitation");
          assertThat(content.subject()).contains(aboutOne ? "INV-2026-0412" : "");
          assertThat(Jsoup.parse(content.html()).text()).contains("Anna Byrne", "INV-2026-0412");
          assertThat(content.text()).doesNotContain(" .", " ,", "  ");
          subjects.add(content.subject());
        }
        assertThat(subjects.size()).isGreaterThan(MailSamples.PURPOSES.size() - 3);
      }
    }
  }

  private static List<String> tags(String text) {
    return TAG.matcher(text)
        .results()
        .map(tag -> tag.group().replaceAll("\\s+", " "))
        .sorted()
        .toList();
  }

  private static Properties words(String name) throws IOException {
    Properties words = new Properties();
    try (Reader reader =
        Files.newBufferedReader(MESSAGES.resolve(name + ".properties"), StandardCharsets.UTF_8)) {
      words.load(reader);
    }
    return words;
  }
}
