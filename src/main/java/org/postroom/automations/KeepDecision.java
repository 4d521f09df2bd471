package org.postroom.automations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.postroom.automations.Automations.Setting;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.compose.Composer;
import org.postroom.compose.Unaddressed;
import org.postroom.db.Sql;
import org.postroom.outbox.Message;
import org.springframework.stereotype.Component;

/** Stores what was decided, in the transaction that ends the event, if nobody was faster. */
@Component
class KeepDecision {
  private final Composer composer;
  private final Unaddressed unaddressed;
  private final AlreadySent alreadySent;
  private final List<InternalNotice> notices;

  KeepDecision(
      Composer composer,
      Unaddressed unaddressed,
      AlreadySent alreadySent,
      List<InternalNotice> notices) {
    this.composer = composer;
    this.unaddressed = unaddressed;
    this.alreadySent = alreadySent;
    this.notices = List.copyOf(notices);
  }

  List<Outcome> keep(Sql sql, Matter matter, Decision decision) {
    return switch (decision) {
      case Decision.Skip(Outcome outcome) -> List.of(skipped(matter, outcome));
      case Decision.Mail mail -> mail(sql, matter, mail);
      case Decision.Tell tell -> List.of(tell(sql, matter, tell));
    };
  }

  /**
   * The key is claimed before anything is stored: of two that tell the same, one makes the mail.
   */
  private List<Outcome> mail(Sql sql, Matter matter, Decision.Mail mail) {
    List<Setting> all = Stream.concat(Stream.of(mail.leading()), mail.along().stream()).toList();
    Optional<String> faster = faster(sql, matter, mail.leading(), mail.composition().id());
    if (faster.isPresent())
      return all.stream()
          .map(setting -> Outcome.skipped(setting.automation(), AlreadySent.CODE, faster.get()))
          .toList();
    List<Outcome> outcomes = new ArrayList<>();
    for (Setting along : mail.along()) {
      // A mail with this document alone was faster: it is seen when this is decided again.
      if (!OccasionRows.claim(sql, matter, along.automation(), mail.composition().id(), sql.now()))
        throw new HandleEvent.Overtaken();
      outcomes.add(Outcome.along(along.automation(), mail.composition().id()));
    }
    Automation leading = mail.leading().automation();
    var origin =
        new Message.Origin(
            "event", matter.event().id(), "the automatic mail “" + leading.title() + "”");
    outcomes.add(Outcome.made(leading, composer.store(mail.composition(), origin, true).id()));
    return outcomes;
  }

  /** How somebody made it while it was composed. */
  private Optional<String> faster(Sql sql, Matter matter, Setting setting, String message) {
    Optional<String> byOthers = alreadySent.byOthers(matter, setting);
    if (byOthers.isPresent()) return byOthers;
    return OccasionRows.claim(sql, matter, setting.automation(), message, sql.now())
        ? Optional.empty()
        : AlreadySent.before(sql, matter, setting.automation());
  }

  private Outcome tell(Sql sql, Matter matter, Decision.Tell tell) {
    Automation automation = tell.setting().automation();
    if (notices.isEmpty())
      return Outcome.skipped(automation, "nobody_to_tell", "Nothing here shows such notices.");
    if (!OccasionRows.claim(sql, matter, automation, null, sql.now()))
      return Outcome.skipped(
          automation,
          AlreadySent.CODE,
          AlreadySent.before(sql, matter, automation).orElse("Already told."));
    notices.forEach(each -> each.tell(tell.notice()));
    return Outcome.notified(automation);
  }

  /** Nobody to send to is work for a person. */
  private Outcome skipped(Matter matter, Outcome outcome) {
    Optional<Automation> automation = Automation.of(outcome.automation());
    if (!Unaddressed.NO_RECIPIENT.equals(outcome.code()) || automation.isEmpty()) return outcome;
    if (!matter.ofPartner())
      unaddressed.note(
          matter.event().company(),
          matter.ref(),
          automation.get().purpose(),
          String.valueOf(outcome.skipped()),
          "The automatic mail “" + automation.get().title() + "”");
    return outcome;
  }
}
