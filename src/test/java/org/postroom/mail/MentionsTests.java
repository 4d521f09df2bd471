package org.postroom.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MentionsTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@x.example",
        "to A@X.example.",
        "<a@x.example>",
        "{\"to\":\"a@x.example\"}",
        "\"Hello,\\na@x.example wrote\"",
        "maria@x.example, a@x.example",
        "mailto:a@x.example?cc=b@x.example",
        "'a@x.example'"
      })
  void isMentioned(String text) {
    assertThat(Mentions.in(text, "a@x.example")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maria@x.example",
        "m.a@x.example",
        "m+a@x.example",
        "a@x.example.org",
        "a@x.examples",
        "a@x.example-shop.example",
        "b@x.example",
        ""
      })
  void isNotMentioned(String text) {
    assertThat(Mentions.in(text, "a@x.example")).isFalse();
  }
}
