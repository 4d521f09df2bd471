package org.postroom.traces;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.postroom.automations.Automations;
import org.postroom.automations.BusinessEvent;
import org.postroom.automations.EventHandled;
import org.postroom.delivery.MessageTried;
import org.postroom.outbox.MessageState;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Turns what is told of a message into the steps of its trace: the event that made it, its time in
 * the outbox, each try with the stages of the talk, and the whole when nothing more will be tried.
 */
@Component
class Journey {
  private static final Set<MessageState> ENDS =
      EnumSet.of(MessageState.SENT, MessageState.NOT_SENT, MessageState.UNCLEAR);
  private final Exporter exporter;
  private final Automations automations;

  Journey(Exporter exporter, Automations automations) {
    this.exporter = exporter;
    this.automations = automations;
  }

  /** What an event made; composing is most of the time. */
  @EventListener
  void handled(EventHandled handled) {
    if (!exporter.on()) return;
    BusinessEvent event = automations.event(handled.company(), handled.event()).orElse(null);
    if (event == null) return;
    Instant end = Instant.now();
    for (BusinessEvent.Outcome outcome : event.outcomes()) {
      if (outcome.message() == null) continue;
      TraceIds ids = TraceIds.of(outcome.message());
      String waited = TraceIds.next();
      Map<String, Object> facts =
          Map.of(
              "postroom.event", event.id(),
              "postroom.event_type", event.type().word(),
              "postroom.automation", outcome.automation());
      exporter.take(
          new Span(
              ids,
              waited,
              ids.root(),
              "event waits",
              event.receivedAt(),
              handled.began(),
              facts,
              false));
      exporter.take(
          new Span(
              ids,
              TraceIds.next(),
              ids.root(),
              "event makes message",
              handled.began(),
              end,
              facts,
              false));
    }
  }

  @EventListener
  void tried(MessageTried tried) {
    if (!exporter.on()) return;
    List<Span> spans = new ArrayList<>();
    TraceIds ids = TraceIds.of(tried.message());
    boolean well = tried.outcome().equals("accepted");
    if (tried.number() == 1)
      spans.add(
          new Span(
              ids,
              TraceIds.next(),
              ids.root(),
              "message waits",
              tried.createdAt(),
              tried.claimedAt(),
              Map.of(),
              false));
    String attempt = TraceIds.next();
    Instant end = tried.began().plus(tried.took());
    spans.add(new Span(ids, attempt, ids.root(), "try", tried.began(), end, facts(tried), !well));
    for (MessageTried.Passed passed : tried.stages()) spans.add(stage(ids, attempt, tried, passed));
    if (ENDS.contains(tried.state())) spans.add(whole(ids, tried, end));
    spans.forEach(exporter::take);
  }

  private static Span stage(
      TraceIds ids, String attempt, MessageTried tried, MessageTried.Passed passed) {
    Instant start = tried.began().plus(passed.after());
    return new Span(
        ids,
        TraceIds.next(),
        attempt,
        passed.stage().name().toLowerCase(Locale.ROOT),
        start,
        start.plus(passed.took()),
        Map.of(),
        false);
  }

  private static Span whole(TraceIds ids, MessageTried tried, Instant end) {
    return new Span(
        ids,
        ids.root(),
        "",
        "message",
        tried.createdAt(),
        end,
        Map.of(
            "postroom.message", tried.message(),
            "postroom.company", tried.company(),
            "postroom.account", tried.account(),
            "postroom.state", tried.state().word()),
        tried.state() != MessageState.SENT);
  }

  private static Map<String, Object> facts(MessageTried tried) {
    return Map.of(
        "postroom.message", tried.message(),
        "postroom.account", tried.account(),
        "postroom.try", (long) tried.number(),
        "postroom.outcome", tried.outcome(),
        "postroom.state", tried.state().word(),
        "postroom.failure", tried.failure() == null ? "" : tried.failure());
  }
}
