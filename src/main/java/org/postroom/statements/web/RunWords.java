package org.postroom.statements.web;

import java.util.EnumMap;
import java.util.Map;
import org.postroom.http.Chip;
import org.postroom.statements.StatementRun;

/** How a run's state is shown. */
final class RunWords {
  private RunWords() {}

  static Map<StatementRun.State, Chip> chips() {
    Map<StatementRun.State, Chip> chips = new EnumMap<>(StatementRun.State.class);
    for (StatementRun.State state : StatementRun.State.values()) chips.put(state, chip(state));
    return chips;
  }

  static Chip chip(StatementRun.State state) {
    return switch (state) {
      case PLANNING -> new Chip("wait", "clock", "Looking through customers");
      case PLANNED -> new Chip("info", "info", "Ready to send");
      case RUNNING -> new Chip("wait", "clock", "Sending");
      case STOPPED -> new Chip("off", "dash", "Stopped");
      case DONE -> new Chip("ok", "tick", "Done");
    };
  }
}
