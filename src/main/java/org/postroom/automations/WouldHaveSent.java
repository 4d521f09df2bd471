package org.postroom.automations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.automations.Automations.Setting;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.compose.Composition;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.outbox.Draft;
import org.postroom.outbox.Message.DocumentRef;
import org.springframework.stereotype.Service;

/**
 * What an automation would have made of the events of late if it had been on, as things stand now.
 * Nothing is kept by asking.
 */
@Service
public class WouldHaveSent {
  /** However many events there are, nobody waits longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final int MOST_DAYS = 90;
  private static final int MOST = 100;

  private final Database database;
  private final Settings settings;
  private final OptionCheck check;
  private final Matters matters;
  private final Decide decide;

  WouldHaveSent(
      Database database, Settings settings, OptionCheck check, Matters matters, Decide decide) {
    this.database = database;
    this.settings = settings;
    this.check = check;
    this.matters = matters;
    this.decide = decide;
  }

  /**
   * One event.
   *
   * @param outcome what it came to then, null where it was not looked at yet
   * @param mail what would go now; null where nothing would
   * @param reason why nothing would, null where something would
   */
  public record Line(
      String event,
      Instant at,
      DocumentRef document,
      @Nullable String partner,
      @Nullable Outcome outcome,
      @Nullable Mail mail,
      @Nullable Outcome reason) {}

  /**
   * A mail in short.
   *
   * @param account name of the account
   * @param internal told inside Postroom, to nobody by mail
   * @param sendAt null: at once
   */
  public record Mail(
      List<Draft.To> to,
      String subject,
      @Nullable String account,
      @Nullable Instant sendAt,
      boolean internal) {
    public Mail {
      to = List.copyOf(to);
    }
  }

  /**
   * What came out.
   *
   * @param lines the newest event first
   * @param events how many events there were, at most one more than were looked at
   * @param cut whether there were more than were looked at
   */
  public record Trial(List<Line> lines, int events, boolean cut) {
    public Trial {
      lines = List.copyOf(lines);
    }

    public long mails() {
      return lines.stream().filter(line -> line.mail() != null).count();
    }
  }

  /**
   * Events of the last days, as if the automation were on.
   *
   * @param change to the options that are kept, for looking before keeping them
   * @param days 1 to 90
   * @param most events, 1 to 100; fewer where writing their mails takes too long
   * @throws Problem 409 where no event sets the automation off, 422 where the options cannot be
   */
  public Trial trial(
      Caller caller, Automation automation, UnaryOperator<Options> change, int days, int most) {
    Setting setting = setting(caller, automation, change);
    if (days < 1 || days > MOST_DAYS)
      throw Problem.invalid("/days", "out_of_range", "“days” must be from 1 to 90.");
    if (most < 1 || most > MOST)
      throw Problem.invalid("/limit", "out_of_range", "“limit” must be from 1 to 100.");
    Instant since = database.now().minus(Duration.ofDays(days));
    List<BusinessEvent> events =
        database.read(
            sql -> EventRows.ofType(sql, caller.company(), trigger(automation), since, most + 1));
    long until = System.nanoTime() + PATIENCE.toNanos();
    List<Line> lines = new ArrayList<>();
    for (BusinessEvent event : events) {
      if (lines.size() == most || (!lines.isEmpty() && System.nanoTime() - until > 0)) break;
      lines.add(line(event, setting));
    }
    return new Trial(lines, events.size(), lines.size() < events.size());
  }

  /**
   * The mail an event would make, byte for byte; nothing is kept.
   *
   * @param event id of one that sets the automation off
   * @throws Problem 404, 409, and 422 with the reason where there would be none
   */
  public Composition look(
      Caller caller, Automation automation, UnaryOperator<Options> change, String event) {
    Setting setting = setting(caller, automation, change);
    BusinessEvent found =
        database
            .read(sql -> EventRows.find(sql, caller.company(), event))
            .filter(each -> each.type() == trigger(automation))
            .orElseThrow(() -> Problem.notFound("The event " + event));
    Decision decision = decided(matters.of(found).looking(), setting);
    if (decision instanceof Decision.Mail mail) return mail.composition();
    if (decision instanceof Decision.Skip(Outcome outcome))
      throw Problem.invalid(
          "/event", String.valueOf(outcome.code()), String.valueOf(outcome.skipped()));
    throw Problem.conflict("no_mail", "This is told inside Postroom, not by mail.");
  }

  private Setting setting(Caller caller, Automation automation, UnaryOperator<Options> change) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    trigger(automation);
    Setting kept = settings.of(caller.company(), automation);
    Options wanted = change.apply(kept.options());
    check.check(caller.company(), automation, kept.options(), wanted);
    return kept.trying(wanted);
  }

  private static EventType trigger(Automation automation) {
    EventType trigger = automation.trigger();
    if (trigger != null) return trigger;
    throw Problem.conflict(
        "no_event", "No event sets off “" + automation.title() + "”; it has a dry run of its own.");
  }

  private Line line(BusinessEvent event, Setting setting) {
    Matter matter = matters.of(event).looking();
    Decision decision = decided(matter, setting);
    Outcome then =
        event.outcomes().stream()
            .filter(outcome -> outcome.automation().equals(setting.automation().word()))
            .findFirst()
            .orElse(null);
    return new Line(
        event.id(),
        event.receivedAt(),
        matter.ref(),
        matter.partner() == null ? null : matter.partner().name(),
        then,
        mail(decision),
        decision instanceof Decision.Skip(Outcome outcome) ? outcome : null);
  }

  /** With what else listens as it is settled: two may make one mail. */
  private Decision decided(Matter matter, Setting tried) {
    List<Setting> listening =
        settings.of(matter.event().company(), Automation.on(matter.event().type())).stream()
            .map(each -> each.automation() == tried.automation() ? tried : each)
            .toList();
    return decide.of(matter, listening).stream()
        .filter(each -> concerns(each, tried.automation()))
        .findFirst()
        .orElseThrow();
  }

  private static boolean concerns(Decision decision, Automation automation) {
    return switch (decision) {
      case Decision.Skip(Outcome outcome) -> outcome.automation().equals(automation.word());
      case Decision.Tell tell -> tell.setting().automation() == automation;
      case Decision.Mail mail ->
          mail.leading().automation() == automation
              || mail.along().stream().anyMatch(along -> along.automation() == automation);
    };
  }

  private static @Nullable Mail mail(Decision decision) {
    return switch (decision) {
      case Decision.Skip skip -> null;
      case Decision.Tell tell -> new Mail(List.of(), tell.notice().title(), null, null, true);
      case Decision.Mail mail -> {
        Composition composed = mail.composition();
        yield new Mail(
            composed.recipients(),
            composed.subject(),
            composed.account().name(),
            composed.sendAt(),
            false);
      }
    };
  }
}
