package org.postroom.automations;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postroom.access.Caller;
import org.postroom.automations.Automations.Setting;
import org.postroom.automations.Options.To;
import org.postroom.calendar.Calendar;
import org.postroom.compose.Composer;
import org.postroom.compose.Composition;
import org.postroom.compose.Enclosures;
import org.postroom.compose.Extras;
import org.postroom.compose.MessageRequest;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.springframework.stereotype.Component;

/** Writes an automatic mail as its options say. */
@Component
class WriteMail {
  private final Composer composer;
  private final Calendar calendar;
  private final Database database;

  WriteMail(Composer composer, Calendar calendar, Database database) {
    this.composer = composer;
    this.calendar = calendar;
    this.database = database;
  }

  /**
   * @throws Problem 422 where it cannot be written
   */
  Composition about(Matter matter, Setting setting, Enclosures enclosures) {
    Options options = setting.options();
    Caller postroom = Caller.postroom(matter.company().id());
    var request =
        MessageRequest.automatic(
            matter.ofPartner() ? null : matter.ref(),
            setting.automation().purpose(options),
            options.to() == To.ADDRESSES ? options.addresses() : List.of(),
            enclosures,
            extras(matter, setting));
    return timed(matter, options, composer.compose(postroom, request));
  }

  private static Extras extras(Matter matter, Setting setting) {
    Options options = setting.options();
    return new Extras(
        "Set for the automatic mail “" + setting.automation().title() + "”",
        options.account(),
        options.template(),
        options.cc(),
        options.bcc(),
        matter.ofPartner() ? matter.event().documentNumber() : null,
        facts(matter));
  }

  /** What texts see of it: {@code payment.amount} and so on, {@code links.open}. */
  private static Map<String, Object> facts(Matter matter) {
    BusinessEvent event = matter.event();
    if (event.facts().isEmpty()) return Map.of();
    if (event.type().invitation())
      return Map.of("links", Map.of("open", event.facts().getOrDefault("link", "")));
    Map<String, Object> payment = new HashMap<>(event.facts());
    Instant at = event.occurredAt() == null ? event.receivedAt() : event.occurredAt();
    payment.put("date", at.atZone(matter.company().timeZone()).toLocalDate().toString());
    if (matter.stored() != null)
      payment.putIfAbsent("currency", matter.stored().document().currency());
    return Map.of("payment", payment);
  }

  /** A rule's delay counts instead of the automation's; then it waits for working time. */
  private Composition timed(Matter matter, Options options, Composition composition) {
    Instant ruled = composition.sendAt();
    Duration delay = options.delay();
    if (options.workingTime() == null && (ruled != null || delay.isZero())) return composition;
    Instant now = database.now();
    Instant earliest = ruled != null ? ruled : now.plus(delay);
    Instant at =
        options.workingTime() == null
            ? earliest
            : calendar.next(matter.company().id(), options.workingTime(), earliest);
    if (!at.isAfter(now)) return composition;
    String why = at.equals(earliest) ? "delay" : "working time";
    return composition.at(at).because("send_at", "Waits for the " + why + " of the automatic mail");
  }
}
