package org.postroom.automations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.automations.BusinessEvent.State;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.documents.Documents;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Business events and the automatic mails they make. */
@Service
public class Automations {
  private final Database database;
  private final Documents documents;
  private final Audit audit;
  private final ApplicationEventPublisher events;

  Automations(
      Database database, Documents documents, Audit audit, ApplicationEventPublisher events) {
    this.database = database;
    this.documents = documents;
    this.audit = audit;
    this.events = events;
  }

  /** One automation and its switch. The version is the API's ETag. */
  public record Setting(Automation automation, boolean enabled, long version) {}

  /** Events are there to be handled; published once they are durable. */
  record EventsTold() {}

  /**
   * Keeps events; when this returns they are on disk, all or none. An event told before gives the
   * same answer, except that one whose document was missing is looked at again.
   */
  public List<BusinessEvent> tell(Caller caller, List<Told> told) {
    caller.require(Right.WRITE_EVENTS);
    return database.write(sql -> {
      List<BusinessEvent> kept = new ArrayList<>();
      for (Told one : told) kept.add(keep(sql, caller, one));
      database.afterCommit(() -> events.publishEvent(new EventsTold()));
      return kept;
    });
  }

  public Optional<BusinessEvent> event(String company, String id) {
    return database.read(sql -> EventRows.find(sql, company, id));
  }

  /** Newest first. */
  public Slice<BusinessEvent> events(String company, int limit, @Nullable String cursor) {
    String before = Slice.cursor(cursor, "evt");
    return database.read(
        sql -> Slice.of(EventRows.list(sql, company, limit + 1, before), limit, BusinessEvent::id));
  }

  /**
   * What one automation did of late.
   *
   * @param sent messages made since the moment asked for
   * @param skipped events it let pass, for a reason
   * @param last its newest outcomes, newest first
   */
  public record Tally(long sent, long skipped, List<Latest> last) {
    public Tally {
      last = List.copyOf(last);
    }
  }

  /** One outcome of an automation and the document it was about. */
  public record Latest(
      Instant at, String documentKind, String documentNumber, BusinessEvent.Outcome outcome) {}

  /** Counted since the moment; the newest three outcomes whenever they were. */
  public Tally tally(String company, Automation automation, Instant since) {
    return database.read(sql -> TallyRows.of(sql, company, automation, since));
  }

  public List<Setting> settings(String company) {
    Map<String, SwitchRows.Switch> rows = database.read(sql -> SwitchRows.all(sql, company));
    return Arrays.stream(Automation.values()).map(automation -> setting(automation, rows)).toList();
  }

  public Setting setting(String company, Automation automation) {
    return setting(automation, database.read(sql -> SwitchRows.all(sql, company)));
  }

  /**
   * Switches an automation on or off. {@code expected} is the version seen before, null for any.
   */
  public Setting enable(
      Caller caller, Automation automation, boolean enabled, @Nullable Long expected) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    return database.write(sql -> {
      Setting before = setting(automation, SwitchRows.all(sql, caller.company()));
      if (expected != null && expected != before.version()) {
        throw Problem.of(
            412, "changed_meanwhile", "Somebody changed this meanwhile. Load it again.");
      }
      if (before.enabled() == enabled) return before;
      SwitchRows.set(sql, caller, automation, enabled, sql.now());
      audit.record(
          caller,
          "automation.switched",
          automation.word(),
          onOff(before.enabled()),
          onOff(enabled));
      return setting(automation, SwitchRows.all(sql, caller.company()));
    });
  }

  private BusinessEvent keep(Sql sql, Caller caller, Told told) {
    Instant now = sql.now();
    boolean fresh = EventRows.insert(sql, caller, told, now).isPresent();
    BusinessEvent event = EventRows.bySource(sql, caller.company(), told.source(), told.sourceId());
    boolean missing = event.state() == State.SKIPPED;
    if (told.carried() != null && (fresh || missing))
      documents.put(caller, told.carried().document(), told.carried().source());
    if (!fresh && missing && EventRows.reopen(sql, event)) {
      return EventRows.bySource(sql, caller.company(), told.source(), told.sourceId());
    }
    return event;
  }

  private static Setting setting(Automation automation, Map<String, SwitchRows.Switch> rows) {
    SwitchRows.Switch row = rows.getOrDefault(automation.word(), SwitchRows.Switch.OFF);
    return new Setting(automation, row.enabled(), row.version());
  }

  private static String onOff(boolean enabled) {
    return enabled ? "on" : "off";
  }
}
