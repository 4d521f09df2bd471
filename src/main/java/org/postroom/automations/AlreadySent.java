package org.postroom.automations;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.automations.Automations.Setting;
import org.postroom.compose.Composer;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.postroom.partners.Purpose;
import org.springframework.stereotype.Component;

/** Whether the mail an automation would make was made before, by itself or by somebody. */
@Component
class AlreadySent {
  static final String CODE = "already_sent";

  /** How far an event's own time is believed, where a mail by hand may have been faster. */
  private static final Duration TOLD_LATE = Duration.ofDays(3);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu 'at' HH:mm", Locale.ENGLISH);

  private final Database database;
  private final Outbox outbox;

  AlreadySent(Database database, Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
  }

  /** The sentence that says when and how; empty where it was not. */
  Optional<String> said(Matter matter, Setting setting) {
    return database.read(
        sql -> before(sql, matter, setting.automation()).or(() -> byOthers(matter, setting)));
  }

  /** By the automation itself, for this or another event that told the same. */
  static Optional<String> before(Sql sql, Matter matter, Automation automation) {
    return OccasionRows.find(sql, matter, automation)
        .filter(made -> matter.follows(made.at()))
        .map(made -> "Already sent on " + day(matter, made.at()) + message(made.message()));
  }

  /** By hand or through the API: what was stopped or refused does not count. */
  Optional<String> byOthers(Matter matter, Setting setting) {
    if (matter.ofPartner()) return Optional.empty();
    boolean once = matter.occasion(setting.automation()).isEmpty();
    Instant since = once ? null : since(matter.event());
    return outbox.about(matter.event().company(), matter.ref(), purposes(setting), since).stream()
        .filter(message -> !Composer.BY_TEST_KEY.equals(message.reasons().get("account")))
        .filter(message -> matter.follows(message.createdAt()))
        .findFirst()
        .map(message -> said(matter, message));
  }

  /** A mail from before this payment was about another one. */
  private static Instant since(BusinessEvent event) {
    Instant occurred = event.occurredAt();
    Instant told = event.receivedAt();
    if (occurred == null || occurred.isAfter(told)) return told;
    Instant earliest = told.minus(TOLD_LATE);
    return occurred.isBefore(earliest) ? earliest : occurred;
  }

  private static Set<String> purposes(Setting setting) {
    return Stream.of(
            setting.automation().purpose(), setting.automation().purpose(setting.options()))
        .map(Purpose::word)
        .collect(Collectors.toSet());
  }

  private static String said(Matter matter, Message message) {
    boolean byHand = message.origin().kind().equals("person");
    String who = (byHand ? "by hand by " : "by ") + message.origin().name();
    return "Already sent "
        + who
        + " on "
        + day(matter, message.createdAt())
        + message(message.id());
  }

  private static String message(@Nullable String id) {
    return id == null ? "." : ": message " + id + ".";
  }

  private static String day(Matter matter, Instant at) {
    return DAY.format(at.atZone(matter.company().timeZone()));
  }
}
