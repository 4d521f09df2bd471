package org.postroom.reminders.web;

import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.EntityTag;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.reminders.NextRun;
import org.postroom.reminders.PlanJson;
import org.postroom.reminders.Reminded;
import org.postroom.reminders.ReminderPlan;
import org.postroom.reminders.Reminders;
import org.postroom.reminders.Stop;
import org.postroom.reminders.Stops;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reminders for programs; their switch is that of the automatic mail overdue_reminder. */
@RestController
@RequestMapping("/api/v1/reminders")
class RemindersRest {
  private final Reminders reminders;
  private final Stops stops;

  RemindersRest(Reminders reminders, Stops stops) {
    this.reminders = reminders;
    this.stops = stops;
  }

  @GetMapping("/plan")
  ResponseEntity<ObjectNode> plan(Caller caller) {
    return answer(reminders.plan(caller.company()));
  }

  /** Replaces all of it; what is left out is as suggested. */
  @PutMapping("/plan")
  ResponseEntity<ObjectNode> change(
      Caller caller,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody JsonNode body) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    ReminderPlan wanted = PlanJson.read(body);
    return answer(reminders.change(caller, wanted, EntityTag.version(ifMatch)));
  }

  @GetMapping("/next_run")
  ObjectNode nextRun(Caller caller) {
    NextRun run = reminders.nextRun(caller.company());
    return RemindersJson.write(run);
  }

  /** Those of one customer all at once; those of all by pages. */
  @GetMapping("/stops")
  Slice<ObjectNode> stops(
      Caller caller,
      @RequestParam(required = false) @Nullable String partner,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Slice<Stop> found =
        partner == null
            ? stops.list(caller.company(), Slice.limit(limit), cursor)
            : new Slice<>(stops.of(caller.company(), partner), false, null);
    return found.map(RemindersJson::write);
  }

  @PostMapping("/stops")
  ResponseEntity<ObjectNode> stop(Caller caller, @RequestBody JsonNode body) {
    caller.require(Right.SEND);
    Stop stop = stops.add(caller, RemindersJson.stop(JsonFields.of(body)));
    return ResponseEntity.status(HttpStatus.CREATED).body(RemindersJson.write(stop));
  }

  @DeleteMapping("/stops/{id}")
  ResponseEntity<Void> end(Caller caller, @PathVariable String id) {
    stops.end(caller, id);
    return ResponseEntity.noContent().build();
  }

  @GetMapping("/history")
  Slice<ObjectNode> history(
      Caller caller,
      @RequestParam(required = false) @Nullable String partner,
      @RequestParam(required = false) @Nullable String invoice,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var filter = new Reminded.Filter(partner, invoice, outcome(outcome));
    return reminders
        .history(caller.company(), filter, Slice.limit(limit), cursor)
        .map(RemindersJson::write);
  }

  private static Reminded.@Nullable Outcome outcome(@Nullable String word) {
    if (word == null || word.isEmpty()) return null;
    return Reminded.Outcome.of(word)
        .orElseThrow(() ->
            Problem.invalid(
                "outcome", "unknown_value", "There are: sent, skipped, passed, called_off."));
  }

  private static ResponseEntity<ObjectNode> answer(ReminderPlan plan) {
    return ResponseEntity.ok().eTag(EntityTag.of(plan.version())).body(PlanJson.write(plan));
  }
}
