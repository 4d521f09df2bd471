package org.postroom.automations;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.postroom.automations.Automations.Setting;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.automations.Options.To;
import org.postroom.compose.Composition;
import org.postroom.compose.Enclosures;
import org.postroom.compose.Enclosures.Further;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.RelatedDocuments;
import org.postroom.http.Problem;
import org.postroom.outbox.Message.DocumentRef;
import org.springframework.stereotype.Component;

/** What automations make of an event: mails, words inside Postroom, or reasons why not. */
@Component
class Decide {
  static final String NO_PACKING_SLIP = "no_packing_slip";
  private static final int MOST_SLIPS = 20;

  private final Gates gates;
  private final WriteMail writeMail;
  private final RelatedDocuments related;

  Decide(Gates gates, WriteMail writeMail, RelatedDocuments related) {
    this.gates = gates;
    this.writeMail = writeMail;
    this.related = related;
  }

  /** One decision for each automation; for two whose mail is one, one for both. */
  List<Decision> of(Matter matter, List<Setting> listening) {
    if (listening.isEmpty())
      return List.of(
          new Decision.Skip(
              new Outcome(
                  matter.event().type().word(),
                  null,
                  "no_automation",
                  "No automatic mail listens to this event.")));
    List<Decision> decided = new ArrayList<>();
    List<Setting> open = new ArrayList<>();
    for (Setting setting : listening)
      gates
          .closed(matter, setting)
          .ifPresentOrElse(
              closed -> decided.add(new Decision.Skip(closed)), () -> open.add(setting));
    decided.addAll(open(matter, open));
    return decided;
  }

  private List<Decision> open(Matter matter, List<Setting> open) {
    Optional<Setting> slip =
        open.stream()
            .filter(setting -> setting.automation() == Automation.PACKING_SLIP_WITH_INVOICE)
            .findFirst();
    if (slip.isPresent()) return withSlip(matter, slip.get(), open);
    return open.stream().flatMap(one -> mail(matter, one, List.of(), Enclosures.NONE)).toList();
  }

  /** Invoice and packing slips are one mail, led by the invoice's where that is on too. */
  private List<Decision> withSlip(Matter matter, Setting slip, List<Setting> open) {
    List<Setting> others = open.stream().filter(setting -> !setting.equals(slip)).toList();
    List<Further> slips = slips(matter);
    if (slips.isEmpty()) {
      List<Decision> decided = new ArrayList<>();
      decided.add(
          skip(
              slip,
              NO_PACKING_SLIP,
              "No packing slip of "
                  + matter.name()
                  + " is known. Put it, naming the invoice or the"
                  + " same order, and tell the event again."));
      for (Setting other : others)
        mail(matter, other, List.of(), Enclosures.NONE).forEach(decided::add);
      return decided;
    }
    Setting leading = others.isEmpty() ? slip : others.getFirst();
    List<Setting> along = others.isEmpty() ? List.of() : List.of(slip);
    return mail(matter, leading, along, new Enclosures(List.of(), slips, List.of(), null)).toList();
  }

  private List<Further> slips(Matter matter) {
    return related
        .of(
            matter.company().id(),
            Objects.requireNonNull(matter.stored()),
            DocumentKind.PACKING_SLIP)
        .stream()
        .limit(MOST_SLIPS)
        .map(slip -> slip.document())
        .map(slip -> new Further(ref(slip), null))
        .toList();
  }

  private Stream<Decision> mail(
      Matter matter, Setting leading, List<Setting> along, Enclosures enclosures) {
    if (leading.options().to() == To.INTERNAL)
      return Stream.of(new Decision.Tell(leading, notice(matter, leading)));
    try {
      Composition composition = writeMail.about(matter, leading, enclosures);
      return Stream.of(new Decision.Mail(leading, along, composition));
    } catch (Problem problem) {
      return Stream.concat(Stream.of(leading), along.stream())
          .map(setting -> skip(setting, code(problem), problem.detail()));
    }
  }

  private static InternalNotice.Notice notice(Matter matter, Setting setting) {
    BusinessEvent event = matter.event();
    return new InternalNotice.Notice(
        event.company(),
        event.id(),
        setting.automation(),
        matter.ref(),
        matter.partner() == null ? null : matter.partner().name(),
        setting.automation().title() + ": " + matter.name(),
        event.occurredAt() == null ? event.receivedAt() : event.occurredAt());
  }

  /** A single wrong field says more than "invalid". */
  private static String code(Problem problem) {
    return problem.errors().size() == 1 ? problem.errors().getFirst().code() : problem.code();
  }

  private static Decision skip(Setting setting, String code, String why) {
    return new Decision.Skip(Outcome.skipped(setting.automation(), code, why));
  }

  private static DocumentRef ref(Document document) {
    return new DocumentRef(document.kind().word(), document.number());
  }
}
