package org.postroom.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.access.Company;
import org.postroom.access.Letter;
import org.postroom.mail.Address;

class LetterWordsTests {
  private static final String LINK = "https://post.acme.example/invitation/abc";

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es", "it", "nl", "pt"})
  void everyLetterSaysWhatItIsForInEveryLanguage(String language) {
    Set<String> subjects = new HashSet<>();
    for (Letter.Kind kind : Letter.Kind.values()) {
      Notice words = LetterWords.of(letter(kind), company(Locale.of(language)));
      boolean asks = !kind.name().endsWith("_CHANGED");
      assertThat(words.text().contains(LINK)).as(kind.name()).isEqualTo(asks);
      assertThat(words.text().contains("2026")).as("until when").isEqualTo(asks);
      assertThat(words.subject() + words.text()).doesNotContain("{", "}", "''", "\\n");
      assertThat(words.text().lines().count()).isGreaterThanOrEqualTo(5);
      subjects.add(words.subject());
    }
    assertThat(subjects).hasSize(Letter.Kind.values().length);
    if (!language.equals("en"))
      assertThat(
              LetterWords.of(letter(Letter.Kind.INVITATION), company(Locale.of(language))).text())
          .isNotEqualTo(
              LetterWords.of(letter(Letter.Kind.INVITATION), company(Locale.ENGLISH)).text());
  }

  @Test
  void otherLanguagesReadEnglish() {
    Notice words = LetterWords.of(letter(Letter.Kind.INVITATION), company(Locale.JAPANESE));
    assertThat(words.subject()).isEqualTo("Maria O'Hara invites you to L'Artisan {x}");
    assertThat(words.text()).contains("company’s mail", "March 8, 2026");
  }

  private static Letter letter(Letter.Kind kind) {
    return new Letter(
        "co_1",
        "let_1",
        kind,
        Address.of("peter@acme.example"),
        LINK,
        "Maria O'Hara",
        Instant.parse("2026-03-08T10:00:00Z"));
  }

  private static Company company(Locale language) {
    return new Company(
        "co_1",
        language.equals(Locale.JAPANESE) ? "L'Artisan {x}" : "L'Artisan",
        List.of(),
        "FR",
        "EUR",
        language,
        java.time.ZoneId.of("Europe/Paris"),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "#1f5fbf",
        null,
        Company.Paper.A4);
  }
}
