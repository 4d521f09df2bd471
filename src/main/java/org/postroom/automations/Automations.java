package org.postroom.automations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.automations.BusinessEvent.State;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.documents.Documents;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Business events and the automatic mails they make. */
@Service
public class Automations {
  private final Database database;
  private final Documents documents;
  private final Settings settings;
  private final OptionCheck check;
  private final ObjectProvider<AutomationHistory> histories;
  private final ApplicationEventPublisher events;

  Automations(
      Database database,
      Documents documents,
      Settings settings,
      OptionCheck check,
      ObjectProvider<AutomationHistory> histories,
      ApplicationEventPublisher events) {
    this.database = database;
    this.documents = documents;
    this.settings = settings;
    this.check = check;
    this.histories = histories;
    this.events = events;
  }

  /**
   * One automation and what is settled for it.
   *
   * @param version the API's ETag
   * @param changedAt null while nobody changed it; likewise {@code changedBy}, a name
   */
  public record Setting(
      Automation automation,
      Options options,
      long version,
      @Nullable Instant changedAt,
      @Nullable String changedBy) {
    static Setting initial(Automation automation) {
      return new Setting(automation, Options.INITIAL, 0, null, null);
    }

    public boolean enabled() {
      return options.enabled();
    }

    /** As if these options were kept and it were on. */
    Setting trying(Options other) {
      return new Setting(automation, other.enabled(true), version, changedAt, changedBy);
    }
  }

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
    return events(company, EventFilter.ALL, limit, cursor);
  }

  /** Newest first; with {@code after} the oldest first. */
  public Slice<BusinessEvent> events(
      String company, EventFilter filter, int limit, @Nullable String cursor) {
    String from = Slice.cursor(cursor, "evt");
    return database.read(sql ->
        Slice.of(EventRows.list(sql, company, filter, limit + 1, from), limit, BusinessEvent::id));
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
    return histories.stream()
        .filter(history -> history.automation() == automation)
        .findFirst()
        .map(history -> history.tally(company, since))
        .orElseGet(() -> database.read(sql -> TallyRows.of(sql, company, automation, since)));
  }

  /**
   * Which outcomes to list; null does not narrow.
   *
   * @param sent true: what was made, false: what was skipped
   * @param code of the reason, such as {@code already_sent}
   * @param since looked at since then
   */
  public record HistoryFilter(
      @Nullable Boolean sent, @Nullable String code, @Nullable Instant since) {
    public static final HistoryFilter ALL = new HistoryFilter(null, null, null);
  }

  /** One outcome with its event's id and type. */
  public record Past(String event, EventType type, Latest latest) {}

  /** Everything an automation did or let pass, by event, the newest event first. */
  public Slice<Past> history(
      String company,
      Automation automation,
      HistoryFilter filter,
      int limit,
      @Nullable String cursor) {
    String before = Slice.cursor(cursor, "evt");
    return database.read(sql ->
        Slice.of(
            TallyRows.history(sql, company, automation, filter, limit + 1, before),
            limit,
            Past::event));
  }

  public List<Setting> settings(String company) {
    return settings.all(company);
  }

  public Setting setting(String company, Automation automation) {
    return settings.of(company, automation);
  }

  /**
   * Switches an automation on or off. {@code expected} is the version seen before, null for any.
   */
  public Setting enable(
      Caller caller, Automation automation, boolean enabled, @Nullable Long expected) {
    return change(caller, automation, expected, options -> options.enabled(enabled));
  }

  /**
   * Changes what is settled for an automation.
   *
   * @param expected the version seen before, null for any
   * @throws Problem 412 where somebody changed it meanwhile, 422 where it names what does not exist
   *     or does not fit
   */
  public Setting change(
      Caller caller,
      Automation automation,
      @Nullable Long expected,
      UnaryOperator<Options> change) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    Setting seen = settings.of(caller.company(), automation);
    if (expected != null && expected != seen.version())
      throw Problem.of(412, "changed_meanwhile", "Somebody changed this meanwhile. Load it again.");
    Options wanted = change.apply(seen.options());
    check.check(caller.company(), automation, seen.options(), wanted);
    return settings.replace(caller, seen, wanted);
  }

  private BusinessEvent keep(Sql sql, Caller caller, Told told) {
    boolean fresh = EventRows.insert(sql, caller, told, sql.now()).isPresent();
    BusinessEvent event = EventRows.bySource(sql, caller.company(), told.source(), told.sourceId());
    boolean open = fresh || (event.state() != State.ACCEPTED && undecided(event));
    if (told.carried() != null && open)
      documents.put(caller, told.carried().document(), told.carried().source());
    if (fresh || !EventRows.reopen(sql, event.company(), event.id())) return event;
    return EventRows.bySource(sql, caller.company(), told.source(), told.sourceId());
  }

  /** Whether something could not be decided: only then it is looked at again. */
  private static boolean undecided(BusinessEvent event) {
    return event.outcomes().stream()
        .anyMatch(outcome -> EventRows.UNDECIDED.contains(String.valueOf(outcome.code())));
  }
}
