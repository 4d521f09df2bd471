package org.postroom.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An address is found however it stands in a text: one that is missed is not erased. */
class AddressesInTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "anna@x.example | anna@x.example",
        "To anna@x.example. | anna@x.example",
        "(anna@x.example) | anna@x.example",
        "Anna Berg <Anna.Berg@x.example>, ben@y.example | Anna.Berg@x.example",
        "Anna Berg <anna@x.example>, ben@y.example | ben@y.example",
        "{\"to\":[\"anna@x.example\"]} | anna@x.example",
        "\"Dear Anna,\\nanna@x.example wrote\" | anna@x.example",
        "'anna@x.example' | anna@x.example",
        "mailto:anna@x.example?subject=Hi | anna@x.example",
        "o'brien+orders@x.example | o'brien+orders@x.example",
        "from=anna@x.example; status | anna@x.example",
        "\"anna berg\"@x.example | \"anna berg\"@x.example",
        "käthe@müller.example wrote | käthe@müller.example",
        "…anna@x.example… | anna@x.example",
        "a@b@anna@x.example | anna@x.example"
      })
  void isFound(String text, String address) {
    assertThat(AddressesIn.of(text)).contains(address);
  }
}
