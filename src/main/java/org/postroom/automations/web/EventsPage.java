package org.postroom.automations.web;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.automations.Automations;
import org.postroom.automations.BusinessEvent;
import org.postroom.automations.BusinessEvent.State;
import org.postroom.automations.EventFilter;
import org.postroom.automations.EventType;
import org.postroom.documents.DocumentKind;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.outbox.Message.DocumentRef;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What the ERP told us, and what became of it. */
@Controller
class EventsPage {
  private static final int SHOWN = 50;
  private final Automations automations;

  EventsPage(Automations automations) {
    this.automations = automations;
  }

  /** Filters as they stand in the address. */
  record Asked(
      @Nullable String type,
      @Nullable String state,
      @Nullable String kind,
      @Nullable String number,
      @Nullable String cursor) {

    EventFilter filter() {
      EventType wanted = type == null ? null : EventType.of(type).orElse(null);
      return new EventFilter(wanted, found(), document(), null);
    }

    private @Nullable DocumentRef document() {
      if (kind == null || number == null || number.isBlank()) return null;
      return new DocumentRef(kind, number.strip());
    }

    private @Nullable State found() {
      for (State each : State.values()) if (each.word().equals(state)) return each;
      return null;
    }
  }

  @GetMapping("/automatic/events")
  String list(Caller caller, Asked asked, Model model) {
    Slice<BusinessEvent> events =
        automations.events(
            caller.company(), asked.filter(), SHOWN, AutomationPage.cursor(asked.cursor()));
    model.addAttribute(
        "heading", new Heading("/automatic", "Automatic emails", "What the ERP told us", null));
    model.addAttribute("events", events.data());
    model.addAttribute("next", events.nextCursor());
    model.addAttribute("asked", asked);
    model.addAttribute("filtered", !asked.filter().equals(EventFilter.ALL));
    model.addAttribute("types", AutomationWords.events());
    Map<String, String> states = new LinkedHashMap<>();
    states.put("", "All");
    states.put("accepted", "Not looked at yet");
    states.put("handled", "Mail made");
    states.put("skipped", "Nothing sent");
    model.addAttribute("states", states);
    Map<String, String> kinds = new LinkedHashMap<>();
    for (DocumentKind kind : DocumentKind.values()) kinds.put(kind.word(), kind.words());
    kinds.put("partner", "Partner");
    model.addAttribute("kinds", kinds);
    model.addAttribute("titles", AutomationWords.titles());
    return "automations/events";
  }

  @GetMapping("/automatic/events/{id}")
  String show(Caller caller, @PathVariable String id, Model model) {
    BusinessEvent event =
        automations
            .event(caller.company(), id)
            .orElseThrow(() -> Problem.notFound("The event " + id));
    String document =
        AutomationWords.capital(event.documentKind().replace('_', ' ').toLowerCase(Locale.ROOT))
            + " "
            + event.documentNumber();
    model.addAttribute(
        "heading", new Heading("/automatic/events", "What the ERP told us", document, null));
    model.addAttribute("event", event);
    model.addAttribute("document", document);
    model.addAttribute("when", AutomationWords.when(event.type().word()));
    model.addAttribute("titles", AutomationWords.titles());
    return "automations/event";
  }
}
