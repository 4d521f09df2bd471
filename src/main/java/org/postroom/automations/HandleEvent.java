package org.postroom.automations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.postroom.access.Caller;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.automations.BusinessEvent.State;
import org.postroom.compose.Composer;
import org.postroom.compose.Composition;
import org.postroom.compose.MessageRequest;
import org.postroom.compose.Unaddressed;
import org.postroom.db.Database;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.postroom.outbox.Message;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Partner;
import org.postroom.partners.Partners;
import org.springframework.stereotype.Component;

/**
 * One event: each automation that listens to it makes a message or a reason why not. Composing
 * needs time and happens before the transaction; storing the message and ending the event is one
 * commit, so an event makes its message exactly once, whatever is retried or killed.
 */
@Component
class HandleEvent {
  private final Database database;
  private final Automations automations;
  private final Documents documents;
  private final Partners partners;
  private final Composer composer;
  private final Unaddressed unaddressed;

  HandleEvent(
      Database database,
      Automations automations,
      Documents documents,
      Partners partners,
      Composer composer,
      Unaddressed unaddressed) {
    this.database = database;
    this.automations = automations;
    this.documents = documents;
    this.partners = partners;
    this.composer = composer;
    this.unaddressed = unaddressed;
  }

  State handle(BusinessEvent event) {
    List<Supplier<Outcome>> decided = decide(event);
    return database.write(sql -> {
      List<Outcome> outcomes = decided.stream().map(Supplier::get).toList();
      State state =
          outcomes.stream().anyMatch(outcome -> outcome.message() != null)
              ? State.HANDLED
              : State.SKIPPED;
      // Somebody else ended it: the exception undoes the messages just stored.
      if (!EventRows.end(sql, event, state, sql.now())) throw new HandledElsewhere();
      outcomes.forEach(outcome -> EventRows.outcome(sql, event, outcome, sql.now()));
      return state;
    });
  }

  /** What each automation makes of it; the suppliers store, and run inside the transaction. */
  private List<Supplier<Outcome>> decide(BusinessEvent event) {
    List<Automation> listening = Automation.on(event.type());
    List<Supplier<Outcome>> decided = new ArrayList<>();
    if (listening.isEmpty()) {
      decided.add(
          skip(event.type().word(), "no_automation", "No automatic mail listens to this event."));
    }
    for (Automation automation : listening) decided.add(decide(event, automation));
    return decided;
  }

  private Supplier<Outcome> decide(BusinessEvent event, Automation automation) {
    if (!automations.setting(event.company(), automation).enabled()) {
      return skip(
          automation.word(), "switched_off", "“" + automation.title() + "” is switched off.");
    }
    Optional<StoredDocument> stored =
        DocumentKind.of(event.documentKind())
            .flatMap(kind -> documents.find(event.company(), kind, event.documentNumber()));
    if (stored.isEmpty()) {
      String document = event.documentKind().replace('_', ' ') + " " + event.documentNumber();
      return skip(
          automation.word(),
          "unknown_document",
          "The " + document + " is not known. Put the document and tell the event again.");
    }
    Optional<Partner> unwilling = unwilling(event.company(), stored.get(), automation);
    if (unwilling.isPresent()) {
      return skip(
          automation.word(),
          "switched_off_for_partner",
          "Mail of this kind is switched off for " + unwilling.get().name() + ".");
    }
    return compose(event, automation);
  }

  private Optional<Partner> unwilling(
      String company, StoredDocument stored, Automation automation) {
    return Optional.ofNullable(stored.document().partner())
        .flatMap(ref -> partners.find(company, ref))
        .filter(partner -> !partner.wants(automation.purpose()));
  }

  private Supplier<Outcome> compose(BusinessEvent event, Automation automation) {
    Caller postroom = Caller.postroom(event.company());
    var document = new DocumentRef(event.documentKind(), event.documentNumber());
    try {
      Composition composition =
          composer.compose(postroom, MessageRequest.of(document, automation.purpose()));
      var origin =
          new Message.Origin(
              "event", event.id(), "the automatic mail “" + automation.title() + "”");
      return () -> Outcome.made(automation, composer.store(composition, origin, true).id());
    } catch (Problem problem) {
      if (code(problem).equals(Unaddressed.NO_RECIPIENT))
        return unaddressed(event, automation, document, problem);
      return skip(automation.word(), code(problem), problem.detail());
    }
  }

  /** Nobody to send to is work for a person. */
  private Supplier<Outcome> unaddressed(
      BusinessEvent event, Automation automation, DocumentRef document, Problem problem) {
    return () -> {
      unaddressed.note(
          event.company(),
          document,
          automation.purpose(),
          problem.detail(),
          "The automatic mail “" + automation.title() + "”");
      return Outcome.skipped(automation.word(), Unaddressed.NO_RECIPIENT, problem.detail());
    };
  }

  /** A single wrong field says more than "invalid". */
  private static String code(Problem problem) {
    return problem.errors().size() == 1 ? problem.errors().getFirst().code() : problem.code();
  }

  private static Supplier<Outcome> skip(String automation, String code, String why) {
    return () -> Outcome.skipped(automation, code, why);
  }

  /** Another node was faster; nothing is wrong. */
  static final class HandledElsewhere extends RuntimeException {
    HandledElsewhere() {
      super("handled elsewhere", null, false, false);
    }
  }
}
