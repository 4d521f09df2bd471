package org.postroom.happenings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.outbox.MessageState;

class HappeningTypeTests {
  /** Being sent is a matter of seconds, and nothing a receiver could act on. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SENDING")
  void everyStateOfAMessageIsHeardOf(MessageState state) {
    assertThat(HappeningType.of("message." + state.word())).isPresent();
  }

  @Test
  void whatOnlyTheTimelineSaysIsNot() {
    assertThat(HappeningType.of("message.sending")).isEmpty();
    assertThat(HappeningType.of("message.repeated")).isEmpty();
  }
}
