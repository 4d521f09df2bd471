package org.postroom.automations;

import java.util.List;
import org.postroom.automations.Automations.Setting;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.compose.Composition;

/** What an event gives rise to, as one or two automations see it. Nothing is stored yet. */
sealed interface Decision {

  /** No mail, and why. */
  record Skip(Outcome outcome) implements Decision {}

  /**
   * One mail.
   *
   * @param leading whose mail it is
   * @param along automations whose document goes along in it
   */
  record Mail(Setting leading, List<Setting> along, Composition composition) implements Decision {
    public Mail {
      along = List.copyOf(along);
    }
  }

  /** People are told inside Postroom instead. */
  record Tell(Setting setting, InternalNotice.Notice notice) implements Decision {}
}
