package org.postroom.documents.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.documents.DocumentKind;

class StarterTests {
  static List<Starter> all() {
    return Starter.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyStarterPassesItsOwnChecksAndPrintsItsKindsInTwoLanguages(Starter starter) {
    assertThat(OwnPress.check(starter.design())).isEmpty();
    for (DocumentKind kind : starter.kinds())
      for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
        byte[] pdf =
            OwnPressTests.PRESS.print(
                starter.design(), Sample.of(kind, OwnPressTests.acme(), language));
        OwnPressTests.keep(starter.id() + "-" + kind.word() + "-" + language, pdf);
        assertThat(OwnPressTests.text(pdf)).contains("SAMPLE-1", "Contoso Bakery");
      }
  }
}
