package org.postroom.automations;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postroom.automations.Automations.Setting;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.automations.BusinessEvent.State;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.springframework.stereotype.Component;

/**
 * One event: each automation that listens to it makes a message or a reason why not. Composing
 * needs time and happens before the transaction; storing the message, claiming its occasion and
 * ending the event is one commit, so a happening makes its message exactly once, whatever is
 * retried, told again or killed.
 */
@Component
class HandleEvent {
  private static final int TRIES = 5;
  private static final Set<String> WAITS_FOR =
      Set.of(Gates.UNKNOWN_DOCUMENT, Gates.UNKNOWN_PARTNER);

  private final Database database;
  private final Settings settings;
  private final Matters matters;
  private final Decide decide;
  private final KeepDecision keepDecision;

  HandleEvent(
      Database database,
      Settings settings,
      Matters matters,
      Decide decide,
      KeepDecision keepDecision) {
    this.database = database;
    this.settings = settings;
    this.matters = matters;
    this.decide = decide;
    this.keepDecision = keepDecision;
  }

  State handle(BusinessEvent event) {
    for (int i = 1; ; i++) {
      try {
        return handleOnce(event);
      } catch (Overtaken meanwhile) {
        // The world changed between deciding and keeping: decide again.
        if (i == TRIES) throw meanwhile;
      }
    }
  }

  private State handleOnce(BusinessEvent event) {
    Matter matter = matters.of(event);
    List<Decision> decided = decide.of(matter, undecided(event));
    return database.write(sql -> {
      refuseIfArrived(matter, decided);
      List<Outcome> fresh = new ArrayList<>();
      for (Decision one : decided) fresh.addAll(keepDecision.keep(sql, matter, one));
      return end(sql, event, fresh);
    });
  }

  /** What was decided when it was looked at before stays. */
  private List<Setting> undecided(BusinessEvent event) {
    Set<String> before =
        event.outcomes().stream().map(Outcome::automation).collect(Collectors.toSet());
    List<Automation> listening =
        Automation.on(event.type()).stream()
            .filter(automation -> !before.contains(automation.word()))
            .toList();
    return listening.isEmpty() ? List.of() : settings.of(event.company(), listening);
  }

  /** A document that came in meanwhile found no event that waits for it. */
  private void refuseIfArrived(Matter matter, List<Decision> decided) {
    boolean missed =
        decided.stream()
            .anyMatch(one ->
                one instanceof Decision.Skip(Outcome outcome)
                    && WAITS_FOR.contains(String.valueOf(outcome.code())));
    if (missed && matters.of(matter.event()).known()) throw new Overtaken();
  }

  private static State end(Sql sql, BusinessEvent event, List<Outcome> fresh) {
    State state =
        Stream.concat(event.outcomes().stream(), fresh.stream()).anyMatch(Outcome::done)
            ? State.HANDLED
            : State.SKIPPED;
    boolean waits =
        fresh.stream().anyMatch(outcome -> WAITS_FOR.contains(String.valueOf(outcome.code())));
    // Somebody else ended it: the exception undoes the messages just stored.
    if (!EventRows.end(sql, event, state, waits, sql.now())) throw new HandledElsewhere();
    fresh.forEach(outcome -> EventRows.outcome(sql, event, outcome, sql.now()));
    return state;
  }

  /** What was decided on is not so any more; nothing was kept. */
  static final class Overtaken extends RuntimeException {
    Overtaken() {
      super("overtaken", null, false, false);
    }
  }

  /** Another node was faster; nothing is wrong. */
  static final class HandledElsewhere extends RuntimeException {
    HandledElsewhere() {
      super("handled elsewhere", null, false, false);
    }
  }
}
