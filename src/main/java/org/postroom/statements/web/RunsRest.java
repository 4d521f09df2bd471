package org.postroom.statements.web;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.outbox.Message;
import org.postroom.receivables.Receivables;
import org.postroom.receivables.StatementQuery;
import org.postroom.statements.RunJson;
import org.postroom.statements.RunRequest;
import org.postroom.statements.StatementMails;
import org.postroom.statements.StatementRun;
import org.postroom.statements.StatementRun.Line;
import org.postroom.statements.StatementRun.LineState;
import org.postroom.statements.StatementRuns;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Statement runs, and one customer's statement sent. */
@RestController
@RequestMapping("/api/v1")
class RunsRest {
  private static final int SHOWN = 200;
  private final StatementRuns runs;
  private final StatementMails mails;
  private final Receivables receivables;

  RunsRest(StatementRuns runs, StatementMails mails, Receivables receivables) {
    this.runs = runs;
    this.mails = mails;
    this.receivables = receivables;
  }

  @PostMapping("/statements/runs")
  ResponseEntity<ObjectNode> begin(Caller caller, @RequestBody JsonNode body) {
    RunRequest request = RunJson.read(body, receivables.today(caller.company()));
    StatementRun run = runs.begin(caller, request, null);
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/statements/runs/" + run.id()))
        .body(json(run));
  }

  @GetMapping("/statements/runs")
  Slice<ObjectNode> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return runs.list(caller, Slice.limit(limit), cursor).map(RunsRest::json);
  }

  /** With the first of those that get none, and why; all of them at {@code /partners}. */
  @GetMapping("/statements/runs/{id}")
  ObjectNode get(Caller caller, @PathVariable String id) {
    ObjectNode out = json(runs.get(caller, id));
    list(out.putArray("will_not_be_sent"), caller, id, LineState.SKIPPED);
    list(out.putArray("failed"), caller, id, LineState.FAILED);
    return out;
  }

  @GetMapping("/statements/runs/{id}/partners")
  Slice<ObjectNode> lines(
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    runs.get(caller, id);
    return runs.lines(caller, id, state(state), Slice.limit(limit), cursor).map(RunsRest::json);
  }

  @PostMapping("/statements/runs/{id}/start")
  ObjectNode start(Caller caller, @PathVariable String id) {
    return json(runs.start(caller, id));
  }

  @PostMapping("/statements/runs/{id}/stop")
  ObjectNode stop(Caller caller, @PathVariable String id) {
    return json(runs.stop(caller, id));
  }

  /** One customer's statement as a mail, now. */
  @PostMapping("/partners/{ref}/statement")
  ResponseEntity<ObjectNode> send(Caller caller, @PathVariable String ref, StatementQuery query) {
    Message message = mails.send(caller, ref, query.scope(receivables.today(caller.company())));
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("id", message.id());
    out.put("state", message.state().word());
    Message.DocumentRef document = message.document();
    if (document != null)
      out.putObject("document").put("kind", document.kind()).put("number", document.number());
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/messages/" + message.id()))
        .body(out);
  }

  private void list(ArrayNode into, Caller caller, String id, LineState state) {
    List<Line> lines = runs.lines(caller, id, state, SHOWN, null).data();
    lines.forEach(line -> into.add(json(line)));
  }

  private static @Nullable LineState state(@Nullable String word) {
    if (word == null || word.isBlank()) return null;
    LineState state = LineState.of(word);
    if (state != null) return state;
    throw Problem.invalid("state", "unknown_value", "state is waiting, sent, skipped or failed.");
  }

  private static ObjectNode json(StatementRun run) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("id", run.id());
    out.put("state", run.state().word());
    out.set("request", RunJson.write(run.request()));
    out.putObject("counts")
        .put("all", run.counts().all())
        .put("waiting", run.counts().waiting())
        .put("sent", run.counts().sent())
        .put("skipped", run.counts().skipped())
        .put("failed", run.counts().failed());
    out.put("started_by", run.startedBy());
    out.put("created_at", run.createdAt().toString());
    out.put("started_at", text(run.startedAt()));
    out.put("ended_at", text(run.endedAt()));
    return out;
  }

  private static ObjectNode json(Line line) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("partner", line.partner());
    out.put("name", line.name());
    out.put("state", line.state().word());
    out.put("balances", line.balances());
    out.put("code", line.code());
    out.put("reason", line.reason());
    out.put("message", line.message());
    out.put("document", line.document());
    return out;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
