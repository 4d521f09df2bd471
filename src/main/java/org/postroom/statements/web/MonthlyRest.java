package org.postroom.statements.web;

import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.http.EntityTag;
import org.postroom.receivables.StatementScope;
import org.postroom.statements.MonthlyJson;
import org.postroom.statements.MonthlyMonth;
import org.postroom.statements.MonthlySchedule;
import org.postroom.statements.MonthlyStatements;
import org.postroom.statements.MonthlyStatements.Next;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** When statements go out every month, and which. */
@RestController
@RequestMapping("/api/v1/statements/schedule")
class MonthlyRest {
  private final MonthlyStatements monthly;
  private final Access access;

  MonthlyRest(MonthlyStatements monthly, Access access) {
    this.monthly = monthly;
    this.access = access;
  }

  @GetMapping
  ResponseEntity<ObjectNode> get(Caller caller) {
    return answer(caller.company(), monthly.schedule(caller.company()));
  }

  @PutMapping
  ResponseEntity<ObjectNode> put(
      Caller caller,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody JsonNode body) {
    return answer(
        caller.company(), monthly.save(caller, MonthlyJson.read(body), EntityTag.version(ifMatch)));
  }

  private ResponseEntity<ObjectNode> answer(String company, MonthlySchedule schedule) {
    ObjectNode out = MonthlyJson.write(schedule);
    out.put("enabled", monthly.enabled(company));
    out.put("time_zone", access.company(company).timeZone().getId());
    out.putNull("next_run");
    monthly.next(company).ifPresent(next -> write(out.putObject("next_run"), next));
    var months = out.putArray("months");
    monthly.months(company).forEach(month -> write(months.addObject(), month));
    return ResponseEntity.ok().eTag(EntityTag.of(schedule.version())).body(out);
  }

  private static void write(ObjectNode out, Next next) {
    StatementScope scope = next.request().scope();
    out.put("month", next.month().toString());
    out.put("at", next.at().toString());
    out.put("as_of", scope.asOf().toString());
    out.put("from", scope.from() == null ? null : scope.from().toString());
  }

  private static void write(ObjectNode out, MonthlyMonth month) {
    out.put("month", month.month().toString());
    out.put("due_at", month.dueAt().toString());
    out.put("decided_at", month.decidedAt().toString());
    out.put("run", month.run());
    out.put("missed", month.missed());
  }
}
