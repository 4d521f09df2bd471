package org.postroom.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IbanTests {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DE89370400440532013000",
        "GB82WEST12345698765432",
        "NL91ABNA0417164300",
        "NO9386011117947"
      })
  void takesRealOnes(String iban) {
    assertThat(Iban.of(iban)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DE89370400440532013001",
        "DE8937040044053201300",
        "",
        "XX00",
        "DE98370400440532013000",
        "DE8937040044053201300Ä"
      })
  void refusesMistypedOnes(String iban) {
    assertThat(Iban.of(iban)).isEmpty();
  }
}
