package org.postroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class DecimalsTests {
  private final JsonMapper json = JsonMapper.builder().addModule(new Decimals()).build();

  record Price(@Nullable BigDecimal amount) {}

  @Test
  void amountsAreWrittenAsPlainText() {
    assertThat(json.writeValueAsString(new Price(new BigDecimal("1284.50"))))
        .isEqualTo("{\"amount\":\"1284.50\"}");
    assertThat(json.writeValueAsString(new Price(new BigDecimal("1E+3"))))
        .isEqualTo("{\"amount\":\"1000\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1.20\"", "1.20", "\" 1.20 \""})
  void amountsAreReadFromTextAndNumbers(String value) {
    assertThat(json.readValue("{\"amount\":" + value + "}", Price.class).amount())
        .isEqualTo(new BigDecimal("1.20"));
  }

  @Test
  void noAmountStaysNone() {
    assertThat(json.readValue("{\"amount\":null}", Price.class).amount()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1,20\"", "1e999999999", "\"1e-99999\"", "true", "{}", "[1]", "\"\""})
  void everythingElseIsRefusedWithItsPlace(String value) {
    assertThatThrownBy(() -> json.readValue("{\"amount\":" + value + "}", Price.class))
        .isInstanceOfSatisfying(
            JacksonException.class,
            failure ->
                assertThat(UnreadableJson.of(failure).errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.pointer()).isEqualTo("/amount")));
  }
}
