package org.postroom.automations;

import java.time.Duration;
import java.util.List;
import org.postroom.db.Database;
import org.postroom.documents.DocumentArrival;
import org.postroom.documents.DocumentKind;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Events that were told before what they are about are looked at again when it arrives: at once,
 * and now and then those that were overlooked because both came in the same moment.
 */
@Component
class Reopen implements DocumentArrival {
  /** What is told much later than its event is no news any more. */
  private static final Duration WAITED_FOR = Duration.ofDays(30);

  private static final int AT_ONCE = 500;

  private final Database database;
  private final ApplicationEventPublisher events;

  Reopen(Database database, ApplicationEventPublisher events) {
    this.database = database;
    this.events = events;
  }

  @Override
  public void arrived(String company, DocumentKind kind, String number) {
    database.run(sql -> {
      List<String> waiting =
          EventRows.waiting(sql, company, kind.word(), number, sql.now().minus(WAITED_FOR));
      for (String event : waiting) EventRows.reopen(sql, company, event);
      if (!waiting.isEmpty()) tell();
    });
  }

  /** How many were opened again. */
  int overlooked() {
    List<String[]> found =
        database.read(sql -> EventRows.overlooked(sql, sql.now().minus(WAITED_FOR), AT_ONCE));
    if (found.isEmpty()) return 0;
    database.run(sql -> {
      for (String[] key : found) EventRows.reopen(sql, key[0], key[1]);
      tell();
    });
    return found.size();
  }

  private void tell() {
    database.afterCommit(() -> events.publishEvent(new Automations.EventsTold()));
  }
}
